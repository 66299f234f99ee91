//! The examples of documents, read by the types that were emitted and written again.
//!
//! `collect` finds them, `judge` says which their own schemas accept, `code` has the types that read them,
//! `batch` compiles and runs a program of these, `compare` says whether what it writes is what it has read, and
//! `results` keeps that and adds it up. `reader` has them read other values.

pub mod batch;
pub(crate) mod code;
pub(crate) mod collect;
pub(crate) mod compare;
pub(crate) mod form;
pub(crate) mod judge;
pub mod reader;
pub mod results;
pub mod run;

use std::collections::BTreeMap;

use quote::ToTokens;
use serde_json::Value as Json;
use syn::Type;

use crate::node::Node;
use crate::openapi::Schema;
use crate::refine::Refined;

use collect::Collected;
use form::{Form, Forms, form, reached};
use judge::Judge;
use results::Results;

/// The examples of a document that are valid, and the types that are to read them.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// How many there are, and what is known of them already.
    pub results: Results,
    cases: Vec<Case>,
    types: Vec<ReadType>,
    forms: Forms,
    /// The items of the types.
    code: String,
}

/// A valid example.
#[derive(Clone, Debug)]
struct Case {
    pointer: String,
    /// The number of its type.
    ty: usize,
    value: Json,
}

/// A type that reads examples.
#[derive(Clone, Debug)]
struct ReadType {
    /// As Rust writes it.
    text: String,
    form: Form,
}

impl Examples {
    /// Judges the examples of a document, and gathers the types for those that are valid.
    pub(crate) fn of(document: &Node, collected: &Collected<'_>, refined: &Refined) -> Self {
        let judge = Judge::of(document);
        let mut examples = Self::default();
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut by_schema: BTreeMap<usize, Vec<&collect::Example<'_>>> = BTreeMap::new();
        for example in &collected.examples {
            examples.results.tried += 1;
            by_schema.entry(example.schema).or_default().push(example);
        }
        let types = types(collected, refined);
        for (number, of_schema) in by_schema {
            let Some(ty) = types.get(&number) else {
                examples.results.without_type += of_schema.len();
                continue;
            };
            let Some(schema) = collected.schemas.get(number) else { continue };
            let (opinion, form) = (judge.opinion(*schema), form(ty));
            for example in of_schema {
                let value = example.value.to_json();
                match opinion.accepts(&value) {
                    None => examples.results.unjudged += 1,
                    Some(false) => {}
                    Some(true) => {
                        examples.results.valid += 1;
                        let text = ty.to_token_stream().to_string();
                        let ty = *numbers.entry(text.clone()).or_insert_with(|| {
                            examples.types.push(ReadType { text, form: form.clone() });
                            examples.types.len() - 1
                        });
                        examples.cases.push(Case { pointer: example.pointer.clone(), ty, value });
                    }
                }
            }
        }
        examples.forms = reached(examples.types.iter().map(|it| &it.form), &refined.plan.types);
        examples.leave_out_untyped();
        examples.code = code::of(refined, examples.forms.keys());
        examples
    }

    /// Counts the examples whose type is any JSON, which read and write anything.
    fn leave_out_untyped(&mut self) {
        let before = self.cases.len();
        let (types, forms) = (&self.types, &self.forms);
        self.cases.retain(|it| types.get(it.ty).is_some_and(|ty| !is_raw(&ty.form, forms, 0)));
        self.results.untyped += before - self.cases.len();
    }
}

/// Returns the types of schemas by their numbers. A schema that was not lowered itself has the type of one that says the
/// same, as with responses that have one type for several statuses.
fn types<'a>(collected: &Collected<'_>, refined: &'a Refined) -> BTreeMap<usize, &'a Type> {
    let bare = |it: &Schema<'_>| it.without_any_annotations().to_json().to_string();
    let schemas = || collected.schemas.iter().enumerate();
    let own = |number| refined.plan.probes.ty(number);
    let of_same: BTreeMap<String, &Type> =
        schemas().filter_map(|(number, it)| Some((bare(it), own(number)?))).collect();
    let ty = |(number, schema): (usize, &Schema<'_>)| {
        Some((number, own(number).or_else(|| of_same.get(&bare(schema)).copied())?))
    };
    schemas().filter_map(ty).collect()
}

/// Whether a type is any JSON, or a list or a map of it.
fn is_raw(form: &Form, forms: &Forms, depth: usize) -> bool {
    // An alias of itself is no type.
    const DEPTH: usize = 16;
    match form {
        Form::Raw => true,
        Form::Leaf => false,
        Form::Option(inner) | Form::List(inner) | Form::Map(inner) => is_raw(inner, forms, depth),
        Form::Named(name) => match forms.get(name) {
            Some(form::Named::Alias(form)) if depth < DEPTH => is_raw(form, forms, depth + 1),
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests;
