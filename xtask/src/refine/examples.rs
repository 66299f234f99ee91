//! Calls that compile: an operation with every required argument, in the vendor's own values where its
//! page has an example. What would be too much to show is a parameter of the function around the call.

mod value;

use std::collections::BTreeSet;

use heck::ToSnakeCase as _;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{Type, parse_quote};

use crate::plan::{Docs, Operation};

use super::{Context, ident, paths, required};

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
}

#[cfg(test)]
mod tests;
