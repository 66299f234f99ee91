//! The README of a crate, which is also its documentation's first page: its examples are tests.

mod code;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{ApiConfig, CredentialPlace};
use crate::coverage::{Deviations, Places};
use crate::plan::{Operation, Plan};
use crate::refine::{Refined, docs};

use super::header::PREAMBLE;
use super::webhooks;

/// The README: how to start, then what one comes to need.
pub(super) fn readme(config: &ApiConfig, refined: &Refined, differs: &Deviations) -> String {
    let plan = &refined.plan;
    let title = docs::markdown(&plan.title);
    let mut sections = vec![
        format!("<!-- {PREAMBLE} -->\n\n# {}", config.package),
        format!(
            "A Rust client of the {title} with {}, generated from {} by Bindery.",
            counted(plan.operations.len()),
            pages(config)
        ),
        format!(
            "```toml\n[dependencies]\n{} = \"{}\"\n```",
            config.package,
            minor(&config.version.to_string())
        ),
    ];
    sections.extend(refined.example.as_ref().map(|call| code::quick_start(config, plan, call)));
    sections.extend(authentication(plan));
    sections.extend(servers(plan));
    sections.extend(lists(plan));
    sections.extend(webhooks::section(config, plan));
    sections.push(errors(config, refined));
    sections.push(options(config, refined));
    sections.push(testing(config));
    sections.extend(deviations(differs));
    // At the end, since there may be hundreds.
    sections.push(operations(plan));
    sections.join("\n\n") + "\n"
}

fn pages(config: &ApiConfig) -> String {
    match &config.docs {
        Some(url) => format!("the [vendor's documentation](<{url}>)"),
        None => "the vendor's documentation".to_owned(),
    }
}

fn minor(version: &str) -> String {
    version.split('.').take(2).collect::<Vec<_>>().join(".")
}

fn counted(operations: usize) -> String {
    match operations {
        1 => "one [operation](#operations)".to_owned(),
        several => format!("{several} [operations](#operations)"),
    }
}

/// How an operation is called on a client.
fn called(name: &str, operation: &Operation) -> String {
    match &operation.group {
        Some(group) => format!("{}().{}", group.accessor, group.method),
        None => name.to_owned(),
    }
}

/// A table for each tag.
fn operations(plan: &Plan) -> String {
    let mut by_tag: BTreeMap<Option<&str>, (String, Vec<String>)> = BTreeMap::new();
    for (name, operation) in &plan.operations {
        let row = docs::operation_row(&format!("`{}`", called(name, operation)), operation);
        let module = operation.tag.as_ref().map(|tag| tag.module.as_str());
        let title = operation.tag.as_ref().map_or("", |tag| &tag.title);
        by_tag.entry(module).or_insert((title.to_owned(), Vec::new())).1.push(row);
    }
    let is_alone = by_tag.len() == 1;
    let tables = by_tag.into_iter().map(|(module, (title, rows))| {
        let title = match module.filter(|_| !is_alone) {
            Some(_) => format!("### {}\n\n", docs::cell(&docs::markdown(&title))),
            None => String::new(),
        };
        format!("{title}| method | request | |\n| --- | --- | --- |\n{}", rows.join("\n"))
    });
    let tables: Vec<String> = tables.collect();
    format!("## Operations\n\n{}", tables.join("\n\n"))
}

fn authentication(plan: &Plan) -> Option<String> {
    let last = plan.credentials.last()?;
    let places: Vec<String> = plan.credentials.iter().map(|it| it.place.in_words()).collect();
    let (its, them) = match plan.credentials.len() {
        1 => ("its credential", "it"),
        _ => ("its credentials", "them"),
    };
    let env: Vec<&String> = plan.credentials.iter().flat_map(|it| &it.env).collect();
    let env = listed(&env.into_iter().map(|it| format!("`{it}`")).collect::<Vec<_>>());
    let from_env = match (&plan.base_url_env, plan.servers.is_empty()) {
        (Some(base_url), true) => {
            format!(
                " `Client::from_env()` reads {them} from {env}, and the base url from `{base_url}`."
            )
        }
        (None, true) => String::new(),
        (_, false) => format!(" `Client::from_env()` reads {them} from {env}."),
    };
    let given = match &last.place {
        CredentialPlace::Basic => {
            "It is a user and a password, or a key as the user and an empty password, if the vendor says so."
        }
        _ => {
            "A token that expires is a `TokenSource`: a closure that is asked each time, or a function that \
             fetches a new one when the old one has expired or the vendor refuses it, once for all calls that wait for \
             it."
        }
    };
    Some(format!(
        "## Authentication\n\nThe client is given {its} once and sends {them} in {} with every request, only to \
         hosts that the vendor's page or the caller names, and over http only to this machine unless the builder's \
         `allow_plain_http` is called. Neither `Debug` nor the text of an error shows \
         {them}.{from_env}\n\n{given}",
        listed(&places)
    ))
}

/// `a, b and c`
fn listed(all: &[String]) -> String {
    match all {
        [others @ .., last] if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        all => all.concat(),
    }
}

fn servers(plan: &Plan) -> Option<String> {
    let own = plan.operations.values().filter_map(|it| it.server.as_deref());
    let own: BTreeSet<String> =
        own.filter(|it| !it.starts_with('/')).map(|url| format!("<{url}>")).collect();
    let own = match own.is_empty() {
        true => String::new(),
        false => format!(
            "Unless a base url is set, some operations go to {}.",
            listed(&own.into_iter().collect::<Vec<_>>())
        ),
    };
    match plan.servers.as_slice() {
        [] => Some(
            "## Server\n\nThe vendor's page names no server: give one to `Client::new` or to the builder's `base_url`."
                .to_owned(),
        ),
        [_] if own.is_empty() => None,
        [_] => Some(format!("## Servers\n\n{own}")),
        several => {
            let rows: Vec<String> =
                several.iter().map(|it| format!("- `Server::{}`: <{}>", it.name, it.url)).collect();
            let first = several.first().map_or("", |it| it.name.as_str());
            Some(format!(
                "## Servers\n\n{}\n\nRequests go to `Server::{first}` unless the builder's `base_url` is given another. \
                 {own}",
                rows.join("\n")
            ).trim_end().to_owned())
        }
    }
}

/// Only where there are some: a section about what a crate does not have would be noise.
fn lists(plan: &Plan) -> Option<String> {
    let (name, operation) = plan.operations.iter().find(|(_, it)| it.paging.is_some())?;
    let name = called(name, operation);
    Some(format!(
        "## Lists\n\nOperations whose answers come page by page, such as `{name}`, are `Paged`: `items` is a `Stream` of \
         the items of all pages from the one that is asked for, with `next` where a stream is too much, and `pages` one \
         of the pages, with their headers. Both can start at a page that was told before, and go on after an error."
    ))
}

fn errors(config: &ApiConfig, refined: &Refined) -> String {
    let name = config.package.replace('-', "_");
    let text = format!(
        "## Errors\n\nEvery call gives a `{name}::Error`, which keeps the operation, the status, the headers and \
         the raw body. `api()` is the body that the vendor documents for the status; a body that does not decode \
         says at which JSON path. A status that is not documented is an error that keeps its body; a 2xx that is \
         not documented is taken for the one success that is, if its body fits, and never for a documented error."
    );
    match &refined.example {
        Some(call) => format!("{text}\n\n{}", code::errors(config, call)),
        None => text,
    }
}

fn options(config: &ApiConfig, refined: &Refined) -> String {
    let text = format!(
        "## Retries, limits and options\n\nA call with an idempotent method (GET, HEAD, PUT, DELETE, OPTIONS, TRACE) \
         is tried again after a broken connection, a timeout, 408, 429 or a 5xx{}; any other only when the vendor has \
         not acted, such as after a 429 or 503 that says when to come back. The client waits that long, plus up to a \
         quarter more. All calls of a client share a budget of retries, which calls that go well and time fill again. A call \
         takes 30 seconds at most, longer with a large body, and an answer 8 MiB. All of this can be set for a client with its builder, and for \
         one call with `with_options`; `send_with_meta` gives status and headers beside the body, `send_raw` the answer \
         as it is. What this crate does not describe can be sent all the same: `Client::request` takes any path, and the \
         options of a call more headers, query parameters and members of its body.",
        exceptions(&refined.plan)
    );
    match &refined.example {
        Some(call) => format!("{text}\n\n{}", code::options(config, call)),
        None => text,
    }
}

/// The operations that are tried again otherwise than their methods say.
fn exceptions(plan: &Plan) -> String {
    let all = plan
        .operations
        .iter()
        .filter_map(|(name, it)| Some((called(name, it), it.retry.as_ref()?)));
    let names = |idempotent: bool| {
        let names = all.clone().filter(|(_, retry)| retry.idempotent == idempotent);
        listed(&names.map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>())
    };
    let sentence = |start: &str, names: String| match names.as_str() {
        "" => names,
        _ => format!("{start} {names}"),
    };
    sentence(", and so are calls of", names(true)) + &sentence(", but not those of", names(false))
}

fn testing(config: &ApiConfig) -> String {
    format!(
        "## Testing\n\nThe feature `mock` has a server that stands in for the vendor in tests: it is told \
         which calls to expect and what to reply, and fails the test with what is different. A reply that the vendor does \
         not document is refused. With it, types that only answers have can be made, too. \
         See `mock::MockServer`.\n\n```toml\n[dev-dependencies]\n{} = {{ version = \"{}\", features = [\"mock\"] }}\n\
         ```\n\nOther features: `tracing` (a span for each call), `blocking` (`send_blocking`, for programs that are not \
         asynchronous, with a thread for their connections), `http2`, and `native-tls` in place of `rustls`, which is \
         the default.",
        config.package,
        minor(&config.version.to_string())
    )
}

/// What a caller should know before relying on the page's word.
fn deviations(deviations: &Deviations) -> Option<String> {
    let rows = deviations.0.iter().map(|((kind, what), places)| {
        format!("- {} (`{kind}`, {})", docs::markdown(what).trim_end_matches('.'), at(places))
    });
    let rows: Vec<String> = rows.collect();
    (!rows.is_empty())
        .then(|| format!("## Where it differs from the vendor's page\n\n{}", rows.join("\n")))
}

/// Where a deviation is: in these operations, or in so many places that operations share.
fn at(places: &Places) -> String {
    const SHOWN: usize = 3;
    let shown = places.operations.iter().take(SHOWN);
    let mut shown: Vec<String> = shown.map(|it| docs::cell(&format!("`{it}`"))).collect();
    let rest = places.count.saturating_sub(shown.len());
    if rest > 0 {
        let more = if shown.is_empty() { "" } else { "more " };
        shown.push(format!("{rest} {more}{}", if rest == 1 { "place" } else { "places" }));
    }
    listed(&shown)
}

#[cfg(test)]
mod tests;
