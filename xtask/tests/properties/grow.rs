//! Small schemas of all sorts.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value as Json, json};

use super::ground::grounded;
use super::schema::{Member, Object, Rest, Schema, Shape, Spelled, Way, Whole};

/// Names of members, some of which are none in Rust.
const NAMES: [&str; 9] =
    ["id", "name", "Name", "type", "created-at", "größe", "2nd", "self", "note"];

/// The components of a family.
pub(crate) fn components() -> impl Strategy<Value = Vec<Schema>> {
    prop_oneof![
        4 => (schema(), vec(object(true).prop_map(Schema::of), 0..=2)).prop_map(|(first, rest)| {
            grounded([vec![first], rest].concat())
        }),
        1 => tagged(),
    ]
}

/// Any schema, of which references lead to the first components.
fn schema() -> BoxedStrategy<Schema> {
    let leaf = prop_oneof![4 => scalar(), 1 => (0..3_usize).prop_map(Shape::Reference)];
    nullable(leaf)
        .prop_recursive(3, 8, 3, |inner| {
            let shape = prop_oneof![
                2 => inner.clone().prop_map(|it| Shape::List(Box::new(it))),
                4 => object_of(inner.clone(), false),
                1 => vec(part(inner.clone()), 1..=3).prop_map(Shape::All),
                3 => (select(vec!["oneOf", "anyOf"]), vec(inner, 1..=3))
                    .prop_map(|(keyword, alternatives)| Shape::Union { keyword, alternatives }),
                2 => alike(),
            ];
            nullable(shape)
        })
        .boxed()
}

/// One in five of them takes null as well.
fn nullable(shape: impl Strategy<Value = Shape>) -> impl Strategy<Value = Schema> {
    (shape, prop::bool::weighted(0.2)).prop_map(|(shape, nullable)| Schema { shape, nullable })
}

/// A part of `allOf`.
fn part(inner: impl Strategy<Value = Schema> + 'static) -> impl Strategy<Value = Schema> {
    let shape = prop_oneof![
        2 => object_of(inner, true),
        1 => (1..3_usize).prop_map(Shape::Reference)
    ];
    shape.prop_map(Schema::of)
}

/// A union of objects that have the same members, one of which is another constant in each: their own, or that of an
/// object or of a list in them.
fn alike() -> impl Strategy<Value = Shape> {
    let constants = subsequence(constants(), 2..=3);
    let others = vec((name(), scalar(), any::<bool>()), 0..=2);
    let required = prop::bool::weighted(0.8);
    (select(vec!["oneOf", "anyOf"]), constants, others, required, 0..4).prop_map(
        |(keyword, constants, others, required, within)| {
            let alternative = |constant| {
                let constant = Schema::of(Shape::Constant(constant));
                let mut members = vec![member("kind", constant, required)];
                members.extend(others.iter().map(|(name, shape, required)| {
                    member(name, Schema::of(shape.clone()), *required)
                }));
                unlike(&mut members);
                let object = object_with(members);
                match within {
                    0 => object_with(vec![member("data", object, true)]),
                    1 => Schema::of(Shape::List(Box::new(object))),
                    _ => object,
                }
            };
            let alternatives = constants.into_iter().map(alternative).collect();
            Shape::Union { keyword, alternatives }
        },
    )
}

pub(crate) fn object_with(members: Vec<Member>) -> Schema {
    Schema::of(Shape::Object(Object { members, rest: Rest::Unsaid }))
}

fn member(name: &'static str, schema: Schema, required: bool) -> Member {
    Member { name, schema, required, way: Way::Both }
}

fn object(is_open: bool) -> impl Strategy<Value = Shape> {
    object_of(schema(), is_open)
}

fn object_of(
    inner: impl Strategy<Value = Schema> + 'static,
    is_open: bool,
) -> impl Strategy<Value = Shape> {
    let inner = inner.boxed();
    let way = prop_oneof![8 => Just(Way::Both), 1 => Just(Way::Received), 1 => Just(Way::Sent)];
    let member =
        (name(), inner.clone(), any::<bool>(), way).prop_map(|(name, schema, required, way)| {
            // What goes one way goes so in each part of `allOf`.
            let name = match way {
                Way::Both => name,
                Way::Received => "etag",
                Way::Sent => "password",
            };
            Member { name, schema, required, way }
        });
    let rest = match is_open {
        true => prop_oneof![4 => Just(Rest::Unsaid), 1 => Just(Rest::Any)].boxed(),
        false => prop_oneof![
            4 => Just(Rest::Unsaid),
            1 => Just(Rest::Any),
            1 => Just(Rest::None),
            1 => inner.prop_map(|it| Rest::Of(Box::new(it))),
        ]
        .boxed(),
    };
    (vec(member, 0..=3), rest).prop_map(|(mut members, rest)| {
        unlike(&mut members);
        Shape::Object(Object { members, rest })
    })
}

/// Keeps the first member of each name.
fn unlike(members: &mut Vec<Member>) {
    let mut seen = Vec::new();
    members.retain(|it| {
        !seen.contains(&it.name) && {
            seen.push(it.name);
            true
        }
    });
}

/// A union with a discriminator: itself, and its alternatives.
fn tagged() -> impl Strategy<Value = Vec<Schema>> {
    let spelled = select(vec![Spelled::Text, Spelled::Constant, Spelled::Enum]);
    let alternatives = vec((object(true), spelled), 1..=3);
    (select(vec!["oneOf", "anyOf"]), any::<bool>(), prop::bool::weighted(0.2), alternatives)
        .prop_map(|(keyword, mapped, nullable, alternatives)| {
            let mut all = vec![Schema { shape: Shape::Tagged { keyword, mapped }, nullable }];
            for (at, (shape, spelled)) in alternatives.into_iter().enumerate() {
                let Shape::Object(mut object) = shape else { continue };
                let tag = Schema::of(Shape::Tag { of: at + 1, spelled });
                object.members.push(member("kind", tag, true));
                all.push(Schema::of(Shape::Object(object)));
            }
            grounded(all)
        })
}

fn name() -> impl Strategy<Value = &'static str> {
    select(NAMES.to_vec())
}

fn scalar() -> impl Strategy<Value = Shape> {
    prop_oneof![
        1 => Just(Shape::Any),
        1 => Just(Shape::Boolean),
        3 => whole().prop_map(Shape::Integer),
        2 => option::of(select(vec!["float", "double"])).prop_map(Shape::Number),
        3 => option::of(select(vec!["date-time", "date", "uuid", "uri"])).prop_map(Shape::Text),
        2 => subsequence(vec!["a", "A", "b b", "", "ü", "null"], 1..=4)
            .prop_map(|it| Shape::Enum(it.into_iter().map(Json::from).collect())),
        1 => subsequence(constants(), 2..=3).prop_map(Shape::Enum),
        2 => select(constants()).prop_map(Shape::Constant),
        1 => subsequence(vec!["string", "integer", "boolean", "array", "object"], 2..=3)
            .prop_map(Shape::Mixed),
    ]
}

fn whole() -> impl Strategy<Value = Whole> {
    let whole = |format, least, most| Whole { format, least, most };
    let mut all = vec![
        whole(None, None, None),
        whole(None, Some(0), None),
        whole(None, Some(0), Some(u64::MAX)),
        whole(None, Some(-5), Some(5)),
    ];
    let formats = ["int32", "int64", "uint32", "uint64"];
    all.extend(formats.map(|it| whole(Some(it), None, None)));
    select(all)
}

fn constants() -> Vec<Json> {
    vec![
        json!("a"),
        json!("b"),
        json!(1),
        json!(2),
        json!(1.5),
        json!(true),
        json!(false),
        json!([1]),
        json!({"a": 1}),
    ]
}
