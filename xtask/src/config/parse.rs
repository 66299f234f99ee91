//! From the text of an `api.toml` to an [`ApiConfig`], or to everything that is wrong with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::paging;
use crate::config::release;
use crate::config::retry;
use crate::config::rules::{self, Rule};
use crate::config::table::Table;
use crate::config::types;
use crate::config::webhooks;
use crate::config::{
    ApiConfig, CredentialDecision, CredentialPlace, HeaderDecision, Rename, Renamed, ServerDecision,
};
use crate::finding::{Accepted, Finding, Findings, Kind};
use crate::node::Node;
use crate::read::text;
use crate::short::{LONGEST, short};
use crate::source::{Source, Span};

impl ApiConfig {
    /// Reads the decisions about the API of that name. `None` when a finding says what is wrong.
    pub fn parse(name: &str, source: &Arc<Source>, findings: &mut Findings) -> Option<Self> {
        // Only problems of this text count, whatever has been found before.
        let mut own = Findings::default();
        let config = Self::understood(name, source, &mut own).filter(|_| !own.failed());
        own.iter().for_each(|finding| findings.push(finding.clone()));
        config
    }

    /// What can be understood of the decisions, beside the findings that say what is wrong with the rest.
    pub fn understood(name: &str, source: &Arc<Source>, findings: &mut Findings) -> Option<Self> {
        match text::toml(source, 0..source.text().len()) {
            Ok(node) => root(name, source, &node, findings),
            Err(finding) => {
                // The reader speaks of a vendor's page, and this file is ours.
                let finding = finding.why("None of the decisions in it can be read.");
                findings.push(
                    finding.help("Mend the line. `CONTRIBUTING.md` shows a whole `api.toml`."),
                );
                None
            }
        }
    }
}

fn root(
    name: &str,
    source: &Arc<Source>,
    node: &Node,
    findings: &mut Findings,
) -> Option<ApiConfig> {
    const KEYS: [&str; 14] = [
        "title",
        "package",
        "docs",
        "groups",
        "base_url_env",
        "credential",
        "header",
        "server",
        "rename",
        "accept",
        "pagination",
        "retry",
        "type",
        "webhooks",
    ];
    let table = Table::open(node, "api.toml", &KEYS, findings)?.with_span(source.start());
    let title = table.text("title", rules::line, findings);
    let package = table.optional("package", rules::package, findings);
    let docs = table.optional("docs", rules::url, findings);
    let groups = table.is_true("groups", findings).is_some();
    let base_url_env = table.optional("base_url_env", rules::env, findings);
    let credential = table.node("credential").and_then(|node| credential(node, findings));
    let headers = each(table.tables("header", findings), findings, header);
    let servers = each(table.tables("server", findings), findings, server);
    let renames = each(table.tables("rename", findings), findings, rename);
    let accepted = each(table.tables("accept", findings), findings, accept);
    let pagination = each(table.tables("pagination", findings), findings, paging::pagination);
    let retries = each(table.tables("retry", findings), findings, retry::retry);
    let types = each(table.tables("type", findings), findings, types::decision);
    let webhooks = table.node("webhooks").and_then(|node| webhooks::webhooks(node, findings));
    let config = ApiConfig {
        name: name.to_owned(),
        package: package.unwrap_or_else(|| default_package(name)),
        title: title?,
        version: release::FIRST,
        docs,
        publish: true,
        groups,
        base_url_env,
        credential,
        headers,
        servers,
        accepted,
        renames,
        pagination,
        retries,
        types,
        webhooks,
        span: source.start(),
    };
    unique(&config, findings);
    Some(config)
}

/// The package of an API of which none is decided.
pub(crate) fn default_package(name: &str) -> String {
    short(format!("bindery-{}", name.replace('_', "-")), '-', LONGEST)
}

fn each<T>(
    nodes: &[Node],
    findings: &mut Findings,
    parse: fn(&Node, &mut Findings) -> Option<T>,
) -> Vec<T> {
    nodes.iter().filter_map(|node| parse(node, findings)).collect()
}

fn credential(node: &Node, findings: &mut Findings) -> Option<CredentialDecision> {
    const PLACES: [&str; 5] = ["bearer", "basic", "header", "query", "cookie"];
    const KEYS: [&str; 8] =
        ["bearer", "basic", "header", "query", "cookie", "name", "env", "reason"];
    let table = Table::open(node, "[credential]", &KEYS, findings)?;
    let place = match table.choice(&PLACES, findings) {
        Some("header") => {
            table.text("header", rules::header_name, findings).map(CredentialPlace::Header)
        }
        Some("query") => table.text("query", rules::line, findings).map(CredentialPlace::Query),
        Some("cookie") => {
            table.text("cookie", rules::cookie_name, findings).map(CredentialPlace::Cookie)
        }
        Some("basic") => table.is_true("basic", findings).map(|()| CredentialPlace::Basic),
        Some(_) => table.is_true("bearer", findings).map(|()| CredentialPlace::Bearer),
        None => None,
    };
    let name = table.text("name", rules::setter, findings);
    // What a wrong place would ask for nobody knows.
    let secrets = place.as_ref().map_or(1, |place| place.arguments("").len());
    let env = table.texts("env", secrets, rules::env, findings);
    let reason = table.text("reason", rules::prose, findings);
    let span = table.span().clone();
    Some(CredentialDecision { place: place?, name: name?, env: env?, reason: reason?, span })
}

fn header(node: &Node, findings: &mut Findings) -> Option<HeaderDecision> {
    let table = Table::open(node, "[[header]]", &["name", "value", "reason"], findings)?;
    let name = table.text("name", rules::header_name, findings);
    let value = table.text("value", rules::header_value, findings);
    let reason = table.text("reason", rules::prose, findings);
    let span = table.span_of("name");
    Some(HeaderDecision { name: name?, value: value?, reason: reason?, span })
}

fn server(node: &Node, findings: &mut Findings) -> Option<ServerDecision> {
    let table = Table::open(node, "[[server]]", &["url", "name", "reason"], findings)?;
    let url = table.text("url", rules::base_url, findings);
    let name = table.text("name", rules::snake_case, findings);
    let reason = table.text("reason", rules::prose, findings);
    let span = table.span_of("url");
    Some(ServerDecision { url: url?, name: name?, reason: reason?, span })
}

fn accept(node: &Node, findings: &mut Findings) -> Option<Accepted> {
    let table = Table::open(node, "[[accept]]", &["finding", "operation", "reason"], findings)?;
    let finding = table.text("finding", rules::acceptable_kind, findings);
    let operation = table.optional("operation", rules::operation_of_page, findings);
    let reason = table.text("reason", rules::prose, findings);
    let span = table.span_of("finding");
    Some(Accepted { finding: Kind::named(&finding?)?, operation, reason: reason?, span })
}

fn rename(node: &Node, findings: &mut Findings) -> Option<Rename> {
    /// What a rename is about, how that is written, how the new name is written.
    type Kind = (&'static str, Rule, Rule, fn(String) -> Renamed);
    const KINDS: [Kind; 4] = [
        ("operation", rules::operation, rules::snake_case, Renamed::Operation),
        ("type", rules::upper_camel_case, rules::upper_camel_case, Renamed::Type),
        ("property", rules::property, rules::snake_case, Renamed::Property),
        ("variant", rules::variant, rules::upper_camel_case, Renamed::Variant),
    ];
    let known = ["operation", "type", "property", "variant", "to", "reason"];
    let table = Table::open(node, "[[rename]]", &known, findings)?;
    let reason = table.text("reason", rules::prose, findings);
    let key = table.choice(&KINDS.map(|kind| kind.0), findings)?;
    let (_, from, to, renamed) = KINDS.into_iter().find(|kind| kind.0 == key)?;
    let what = table.text(key, from, findings);
    let to = table.text("to", to, findings);
    let span = table.span_of(key);
    Some(Rename { what: renamed(what?), to: to?, reason: reason?, span })
}

/// What must not be decided twice.
fn unique(config: &ApiConfig, findings: &mut Findings) {
    let mut names = Once::default();
    if let Some(credential) = &config.credential {
        let header = match &credential.place {
            CredentialPlace::Header(name) => Some(name.to_lowercase()),
            CredentialPlace::Cookie(_) => Some("cookie".to_owned()),
            _ => None,
        };
        if let Some(name) = header {
            names.claim(format!("the header `{name}`"), &credential.span);
        }
        for variable in &credential.env {
            names.claim(format!("the variable `{variable}`"), &credential.span);
        }
    }
    if let Some(env) = &config.base_url_env {
        names.claim(format!("the variable `{env}`"), &config.span);
    }
    for header in &config.headers {
        names.claim(format!("the header `{}`", header.name.to_lowercase()), &header.span);
    }
    for server in &config.servers {
        names.claim(format!("the server `{}`", server.url.trim_end_matches('/')), &server.span);
        names.claim(format!("the server's name `{}`", server.name), &server.span);
    }
    for rename in &config.renames {
        let (Renamed::Operation(from)
        | Renamed::Type(from)
        | Renamed::Property(from)
        | Renamed::Variant(from)) = &rename.what;
        names.claim(format!("the name of `{from}`"), &rename.span);
    }
    for paging in &config.pagination {
        let operation = &paging.operation;
        names.claim(format!("the pagination of `{}`", operation.text), &operation.span);
    }
    for retry in &config.retries {
        let operation = &retry.operation;
        names.claim(format!("sending `{}` again", operation.text), &operation.span);
    }
    for decision in &config.types {
        names.claim(format!("the type `{}`", decision.name.text), &decision.name.span);
    }
    names.problems.into_iter().for_each(|finding| findings.push(finding));
}

/// Things that are claimed once each.
#[derive(Default)]
struct Once {
    taken: BTreeMap<String, Span>,
    problems: Vec<Finding>,
}

impl Once {
    fn claim(&mut self, thing: String, span: &Span) {
        let Some(first) = self.taken.get(&thing) else {
            self.taken.insert(thing, span.clone());
            return;
        };
        self.problems.push(
            Finding::error(Kind::ConfigDuplicate, format!("{thing} is decided twice"))
                .at(span)
                .help(format!("Keep one. The other is at {first}.")),
        );
    }
}
