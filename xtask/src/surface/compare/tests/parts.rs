//! What types are made of: fields, variants, and their order.

use super::{check, effects, surface};

#[test]
fn what_is_gone_breaks_and_takes_along_what_is_in_it() {
    check(
        "pub struct A { pub a: u8 } impl A { pub fn f(&self) {} } impl Clone for A {} pub fn g() {}",
        "fn g() {}",
        &["! A: removed", "! g: removed"],
    );
    check(
        "pub mod m { pub struct A; pub fn f() {} }",
        "mod m { pub struct A; }",
        &["! m: removed"],
    );
    check(
        "pub struct A { pub a: u8 }",
        "pub struct A { a: u8 }",
        &[
            "! A: has private fields, and can no longer be written or matched in full",
            "! A::a: removed",
        ],
    );
}

#[test]
fn what_is_new_adds_and_takes_along_what_is_in_it() {
    check(
        "pub struct A;",
        "pub struct A; #[derive(Clone)] pub struct B { pub b: u8 } impl A { pub fn f(&self) {} pub const C: u8 = 1; }",
        &["A::C: new", "A::f: new", "B: new"],
    );
}

#[test]
fn a_part_more_depends_on_whether_more_were_expected() {
    check(
        "pub struct A { pub a: u8 }",
        "pub struct A { pub a: u8, pub b: u8 }",
        &["! A::b: a field is new, and the struct is written without its constructor"],
    );
    check(
        "pub struct A { pub a: u8, c: u8 }",
        "pub struct A { pub a: u8, pub b: u8, c: u8 }",
        &["A::b: a field is new"],
    );
    check(
        "#[non_exhaustive] pub struct A { pub a: u8 } #[non_exhaustive] pub enum E { A(u8) } pub enum F { A(u8) }",
        "#[non_exhaustive] pub struct A { pub a: u8, pub b: u8 } #[non_exhaustive] pub enum E { A(u8), B }
         pub enum F { A(u8), B }",
        &[
            "A::b: a field is new",
            "E::B: a variant is new",
            "! F::B: a variant is new, and the enum is matched without a wildcard",
        ],
    );
}

#[test]
fn non_exhaustive_matters_where_all_could_be_written() {
    check(
        "pub struct A { pub a: u8 } pub struct B { b: u8 } #[non_exhaustive] pub enum E { A(u8) }",
        "#[non_exhaustive] pub struct A { pub a: u8 } #[non_exhaustive] pub struct B { b: u8 } pub enum E { A(u8) }",
        &[
            "! A: can no longer be written or matched in full",
            "B: may get more parts",
            "E: can be written or matched in full",
        ],
    );
}

#[test]
fn types_of_fields() {
    check(
        "pub struct R; pub struct A { pub a: R, pub b: Option<R>, pub c: u8, pub d: ::std::string::String }",
        "pub struct R; pub struct A { pub a: Option<R>, pub b: R, pub c: i8, pub d: String }",
        &[
            "! A::a: the type became optional",
            "! A::b: the type is no longer optional",
            "! A::c: the type changed",
        ],
    );
}

#[test]
fn variants() {
    check(
        "#[non_exhaustive] pub enum E { A, B(u8), C { c: u8 }, #[non_exhaustive] D { d: u8 }, F }",
        "#[non_exhaustive] pub enum E { A(u8), B(i8), C { c: u8, x: u8 }, #[non_exhaustive] D { d: u8, x: u8 } }",
        &[
            "! E::A: the variant holds something else",
            "! E::B: the variant holds something else",
            "! E::C: the variant holds something else",
            "E::D: the variant holds more",
            "! E::F: removed",
        ],
    );
}

#[test]
fn open_enums_know_their_texts_and_what_the_macro_gives_them() {
    let source = |value: &str, call: &str| {
        format!(
            "use bindery_runtime as runtime; #[non_exhaustive] pub enum E {{ A, Unknown(String) }}
                 runtime::{call}!(E {{ A = \"{value}\" }});"
        )
    };
    let text = surface(&[("src/lib.rs", &source("a", "open_enum"))]).to_string();
    for line in [
        "E impl From<&str>",
        "E impl From<E> for String",
        "E impl serde::Serialize",
        "E impl<'de> serde::Deserialize<'de>",
        "E impl std::str::FromStr { type Err = std::convert::Infallible; }",
        "E::A variant = \"a\"",
        "E::Unknown variant(String)",
        "E::as_str #[must_use] fn(&self) -> &str",
    ] {
        assert!(text.lines().any(|it| it == line), "{line} is not in\n{text}");
    }
    check(
        &source("a", "open_enum"),
        &source("b", "open_enum"),
        &["! E::A: stands for another text on the wire"],
    );
    let other = effects(
        &[("src/lib.rs", &source("a", "open_enum"))],
        &[("src/lib.rs", &source("a", "other"))],
    );
    assert!(
        other.contains(
            &"! E: a macro is called for it; what that means cannot be judged".to_owned()
        ),
        "{other:?}"
    );
}

#[test]
fn an_open_enum_can_have_a_raw_name() {
    let source = "use bindery_runtime as runtime; pub enum r#type { A }
         runtime::open_enum!(r#type { A = \"a\" });";
    let text = surface(&[("src/lib.rs", source)]).to_string();
    assert!(text.lines().any(|it| it == "r#type::A variant = \"a\""), "{text}");
}

#[test]
fn numbers_and_orders_that_programs_can_see() {
    check(
        "#[non_exhaustive] pub enum A { X, Z }",
        "#[non_exhaustive] pub enum A { X, Y, Z }",
        &[
            "! A: the parts have another order, which comparing or casting shows",
            "A::Y: a variant is new",
        ],
    );
    check(
        "#[non_exhaustive] pub enum A { X, Y }",
        "#[non_exhaustive] pub enum A { X, Y, Z }",
        &["A::Z: a variant is new"],
    );
    check("pub enum A { X, Y(u8), Z }", "pub enum A { Y(u8), X, Z }", &[]);
    check(
        "#[derive(PartialOrd)] pub struct A { pub x: u8, pub y: u8 }",
        "#[derive(PartialOrd)] pub struct A { pub y: u8, pub x: u8 }",
        &["! A: the parts have another order, which comparing or casting shows"],
    );
}
