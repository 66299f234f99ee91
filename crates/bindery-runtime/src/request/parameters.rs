//! The parameters of a request, by place and style.

use reqwest::header::COOKIE;
use serde::Serialize;
use serde::ser::Error as _;

use super::Request;
use crate::path::{self, Style, Template};
use crate::tree::{Tree, Unfit};
use crate::{cookie, headers};

/// What the caller's value has become.
type Grown = Result<Tree, Unfit>;

impl Request {
    /// Fills in a path parameter: a scalar, or a list or an object, which is joined with commas,
    /// the object as names and values by turns.
    ///
    /// A value that is absent or empty, or that makes a segment `.` or `..`, would lead to the path
    /// of another operation and is an error.
    pub fn path<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.path_in(Style::Simple, name, Tree::of(value));
    }

    /// Fills in a path parameter in the style `label`: `.a.b`. For the rest like
    /// [`path`](Self::path).
    pub fn path_label<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.path_in(Style::Label, name, Tree::of(value));
    }

    /// Fills in a path parameter in the style `matrix`: `;name=a,b`. For the rest like
    /// [`path`](Self::path).
    pub fn path_matrix<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.path_in(Style::Matrix, name, Tree::of(value));
    }

    /// Adds a query parameter: a scalar, or a list, which repeats the name. What is absent is left
    /// out. The name of a credential of the query is an error.
    pub fn query<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.query_tree(name, Tree::of(value));
    }

    /// Adds a query parameter as one value: a scalar, or a list or an object, which is joined with
    /// the separator, the object as names and values by turns.
    ///
    /// An item that has the separator in it is encoded, and an error where that would not help,
    /// which is so for a space.
    pub fn query_joined<T: Serialize + ?Sized>(&mut self, name: &str, separator: char, value: &T) {
        let joined = Tree::of(value).and_then(|tree| self.query.joined(name, separator, tree));
        self.check("query parameter", name, joined);
    }

    /// Adds each member of an object as a query parameter of its own: a scalar, or a list, which
    /// repeats the name of the member.
    pub fn query_object<T: Serialize + ?Sized>(&mut self, value: &T) {
        let added = Tree::of(value).and_then(|tree| self.query.members(tree));
        if let Err(unfit) = added {
            self.fail(|| format!("the object of query parameters {unfit}"));
        }
    }

    /// Adds an object as query parameters that are named after its members, at any depth:
    /// `name[a][b]=1`. A list repeats the name that leads to it.
    pub fn query_deep<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let added = Tree::of(value).and_then(|tree| self.query.deep(name, tree));
        self.check("query parameter", name, added);
    }

    /// Adds a query parameter whose value is JSON. One that would be `null` is left out.
    pub fn query_json<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let json = serde_json::to_string(value).map_err(Unfit::custom);
        let json = self.check("query parameter", name, json);
        if let Some(json) = json.filter(|json| json != "null") {
            self.query.push(name, &json);
        }
    }

    /// Sets a header parameter: a scalar, or a list or an object, which is joined with commas, the
    /// object as names and values by turns. What is absent is left out. It replaces a header of
    /// that name which the client sends by itself, but not the credential, which is an error.
    pub fn header<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.header_tree(name, Tree::of(value));
    }

    /// Sets a cookie: a scalar, or a list or an object, which is joined with commas, the object as
    /// names and values by turns. What cannot stand in a cookie is percent-encoded. It replaces a
    /// cookie of that name which the client sends by itself, but not the credential, which is an
    /// error.
    pub fn cookie<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.cookie_tree(name, Tree::of(value));
    }

    fn path_in(&mut self, style: Style, name: &str, value: Grown) {
        let texts = value.and_then(Tree::flat);
        let Some(texts) = self.check("path parameter", name, texts) else {
            return;
        };
        let (path, query) = Template(self.operation.path).split();
        let known = path.parameter(name).or_else(|| query?.parameter(name));
        let Some(name) = known else {
            return self.fail(|| format!("the path has no parameter `{name}`"));
        };
        if texts.is_empty() || texts.iter().any(String::is_empty) {
            return self.fail(|| format!("the path parameter `{name}` is empty"));
        }
        self.path.retain(|value| value.name != name);
        self.path.push(path::Value { name, style, texts });
    }

    fn query_tree(&mut self, name: &str, value: Grown) {
        let added = value.and_then(|tree| self.query.repeated(name, tree));
        self.check("query parameter", name, added);
    }

    fn header_tree(&mut self, name: &str, value: Grown) {
        let texts = self.check("header parameter", name, value.and_then(Tree::flat));
        let Some(texts) = texts.filter(|texts| !texts.is_empty()) else {
            return;
        };
        if let Err(reason) = self.insert_header(name, &texts.join(",")) {
            self.fail(|| format!("the header parameter `{name}` {reason}"));
        }
    }

    pub(super) fn insert_header(
        &mut self,
        name: &str,
        value: &str,
    ) -> Result<(), headers::Refusal> {
        let name = headers::name(name).ok_or("has a name that no header can have")?;
        headers::allowed(&name)?;
        if self.client.shared().credentials.contains_key(&name) {
            return Err("is the credential's: give one of the two");
        }
        self.headers.insert(name, headers::value(value)?);
        Ok(())
    }

    fn cookie_tree(&mut self, name: &str, value: Grown) {
        let value = self.check("cookie", name, value.and_then(cookie::value));
        let Some(value) = value.flatten() else {
            return;
        };
        let credential = self.client.shared().credentials.get(COOKIE);
        let set = match credential.is_some_and(|header| cookie::has(header, name)) {
            true => Err("is the credential's: give one of the two"),
            false => self.cookies.set(name, value),
        };
        if let Err(reason) = set {
            self.fail(|| format!("the cookie `{name}` {reason}"));
        }
    }

    /// Remembers why a parameter cannot be sent.
    fn check<T>(&mut self, what: &str, name: &str, result: Result<T, Unfit>) -> Option<T> {
        result.map_err(|unfit| self.fail(|| format!("the {what} `{name}` {unfit}"))).ok()
    }
}
