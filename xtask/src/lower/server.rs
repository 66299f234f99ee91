//! Servers: those of the client, and those that operations have of their own.

use std::rc::Rc;

use crate::config;
use crate::finding::{Finding, Kind};
use crate::openapi::{Document, model};
use crate::plan::Server;

use super::Lowering;
use super::naming::{self, Scope};

/// Words that say no more than that a server is one.
const SERVER_WORDS: &[&str] =
    &["api", "base", "endpoint", "environment", "host", "server", "the", "url"];

/// What a list of servers comes to, whichever operations have it.
pub(super) struct ServerList {
    /// Their urls.
    own: Vec<String>,
    /// The one that is called.
    taken: Option<String>,
    /// Whether that is the default one of the client.
    is_default: bool,
    /// That one as it differs from the default.
    found: Option<String>,
}

impl ServerList {
    fn of(call: model::Operation<'_>, document: Document<'_>) -> Self {
        let url = model::Server::url_with_defaults;
        let own: Vec<String> = call.servers().filter_map(url).collect();
        let default = document.servers().filter_map(url).find(|it| is_base_url(it));
        let is_default = |it: &str| default.as_deref().is_some_and(|default| same(it, default));
        let relative = |it: &str| relative_to(default.as_deref(), it);
        let taken = own.iter().find(|it| is_default(it));
        let taken = taken.or_else(|| own.iter().find(|it| relative(it).is_some())).cloned();
        let found = taken.as_deref().and_then(relative);
        let is_default = taken.as_deref().is_some_and(is_default);
        Self { own, taken, is_default, found }
    }
}

impl<'a> Lowering<'a> {
    /// The servers that the document names, the default one first.
    pub(super) fn servers(&mut self) -> Vec<Server> {
        let mut scope = Scope::default();
        let mut servers = Vec::new();
        for server in self.document.servers() {
            let url = server.url_with_defaults().unwrap_or_default();
            if !is_base_url(&url) {
                self.unusable_server(&url, server);
                continue;
            }
            if servers.is_empty() && is_exposed(&url) {
                self.report_plain_http(&url, server);
            }
            let description = server.description().unwrap_or_default().trim().to_owned();
            let wanted = match server.bindery_name() {
                Some(name) => naming::variant_name(name),
                None => server_name(&description, &url),
            };
            servers.push(Server { name: scope.claim(&wanted), url, description });
        }
        servers
    }

    /// A client with a credential is not built for such a server unless its caller allows for it.
    fn report_plain_http(&mut self, url: &str, server: model::Server<'_>) {
        let finding = Finding::note(
            Kind::PlainHttp,
            format!("`{url}`, where requests go by default, is http"),
        )
        .at(server.span());
        self.findings.push(finding);
    }

    /// A relative url says where on the documentation's own host, which is not known.
    fn unusable_server(&mut self, url: &str, server: model::Server<'_>) {
        let finding =
            Finding::note(Kind::ServerUrl, format!("`{url}` is no url that requests can go to"))
                .at(server.span());
        self.findings.push(finding);
    }

    /// Where an operation is that is not at the default server of the client. Of several servers, the first that can
    /// be used holds.
    pub(super) fn own_server(&mut self, call: model::Operation<'_>) -> Option<String> {
        let start = call.servers_node().map(|it| std::ptr::from_ref(it).addr());
        let known = self.server_lists.get(&start).cloned();
        let list = known.unwrap_or_else(|| {
            let list = Rc::new(ServerList::of(call, self.document));
            self.server_lists.insert(start, Rc::clone(&list));
            list
        });
        self.report_other_servers(call, list.taken.as_deref().unwrap_or_default());
        if list.own.is_empty() || list.is_default {
            return None;
        }
        self.report_own_server(call, list.found.as_deref(), &list.own);
        list.found.clone()
    }

    /// Reports the servers of an operation that are neither taken nor those of the document, each once, however many
    /// operations share it.
    fn report_other_servers(&mut self, call: model::Operation<'_>, taken: &str) {
        if call.servers_node() == self.document.servers_node() || call.servers().count() < 2 {
            return;
        }
        for server in call.servers() {
            let url = server.url_with_defaults().unwrap_or_default();
            if url != taken && self.other_servers.insert(server.span().range().start) {
                let what = format!("{} is not called at `{url}`", call.key);
                self.findings.push(Finding::note(Kind::OtherServer, what).at(server.span()));
            }
        }
    }

    fn report_own_server(
        &mut self,
        call: model::Operation<'_>,
        found: Option<&str>,
        own: &[String],
    ) {
        let is_elsewhere = found.is_none_or(|it| !it.starts_with('/'));
        let Some(url) = found.or(own.first().map(String::as_str)).filter(|_| is_elsewhere) else {
            return;
        };
        let what = format!("{} is at `{url}`", call.key);
        let finding = match found {
            Some(_) => Finding::note(Kind::OperationServer, what)
                .why("Unless a base url is set, the credential goes there, too.")
                .help("See that the vendor means it."),
            None => Finding::loss(Kind::OperationServer, what)
                .why("The client sends it to the server of the other operations.")
                .help("Make a client with this base url for it, or bind it as an API of its own."),
        };
        let place = call.servers().next().map_or(call.span(), model::Server::span);
        self.findings.push(finding.at(place));
    }
}

fn same(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}

/// A server as it differs from the default one: by its path, if that is all, so that it goes along with a base url
/// that the caller sets.
fn relative_to(default: Option<&str>, url: &str) -> Option<String> {
    if url.is_empty() || url.starts_with('/') && !url.starts_with("//") && is_path(url) {
        return Some(if url.is_empty() { "/" } else { url }.to_owned());
    }
    // Without a default server, the caller has to set a base url, which holds for this operation, too.
    // A credential that was to be encrypted is not sent in the clear.
    let is_open = |default: &&str| url.starts_with("https://") || default.starts_with("http://");
    let default = default.filter(|_| is_base_url(url)).filter(is_open)?;
    let path = url.strip_prefix(origin(default)).filter(|it| it.is_empty() || it.starts_with('/'));
    Some(match path {
        Some("") => "/".to_owned(),
        Some(path) => path.to_owned(),
        None => url.to_owned(),
    })
}

/// Scheme and host of a base url.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(host..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| host + at);
    url.get(..end).unwrap_or(url)
}

/// Whether a url is one that a client can be made with.
fn is_base_url(url: &str) -> bool {
    config::base_url(url).is_ok()
}

/// Whether what goes to a url can be read on its way: over http, and not to this machine. The clients check the same.
fn is_exposed(url: &str) -> bool {
    let Ok(url) = url::Url::parse(url) else { return false };
    let is_local = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && !is_local
}

/// Whether a text is a path and no more.
fn is_path(text: &str) -> bool {
    text.chars().all(|it| {
        it.is_ascii_graphic() && !matches!(it, '?' | '#' | '<' | '>' | '`' | '{' | '}' | '"' | '\\')
    })
}

/// "Production server" names `Production`; a server without such words is named by its host.
fn server_name(description: &str, url: &str) -> String {
    let words: Vec<&str> = description
        .split(|it: char| !it.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .filter(|word| !SERVER_WORDS.contains(&word.to_ascii_lowercase().as_str()))
        .collect();
    if (1..=3).contains(&words.len()) {
        return naming::variant_name(&words.join(" "));
    }
    let host = url.split("://").nth(1).unwrap_or(url);
    naming::variant_name(host.split(['/', ':']).next().unwrap_or(host))
}

#[cfg(test)]
mod tests;
