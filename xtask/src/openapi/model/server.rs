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

/// The most bytes of a url that a variable is replaced in. Servers refuse longer ones (RFC 9110, section 4.1).
const LONGEST: usize = 8000;

impl<'n, T: Tree<'n>> Server<'n, T> {
    /// Returns the url with the default of each variable in its place. What looks like a variable in a default is none.
    pub(crate) fn url_with_defaults(self) -> Option<String> {
        let mut rest = self.url()?;
        let mut url = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            let variable = after.split_once('}').filter(|_| url.len() < LONGEST);
            let default = variable.and_then(|(name, after)| Some((self.default(name)?, after)));
            url.push_str(before);
            match default {
                Some((default, after)) => {
                    url.push_str(default);
                    rest = after;
                }
                None => {
                    url.push('{');
                    rest = after;
                }
            }
        }
        url.push_str(rest);
        Some(url)
    }

    fn default(self, variable: &str) -> Option<&'n str> {
        self.variables()?.get(variable)?.get("default")?.as_str()
    }
}
