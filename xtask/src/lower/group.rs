//! Groups: operations by their tags, with names that do not say the tag again.

use std::collections::BTreeMap;

use heck::ToSnakeCase as _;

use crate::finding::{Finding, Kind};
use crate::plan::{Group, Operation};

use super::Lowering;
use super::naming::{self, Scope};
use super::operation::BUILDERS;

/// So many operations of a client are as many as a page of documentation shows well.
const MANY: usize = 20;

impl Lowering<'_> {
    /// Files the operations under their tags, if that is decided.
    pub(super) fn group(&mut self, operations: &mut BTreeMap<String, Operation>) {
        if !self.config.groups {
            let tags = operations.values().filter_map(|it| it.tag.as_ref());
            let several = tags.clone().any(|it| tags.clone().next() != Some(it));
            if operations.len() > MANY && several {
                let what =
                    format!("{} operations are methods of the client itself", operations.len());
                self.findings.push(Finding::note(Kind::Groups, what).at(&self.config.span));
            }
            return;
        }
        let untagged = operations.iter().filter(|(_, it)| it.tag.is_none());
        let mut accessors = Scope::default();
        untagged.for_each(|(name, _)| drop(accessors.claim(name)));
        let mut groups: BTreeMap<String, Names> = BTreeMap::new();
        for (name, operation) in operations {
            let Some(tag) = &operation.tag else { continue };
            let names = groups.entry(tag.module.clone()).or_insert_with(|| {
                let accessor = accessors.claim(&naming::method_name(&tag.title));
                Names::new(accessor, naming::type_name(&tag.module))
            });
            operation.group = Some(names.name(name, &tag.module));
        }
    }
}

/// The names of a group.
struct Names {
    accessor: String,
    name: String,
    methods: Scope,
    requests: Scope,
}

impl Names {
    fn new(accessor: String, name: String) -> Self {
        let taken: Vec<&str> = BUILDERS.iter().copied().chain([name.as_str()]).collect();
        let requests = Scope::with(&taken);
        Self { accessor, methods: Scope::default(), requests, name }
    }

    fn name(&mut self, operation: &str, tag: &str) -> Group {
        let method = self.methods.claim(&naming::method_name(&without(operation, tag)));
        let request = self.requests.claim(&naming::type_name(&method));
        Group { accessor: self.accessor.clone(), name: self.name.clone(), method, request }
    }
}

/// The name of an operation without the words of its tag: of `list_team_members`, `list` is left under `team_members`,
/// and of `get_team_member`, `get`. A name that says nothing else stays as it is.
fn without(operation: &str, tag: &str) -> String {
    let operation = operation.to_snake_case();
    let tag = tag.to_snake_case();
    let words: Vec<&str> = operation.split('_').filter(|it| !it.is_empty()).collect();
    let tag: Vec<&str> = tag.split('_').filter(|it| !it.is_empty()).collect();
    let is_tag = |part: &[&str]| part.iter().zip(&tag).all(|(a, b)| singular(a) == singular(b));
    let Some(at) = words.windows(tag.len().max(1)).position(is_tag) else { return operation };
    let left: Vec<&str> = words
        .iter()
        .enumerate()
        .filter(|(i, _)| !(at..at + tag.len()).contains(i))
        .map(|it| *it.1)
        .collect();
    match left.as_slice() {
        [] => operation.clone(),
        // What begins with a number is no name.
        [first, ..] if first.starts_with(|it: char| it.is_ascii_digit()) => operation.clone(),
        left => left.join("_"),
    }
}

/// A word without the ending of the plural, as far as that can be told from letters alone.
fn singular(word: &str) -> &str {
    let word = word.strip_suffix("ies").or(word.strip_suffix('y')).unwrap_or(word);
    word.strip_suffix('s').unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::config::ApiConfig;
    use crate::testing::{config, run, run_with};

    #[test]
    fn a_name_does_not_say_its_tag_again() {
        for (operation, tag, expected) in [
            ("list_files", "files", "list"),
            ("get_file", "files", "get"),
            ("files", "files", "files"),
            ("create_team_member_invite", "team_members", "create_invite"),
            ("list_policies", "policy", "list"),
            ("get_file_2_versions", "files", "get_2_versions"),
            ("file_2_versions", "files", "file_2_versions"),
            ("get_user", "files", "get_user"),
            ("get_addresses", "address", "get_addresses"),
        ] {
            assert_eq!(without(operation, tag), expected, "{operation} of {tag}");
        }
    }

    fn document() -> Json {
        let operation = |id: &str, tag: &[&str]| json!({"operationId": id, "tags": tag, "responses": {"204": {"description": "Done."}}});
        json!({"paths": {
            "/files": {"get": operation("listFiles", &["Files"]), "post": operation("files", &["Files"])},
            "/file": {"get": operation("listFile", &["Files"])},
            "/users": {"get": operation("listUsers", &["Users"])},
            "/me": {"get": operation("users", &[])},
        }})
    }

    #[test]
    fn operations_stand_in_groups_where_that_is_decided() {
        let config = ApiConfig { groups: true, ..config() };
        let refined = run_with(document(), &config).refined;
        let plan = refined.map(|it| it.plan);
        let operations = plan.iter().flat_map(|it| &it.operations);
        let groups: Vec<String> = operations
            .filter_map(|(name, it)| Some((name, it.group.as_ref()?)))
            .map(|(name, it)| {
                format!("{name}: {}().{} is {}::{}", it.accessor, it.method, it.name, it.request)
            })
            .collect();
        let expected = [
            "files: files().files is Files::FilesModel",
            "list_file: files().list is Files::List",
            "list_files: files().list2 is Files::List2",
            "list_users: users2().list is Users::List",
        ];
        assert_eq!(groups.len(), expected.len());
        assert_eq!(groups[1..], expected[1..]);
        let files = run_with(document(), &config).emit(document(), &config).unwrap().files;
        let code: String = files
            .iter()
            .filter(|(path, _)| path.as_str().contains("src/operations"))
            .map(|(_, text)| text.as_str())
            .collect();
        for line in [
            "use crate::{ApiError, Client};\npub mod files;\npub mod users;",
            "pub fn users2(&self) -> users::Users {",
            "use bindery_runtime as runtime;\nuse crate::ApiError;",
            "/// | [`list`](Self::list) | `GET /file` |  |",
            "impl Files {",
            "pub fn list(&self) -> List {",
            "/// The request of [`Files::list`](crate::operations::files::Files::list).",
            "/// client.files().list().await?;",
        ] {
            assert!(code.contains(line), "{line} is missing in {code}");
        }
    }

    #[test]
    fn many_operations_without_groups_are_told() {
        let many = |tags: usize| {
            let paths = (0..=MANY).map(|number| {
                let tag = format!("T{}", number % tags);
                (format!("/{number}"), json!({"get": {"tags": [tag], "responses": {"204": {}}}}))
            });
            let document = json!({"paths": Json::Object(paths.collect())});
            run(document).findings.iter().any(|it| it.contains("groups"))
        };
        assert!(many(2) && !many(1));
    }
}
