//! What a change of a function's signature does to those who call it.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{FnArg, Pat, Signature};

use super::Judgement;
use crate::surface::line::line;

/// All that differs between two signatures, as surfaces write them.
pub(super) fn changed(old: &str, new: &str) -> Vec<Judgement> {
    let (Some(was), Some(is)) = (Function::parse(old), Function::parse(new)) else {
        return vec![(true, "changed in a way that cannot be judged".to_owned())];
    };
    let mut judgements = Vec::new();
    let mut breaks = |what: &str| judgements.push((true, what.to_owned()));
    match (was.is_async, is.is_async) {
        (false, true) => breaks("is async"),
        (true, false) => breaks("is no longer async"),
        _ => {}
    }
    if was.receiver != is.receiver {
        breaks("takes self differently");
    }
    if was.generics != is.generics || was.context != is.context {
        breaks("the generics changed");
    }
    if was.output != is.output {
        breaks(&format!("what it gives changed: {}", type_changed(&was.output, &is.output)));
    }
    if was.other != is.other {
        match (was.other.as_str(), is.other.as_str()) {
            ("const", "") => breaks("is no longer const"),
            ("", "const") => judgements.push((false, "is const".to_owned())),
            _ => breaks("is called differently"),
        }
    }
    judgements.extend(arguments(&was.arguments, &is.arguments));
    if judgements.is_empty() {
        judgements.push((true, "changed in a way that cannot be judged".to_owned()));
    }
    judgements
}

/// How a type differs, in a few words.
pub(super) fn type_changed(old: &str, new: &str) -> String {
    let inside = |text: &str, of: &str| {
        text.strip_prefix(of).and_then(|it| it.strip_suffix('>')).map(str::to_owned)
    };
    if inside(new, "Option<").as_deref() == Some(old) {
        "the type became optional".to_owned()
    } else if inside(old, "Option<").as_deref() == Some(new) {
        "the type is no longer optional".to_owned()
    } else if inside(old, "impl Into<").as_deref() == Some(new) {
        format!("takes {new} itself, and no longer what becomes one")
    } else {
        "the type changed".to_owned()
    }
}

struct Function {
    is_async: bool,
    /// `const`, `unsafe`, `extern`.
    other: String,
    generics: String,
    receiver: String,
    arguments: Vec<(String, String)>,
    output: String,
    /// The implementation that it is in, where that says more than the type.
    context: String,
}

impl Function {
    fn parse(text: &str) -> Option<Self> {
        let (text, context) = text.split_once(" in impl").unwrap_or((text, ""));
        let name = text.find("fn(").or_else(|| text.find("fn<"))? + 2;
        let (before, behind) = text.split_at(name);
        let signature: Signature = syn::parse_str(&format!("{before} f{behind}")).ok()?;
        let mut receiver = String::new();
        let mut arguments = Vec::new();
        for argument in &signature.inputs {
            match argument {
                FnArg::Receiver(it) => receiver = line(it),
                FnArg::Typed(it) => {
                    let name = match it.pat.as_ref() {
                        Pat::Ident(name) => name.ident.to_string(),
                        other => line(other),
                    };
                    arguments.push((name, line(&it.ty)));
                }
            }
        }
        let conditions = signature.generics.where_clause.to_token_stream();
        let mut other: TokenStream = signature.constness.to_token_stream();
        other.extend(signature.safety.to_token_stream());
        other.extend(signature.abi.to_token_stream());
        other.extend(signature.variadic.to_token_stream());
        Some(Self {
            is_async: signature.asyncness.is_some(),
            other: line(&other),
            generics: line(&signature.generics) + &line(&conditions),
            receiver,
            arguments,
            output: match &signature.output {
                syn::ReturnType::Default => "()".to_owned(),
                syn::ReturnType::Type(_, ty) => line(ty),
            },
            context: context.to_owned(),
        })
    }
}

/// Arguments have their meaning from their place: a name in another place is another argument.
fn arguments(old: &[(String, String)], new: &[(String, String)]) -> Vec<Judgement> {
    let names = |list: &[(String, String)]| -> Vec<String> {
        list.iter().map(|(name, _)| plain(name)).collect()
    };
    let (was, is) = (names(old), names(new));
    let listed = |list: &[String], names: &[&(String, String)]| {
        let found = names.iter().filter(|(name, _)| !list.contains(&plain(name)));
        found.map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>()
    };
    let fresh = listed(&was, &new.iter().collect::<Vec<_>>());
    let gone = listed(&is, &old.iter().collect::<Vec<_>>());
    let mut judgements: Vec<Judgement> = Vec::new();
    match (fresh.as_slice(), gone.as_slice()) {
        ([], []) if was != is => {
            let moved = was.iter().zip(&is).filter(|(was, is)| was != is).map(|(was, _)| was);
            let moved: Vec<_> = moved.map(|name| format!("`{name}`")).collect();
            let same = old.iter().zip(new).all(|((_, was), (_, is))| was == is);
            let what = match same {
                // The worst of all: it compiles.
                true => "traded places, and calls still compile",
                false => "traded places",
            };
            judgements.push((true, format!("the arguments {} {what}", moved.join(" and "))));
        }
        ([], []) => {}
        (fresh, []) => judgements.push((true, format!("requires {} as well", fresh.join(", ")))),
        ([], gone) => judgements.push((true, format!("no longer takes {}", gone.join(", ")))),
        (fresh, gone) => {
            let what = format!("takes {} in place of {}", fresh.join(", "), gone.join(", "));
            let same =
                old.len() == new.len() && old.iter().zip(new).all(|((_, was), (_, is))| was == is);
            let still = if same { ", and calls still compile" } else { "" };
            judgements.push((true, what + still));
        }
    }
    for (name, ty) in new {
        let before = old.iter().find(|(was, _)| plain(was) == plain(name));
        if let Some((_, before)) = before.filter(|(_, before)| before != ty) {
            judgements.push((true, format!("`{name}`: {}", type_changed(before, ty))));
        }
    }
    // A name that is only written differently is no other.
    if judgements.is_empty() && was == is && old != new {
        judgements.push((false, "an argument's name is written differently".to_owned()));
    }
    judgements
}

/// A name as far as it is not spelling.
fn plain(name: &str) -> String {
    name.strip_prefix("r#").unwrap_or(name).replace('_', "").to_lowercase()
}
