//! Surfaces as text, and back.

use proptest::prelude::*;

use super::*;
use crate::surface::compare;

fn parse(text: &str) -> Result<Surface, Vec<String>> {
    let mut findings = Findings::default();
    let surface = Surface::parse(&Source::new("surface.txt", text), &mut findings);
    surface.ok_or_else(|| findings.iter().map(ToString::to_string).collect())
}

#[test]
fn each_line_is_an_item() {
    let text = "# a 0.1.0-rc.1 content 00000000000000ff\n\
                A #[cfg(feature = \"]\\\"\")] #[must_use] struct<T> {}\n\
                A::f async fn(self) -> A\n";
    let surface = parse(text).unwrap();
    assert_eq!((surface.package.as_str(), surface.content), ("a", Some(255)));
    let kinds: Vec<_> = surface.items.iter().map(|item| item.kind).collect();
    assert_eq!(kinds, [Kind::Struct, Kind::Fn]);
    assert_eq!(surface.to_string(), text);
}

#[test]
fn what_is_no_surface_is_told_with_its_line() {
    assert_eq!(
        parse("a 0.1.0\n").unwrap_err(),
        [
            "error[surface-broken] surface.txt:1: this is no record of a surface: the first line is not \
             `# <package> <version>`"
        ]
    );
    let deep =
        ["(u8, ", "&", "fn() -> ", "[", "A<"].map(|it| format!("A type = {}", it.repeat(100)));
    let lines = ["A", "A nothing known", " struct {}", ""];
    for line in lines.into_iter().chain(deep.iter().map(String::as_str)) {
        let text = format!("# a 0.1.0\nB struct\n{line}\nC struct\n");
        let expected = "error[surface-broken] surface.txt:3: this is no record of a surface: the line names no item";
        assert_eq!(parse(&text).unwrap_err(), [expected], "{line}");
    }
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let paths = "[A-Za-z_:*]{1,12}";
    let beginnings: Vec<&str> =
        BEGINNINGS.iter().map(|(it, _)| *it).chain(["fn", "async fn"]).collect();
    let texts = (prop::sample::select(beginnings), "[ -~]{0,20}");
    prop::collection::vec((paths, texts), 0..20).prop_map(|items| {
        let items =
            items.into_iter().map(|(path, (beginning, rest))| (path, beginning.to_owned() + &rest));
        items
            .filter_map(|(path, text)| Item::new(path, text))
            .filter(|it| depth(&it.text) <= MAX_DEPTH)
            .collect()
    })
}

proptest! {
    #[test]
    fn what_is_printed_is_what_is_read(
        items in items(), package in "[a-z-]{1,9}", version in "[0-9]\\.[0-9]\\.[0-9](-[a-z]{1,3})?",
        content in any::<Option<u64>>(),
    ) {
        let version = Version::parse(&version).unwrap();
        let surface = Surface { package, version, content, items: items.into_iter().collect() };
        prop_assert_eq!(parse(&surface.to_string()), Ok(surface));
    }

    #[test]
    fn any_two_can_be_compared(old in items(), new in items(), both in items()) {
        let surface = |items: &[Item]| Surface {
            package: "a".to_owned(),
            version: Version::new(0, 1, 0),
            content: None,
            items: items.iter().chain(&both).filter(|it| it.kind != Kind::Order).cloned().collect(),
        };
        let (old, new) = (surface(&old), surface(&new));
        prop_assert!(compare(&old, &old).is_empty());
        // Two items in one place are none that a crate can have, and an order is only about what is in it.
        // Any other difference has an effect.
        let places = |it: &Surface| it.items.iter().map(|it| it.path.clone()).collect::<std::collections::BTreeSet<_>>();
        let same = old == new || places(&old).len() < old.items.len() || places(&new).len() < new.items.len();
        prop_assert!(same || !compare(&old, &new).is_empty());
    }

    #[test]
    fn no_text_is_too_much(text in "(# a 0\\.1\\.0\n)?(\\PC|\n){0,80}") {
        let _ = parse(&text);
    }
}
