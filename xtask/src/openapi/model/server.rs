//! Servers: where calls go.

use super::Tree;

view! {
    /// A Server Object.
    Server: SERVER {
        url: text "url",
        url_node: value "url",
        description: text "description",
        variables: value "variables",
        bindery_name: text "x-bindery-name",
    }
}

impl<'n, T: Tree<'n>> Server<'n, T> {
    /// Returns the url with the default of each variable in its place.
    pub(crate) fn url_with_defaults(self) -> Option<String> {
        let mut url = self.url()?.to_owned();
        for (name, variable) in self.variables().into_iter().flat_map(T::members) {
            if let Some(default) = variable.get("default").and_then(T::as_str) {
                url = url.replace(&format!("{{{name}}}"), default);
            }
        }
        Some(url)
    }
}
