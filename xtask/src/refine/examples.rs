//! Calls that compile: an operation with every required argument, in the vendor's own values where its
//! page has an example.

use std::cell::Cell;
use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value as Json;
use syn::{Type, parse_quote};

use crate::plan::{Docs, Operation, Shape};

use super::constructors::Field;
use super::{Context, binary, ident, paths};

/// How deep arguments are nested before an example gives up on showing them.
const DEPTH: usize = 6;

/// How many values an example shows at most: more is nothing to learn a call from.
const VALUES: usize = 60;

/// A call in the making.
#[derive(Clone, Copy)]
struct Example<'a> {
    context: Context<'a>,
    /// How many values it has.
    shown: &'a Cell<usize>,
}

/// The lines of an example for a call.
pub(crate) fn call(context: Context<'_>, name: &str, operation: &Operation) -> String {
    let expression = expression(context, name, operation);
    let gives_something = operation.success.responses.iter().any(|it| it.body.is_some());
    let statement = match gives_something {
        true => quote!(let response = #expression.send().await?;),
        false => quote!(#expression.send().await?;),
    };
    compiled(context, &statement)
}

/// The lines of an example that takes all items of a list.
pub(crate) fn items(context: Context<'_>, name: &str, operation: &Operation) -> String {
    let expression = expression(context, name, operation);
    let statements = quote! {
        let mut items = #expression.items();
        while let Some(item) = items.next().await {
            let item = item?;
            println!("{item:?}");
        }
    };
    compiled(context, &statements)
}

/// Statements as the body of a function that compiles.
fn compiled(context: Context<'_>, statement: &TokenStream) -> String {
    // One block, so that the printer of all generated code breaks the lines of this one, too.
    let block: syn::File = parse_quote!(fn example() { #statement });
    let printed = prettyplease::unparse(&block);
    let lines = printed.lines().filter_map(|line| line.strip_prefix("    "));
    let body: String = lines.map(|line| format!("{line}\n")).collect();
    let krate = context.crate_name();
    let types = match names_types(statement) {
        true => format!("# use {krate}::types;\n"),
        false => String::new(),
    };
    format!(
        "{types}# async fn example(client: {krate}::Client) -> Result<(), Box<dyn std::error::Error>> {{\n{body}# Ok(())\n# }}\n"
    )
}

/// Whether an example names the module of types.
pub(crate) fn names_types(example: &TokenStream) -> bool {
    let mut names = BTreeSet::new();
    paths::looked_up(example.clone(), &mut names);
    names.contains("types")
}

/// `client.create_invite(types::CreateInviteParams::new(…))`
pub(crate) fn expression(context: Context<'_>, name: &str, operation: &Operation) -> TokenStream {
    let shown = Cell::new(0);
    let example = Example { context, shown: &shown };
    let parameters = operation.parameters.iter().filter(|it| it.required).map(|it| {
        let ty = context.type_of(&operation.request, &it.name);
        value(example, &ty, &it.docs, it.docs.example.as_ref(), &it.wire, 0)
    });
    let body = operation.body.iter().filter(|it| it.required).map(|it| {
        let ty = context.type_of(&operation.request, &it.name);
        value(example, &ty, &it.docs, it.docs.example.as_ref(), &it.name, 0)
    });
    let (arguments, name) = (parameters.chain(body), ident(name));
    quote!(client.#name(#(#arguments),*))
}

/// How much there is to an operation for those who call it for the first time: one that gives nothing has the
/// least to show, and a body is more than a parameter.
pub(super) fn effort(operation: &Operation) -> (bool, usize) {
    let gives_nothing = operation.success.responses.iter().all(|it| it.body.is_none());
    let parameters = operation.parameters.iter().filter(|it| it.required).count();
    let body = operation.body.iter().filter(|it| it.required).count();
    (gives_nothing, parameters + 3 * body)
}

/// A value of a type, for which the page has no example of its own.
pub(super) fn value_of(context: Context<'_>, ty: &Type) -> TokenStream {
    let shown = Cell::new(0);
    value(Example { context, shown: &shown }, ty, &Docs::default(), None, "…", 0)
}

/// A value of a type, from the vendor's example if that has one that fits.
fn value(
    call: Example<'_>,
    ty: &Type,
    docs: &Docs,
    example: Option<&Json>,
    wire: &str,
    depth: usize,
) -> TokenStream {
    let example = example.or(docs.example.as_ref());
    if let Some(inner) = paths::argument(ty, "Box") {
        return value(call, inner, docs, example, wire, depth);
    }
    if paths::argument(ty, "Option").is_some() {
        return quote!(None);
    }
    if paths::argument(ty, "Vec").is_some() {
        return quote!(vec![]);
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
        Some("i32" | "i64") => {
            let value =
                example.and_then(Json::as_i64).and_then(|it| i32::try_from(it).ok()).unwrap_or(1);
            let value = proc_macro2::Literal::i32_unsuffixed(value);
            quote!(#value)
        }
        Some("f64") => quote!(1.0),
        Some(name) => named(call, name, example, depth),
        None if *ty == parse_quote!(uuid::Uuid) => quote!(uuid::Uuid::nil()),
        None if *ty == parse_quote!(chrono::DateTime<chrono::Utc>) => {
            quote!(chrono::DateTime::UNIX_EPOCH)
        }
        None if *ty == parse_quote!(chrono::NaiveDate) => quote!(chrono::NaiveDate::MIN),
        None => quote!(serde_json::Value::Null),
    }
}

fn named(call: Example<'_>, name: &str, example: Option<&Json>, depth: usize) -> TokenStream {
    let ident = ident(name);
    call.shown.set(call.shown.get() + 1);
    match call.context.plan.types.get(name).map(|it| &it.shape) {
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
        _ if depth > DEPTH || call.shown.get() > VALUES => left_to_the_reader(),
        Some(Shape::Struct(properties)) => {
            let mut fields: Vec<Field<'_>> = properties
                .iter()
                .map(|(lowered, property)| Field {
                    property,
                    ty: call.context.type_of(name, lowered),
                })
                .collect();
            fields.sort_by(|a, b| a.property.name.cmp(&b.property.name));
            let arguments = fields.iter().filter(|it| it.is_argument()).map(|field| {
                let property = field.property;
                let inner = match property.flatten {
                    true => example,
                    false => example.and_then(|it| it.get(&property.wire)),
                };
                value(call, &field.ty, &property.docs, inner, &property.wire, depth + 1)
            });
            quote!(types::#ident::new(#(#arguments),*))
        }
        Some(Shape::Union(_) | Shape::Choice(_)) => alternative(call, name, example, depth),
        Some(Shape::Opaque) => quote!(serde_json::Value::Null),
        Some(Shape::Parts) | None => left_to_the_reader(),
    }
}

fn alternative(call: Example<'_>, name: &str, example: Option<&Json>, depth: usize) -> TokenStream {
    let alternatives = match call.context.plan.types.get(name).map(|it| &it.shape) {
        Some(Shape::Union(union)) => &union.alternatives,
        Some(Shape::Choice(alternatives)) => alternatives,
        _ => return left_to_the_reader(),
    };
    let Some(first) = alternatives.first() else { return left_to_the_reader() };
    let (ident, variant) = (ident(name), super::ident(&first.name));
    let wire = first.wire.as_deref().unwrap_or(&first.name);
    let inner = example.and_then(|it| it.get(wire)).or(example.filter(|it| !it.is_object()));
    let ty = call.context.type_of(name, &first.property);
    let value = value(call, &ty, &first.docs, inner, wire, depth + 1);
    // A variant takes the value itself, not what can become one.
    match paths::name(&ty).as_deref() {
        Some("String") => quote!(types::#ident::#variant(#value.into())),
        _ if paths::argument(&ty, "Box").is_some() => {
            quote!(types::#ident::#variant(Box::new(#value)))
        }
        _ => quote!(types::#ident::#variant(#value)),
    }
}

/// A word for a string that the vendor gives no example of.
fn placeholder(wire: &str) -> String {
    match wire {
        "email" => "user@example.com".to_owned(),
        wire => wire.to_owned(),
    }
}

/// What stands for a value that an example does not show. It compiles in place of any type.
fn left_to_the_reader() -> TokenStream {
    quote!(todo!())
}
