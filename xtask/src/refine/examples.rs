//! Calls that compile: an operation with every required argument, in the vendor's own values where its
//! page has an example. What would be too much to show is a parameter of the function around the call.

use std::collections::BTreeSet;

use heck::ToSnakeCase as _;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value as Json;
use syn::{Type, parse_quote};

use crate::plan::{Docs, Operation, Property, Shape};

use super::constructors::{self, is_argument};
use super::{Context, binary, ident, paths, required};

/// How deep arguments are nested before an example gives up on showing them.
const DEPTH: usize = 3;

/// How many values an example shows at most: more is nothing to learn a call from.
const VALUES: usize = 16;

/// How many parameters stand for parts of a value, before one stands for all of it.
const PARTS: usize = 4;

/// Names that the functions around the calls have already.
const TAKEN: &[&str] = &["answer", "call", "client", "item", "items", "response", "server"];

/// What an example says so far.
pub(crate) struct Example<'a> {
    context: Context<'a>,
    /// How many values it has.
    shown: usize,
    /// What it is given instead of showing it: the name, and the name of the type.
    given: Vec<(Ident, Ident)>,
}

/// A call of an operation.
#[derive(Debug)]
pub struct Call {
    /// `client.create_invite(types::CreateInviteParams::new(…))`
    pub(crate) expression: TokenStream,
    /// The parameters that the function around it has for it: `settings: types::Settings`
    pub(crate) parameters: TokenStream,
}

impl Call {
    /// The call of an operation with all that it requires.
    pub(super) fn new(context: Context<'_>, name: &str, operation: &Operation) -> Self {
        let mut example = Example::new(context);
        let expression = example.call(name, operation);
        Self { expression, parameters: example.parameters() }
    }

    /// The modules of the crate that it names.
    pub(crate) fn modules(&self) -> Vec<Ident> {
        let mut names = BTreeSet::new();
        paths::looked_up(self.expression.clone(), &mut names);
        paths::looked_up(self.parameters.clone(), &mut names);
        let modules =
            ["operations", "runtime", "types"].into_iter().filter(|it| names.contains(*it));
        modules.map(ident).collect()
    }
}

/// The lines of an example for a call.
pub(super) fn call(context: Context<'_>, name: &str, operation: &Operation) -> String {
    let call = Call::new(context, name, operation);
    let expression = &call.expression;
    let gives_something = operation.success.responses.iter().any(|it| it.body.is_some());
    let statement = match gives_something {
        true => quote!(let response = #expression.await?;),
        false => quote!(#expression.await?;),
    };
    compiled(context, &call, &TokenStream::new(), &statement)
}

/// The lines of an example that takes all items of a list.
pub(super) fn items(context: Context<'_>, name: &str, operation: &Operation) -> String {
    let call = Call::new(context, name, operation);
    let expression = &call.expression;
    let statements = quote! {
        let mut items = #expression.items();
        while let Some(item) = items.next().await {
            let item = item?;
            println!("{item:?}");
        }
    };
    let krate = ident(&context.crate_name());
    compiled(context, &call, &quote!(use #krate::Paged as _;), &statements)
}

/// Statements as the body of a function that compiles.
fn compiled(
    context: Context<'_>,
    call: &Call,
    imports: &TokenStream,
    statements: &TokenStream,
) -> String {
    let parameters = &call.parameters;
    let krate = ident(&context.crate_name());
    let modules = call.modules();
    let hidden: syn::File = parse_quote! {
        #imports
        #(use #krate::#modules;)*
        async fn example(client: #krate::Client, #parameters) -> Result<(), Box<dyn std::error::Error>> {}
    };
    // One block, so that the printer of all generated code breaks the lines of this one, too.
    let shown: syn::File = parse_quote!(fn example() { #statements });
    let shown = prettyplease::unparse(&shown);
    let body = shown.lines().filter_map(|line| line.strip_prefix("    ")).map(str::to_owned);
    let hidden = prettyplease::unparse(&hidden);
    let before = hidden.trim_end().trim_end_matches('}').lines().map(|line| format!("# {line}"));
    let after = ["# Ok(())".to_owned(), "# }".to_owned()];
    before.chain(body).chain(after).map(|line| format!("{line}\n")).collect()
}

/// How much there is to an operation for those who call it for the first time: one that gives nothing has the
/// least to show, and a body is more than a parameter.
pub(super) fn effort(operation: &Operation) -> (bool, usize) {
    let gives_nothing = operation.success.responses.iter().all(|it| it.body.is_none());
    let parameters = operation.parameters.iter().filter(|it| it.required).count();
    let body = operation.body.iter().filter(|it| it.required).count();
    (gives_nothing, parameters + 3 * body)
}

impl<'a> Example<'a> {
    pub(super) fn new(context: Context<'a>) -> Self {
        Self { context, shown: 0, given: Vec::new() }
    }

    /// `client.create_invite(types::CreateInviteParams::new(…))`
    pub(super) fn call(&mut self, name: &str, operation: &Operation) -> TokenStream {
        let parameters = operation.parameters.iter().filter(|it| it.required);
        let body = operation.body.iter().filter(|it| it.required);
        let arguments = parameters
            .map(|it| (&it.ty, &it.docs, &it.wire))
            .chain(body.map(|it| (&it.ty, &it.docs, &it.name)));
        let count = arguments.clone().count();
        let required = required::name(self.context, operation.request_name(), count);
        let arguments: Vec<TokenStream> =
            arguments.map(|(ty, docs, wire)| self.value(ty, docs, None, wire, 0)).collect();
        let arguments = match required {
            None => arguments,
            Some(required) => {
                let parameters = operation.parameters.iter().filter(|it| it.required);
                let body = operation.body.iter().filter(|it| it.required);
                let fields = parameters.map(|it| (&it.name, &it.ty));
                let fields = fields.chain(body.map(|it| (&it.name, &it.ty)));
                let module = operation.tag.as_ref().filter(|_| operation.group.is_some());
                let module = module.map(|it| ident(&it.module)).into_iter();
                let required = ident(&required);
                let path = quote!(operations::#(#module::)*#required);
                vec![self.named_fields(&path, fields, arguments)]
            }
        };
        match &operation.group {
            None => {
                let name = ident(name);
                quote!(client.#name(#(#arguments),*))
            }
            Some(group) => {
                let (accessor, method) = (ident(&group.accessor), ident(&group.method));
                quote!(client.#accessor().#method(#(#arguments),*))
            }
        }
    }

    /// A value of a type, for which the page has no example of its own.
    pub(super) fn value_of(&mut self, ty: &Type) -> TokenStream {
        self.value(ty, &Docs::default(), None, "…", 0)
    }

    /// The parameters that the function around it has: `settings: types::Settings`
    pub(super) fn parameters(&self) -> TokenStream {
        let (names, types): (Vec<&Ident>, Vec<&Ident>) =
            self.given.iter().map(|(name, ty)| (name, ty)).unzip();
        quote!(#(#names: types::#types),*)
    }

    /// A parameter in place of a value that would be too much to show.
    fn given(&mut self, ty: &str) -> TokenStream {
        let wanted = ty.to_snake_case();
        let is_free = |name: &Ident| {
            !TAKEN.iter().any(|it| name == it) && self.given.iter().all(|(other, _)| name != other)
        };
        // What is a keyword cannot be parsed as a name.
        let wanted = syn::parse_str(&wanted).unwrap_or_else(|_| ident("value"));
        let numbered = (2..).map(|number: usize| format_ident!("{wanted}_{number}"));
        let mut names = std::iter::once(wanted.clone()).chain(numbered);
        let name = names.find(is_free).unwrap_or(wanted);
        self.given.push((name.clone(), ident(ty)));
        quote!(#name)
    }

    /// A value of a type, from the vendor's example if that has one that fits.
    fn value(
        &mut self,
        ty: &Type,
        docs: &Docs,
        example: Option<&Json>,
        wire: &str,
        depth: usize,
    ) -> TokenStream {
        let example = example.or(docs.example.as_ref());
        if let Some(inner) = paths::argument(ty, "Box") {
            return self.value(inner, docs, example, wire, depth);
        }
        if paths::argument(ty, "Option").is_some() {
            return quote!(None);
        }
        if let Some(item) = paths::argument(ty, "Vec") {
            // Of what would an empty list be, if it may be of anything that becomes an item?
            return match constructors::converts(self.context, item) {
                true => {
                    let item = self.value(item, &Docs::default(), None, wire, depth);
                    quote!([#item])
                }
                false => quote!(vec![]),
            };
        }
        if paths::is_map(ty) {
            return quote!(Default::default());
        }
        match paths::name(ty).as_deref() {
            Some("String") => {
                let text =
                    example.and_then(Json::as_str).map_or_else(|| placeholder(wire), str::to_owned);
                quote!(#text)
            }
            None if binary::is_binary(ty) => quote!("…"),
            Some("bool") => {
                let value = example.and_then(Json::as_bool).unwrap_or(true);
                quote!(#value)
            }
            Some(whole @ ("i32" | "i64" | "u64")) => {
                let value = example
                    .and_then(Json::as_i64)
                    .and_then(|it| i32::try_from(it).ok())
                    .filter(|it| *it >= 0 || whole != "u64")
                    .unwrap_or(1);
                let value = proc_macro2::Literal::i32_unsuffixed(value);
                quote!(#value)
            }
            Some("f64") => quote!(1.0),
            None if paths::kept(ty).is_some_and(|it| it == "Number") => {
                let value = example.and_then(Json::as_f64).filter(|it| it.is_sign_positive());
                let value = proc_macro2::Literal::f64_unsuffixed(value.unwrap_or(1.0));
                quote!(#value)
            }
            Some(name) => self.named(name, example, depth),
            None if *ty == parse_quote!(uuid::Uuid) => quote!(uuid::Uuid::nil()),
            None if paths::kept(ty).is_some() => quote!(#ty::UNIX_EPOCH),
            None => quote!(serde_json::Value::Null),
        }
    }

    fn named(&mut self, name: &str, example: Option<&Json>, depth: usize) -> TokenStream {
        let ident = ident(name);
        self.shown += 1;
        match self.context.plan.types.get(name).map(|it| &it.shape) {
            Some(Shape::Enum(variants)) => {
                let shown = variants
                    .iter()
                    .find(|it| Some(it.value.as_str()) == example.and_then(Json::as_str));
                match shown.or(variants.first()) {
                    Some(variant) => {
                        let variant = super::ident(&variant.name);
                        quote!(types::#ident::#variant)
                    }
                    None => quote!(types::#ident::from("…")),
                }
            }
            _ if depth > DEPTH || self.shown > VALUES => self.given(name),
            Some(Shape::Struct(properties)) => {
                let mut fields: Vec<&Property> = properties.values().collect();
                fields.sort_by(|a, b| a.name.cmp(&b.name));
                let before = self.given.len();
                let arguments = fields.iter().filter(|it| is_argument(it)).map(|property| {
                    let inner = match property.flatten {
                        true => example,
                        false => example.and_then(|it| it.get(&property.wire)),
                    };
                    self.value(&property.ty, &property.docs, inner, &property.wire, depth + 1)
                });
                let arguments: Vec<TokenStream> = arguments.collect();
                if self.given.len() > before + PARTS {
                    self.given.truncate(before);
                    return self.given(name);
                }
                match required::name(self.context, name, arguments.len()) {
                    None => quote!(types::#ident::new(#(#arguments),*)),
                    Some(required) => {
                        let required = super::ident(&required);
                        let fields = fields.iter().filter(|it| is_argument(it));
                        let fields = fields.map(|it| (&it.name, &it.ty));
                        let path = quote!(types::#required);
                        let required = self.named_fields(&path, fields, arguments);
                        quote!(types::#ident::new(#required))
                    }
                }
            }
            Some(Shape::Union(_) | Shape::Choice(_)) => self.alternative(name, example, depth),
            Some(Shape::Opaque) => quote!(serde_json::Value::Null),
            Some(Shape::Parts) | None => self.given(name),
        }
    }

    /// A struct of what is required. A field takes the value itself, not what can become one.
    fn named_fields<'f>(
        &self,
        path: &TokenStream,
        fields: impl Iterator<Item = (&'f String, &'f Type)>,
        values: Vec<TokenStream>,
    ) -> TokenStream {
        let members = fields.zip(values).map(|((name, ty), value)| {
            let name = ident(name);
            if paths::argument(ty, "Vec").is_some() {
                quote!(#name: vec![])
            } else if paths::argument(ty, "Box").is_some() {
                quote!(#name: Box::new(#value))
            } else if constructors::converts(self.context, ty) {
                quote!(#name: #value.into())
            } else {
                quote!(#name: #value)
            }
        });
        quote!(#path { #(#members),* })
    }

    fn alternative(&mut self, name: &str, example: Option<&Json>, depth: usize) -> TokenStream {
        let alternatives = match self.context.plan.types.get(name).map(|it| &it.shape) {
            Some(Shape::Union(union)) => &union.alternatives,
            Some(Shape::Choice(alternatives)) => alternatives,
            _ => return self.given(name),
        };
        let Some(first) = alternatives.first() else { return self.given(name) };
        let (ident, variant) = (ident(name), super::ident(&first.name));
        let wire = first.wire.as_deref().unwrap_or(&first.name);
        let inner = example.and_then(|it| it.get(wire)).or(example.filter(|it| !it.is_object()));
        let value = self.value(&first.ty, &first.docs, inner, wire, depth + 1);
        // A variant takes the value itself, not what can become one.
        if paths::argument(&first.ty, "Vec").is_some() {
            return quote!(types::#ident::#variant(vec![]));
        }
        match paths::name(&first.ty).as_deref() {
            Some("String") => quote!(types::#ident::#variant(#value.into())),
            None if paths::kept(&first.ty).is_some() => {
                quote!(types::#ident::#variant(#value.into()))
            }
            _ if paths::argument(&first.ty, "Box").is_some() => {
                quote!(types::#ident::#variant(Box::new(#value)))
            }
            _ => quote!(types::#ident::#variant(#value)),
        }
    }
}

/// A word for a string that the vendor gives no example of.
fn placeholder(wire: &str) -> String {
    match wire {
        "email" => "user@example.com".to_owned(),
        wire => wire.to_owned(),
    }
}

#[cfg(test)]
mod tests;
