//! Small schemas as a tree.

use serde_json::Value as Json;

/// Some components that refer to each other and to no others. The first one is what it is about.
#[derive(Clone, Debug)]
pub(crate) struct Family {
    pub(crate) name: String,
    pub(crate) components: Vec<Schema>,
}

#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub(crate) shape: Shape,
    pub(crate) nullable: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Any,
    Boolean,
    Integer(Whole),
    Number(Option<&'static str>),
    Text(Option<&'static str>),
    /// One of some values.
    Enum(Vec<Json>),
    Constant(Json),
    /// Anything of these types.
    Mixed(Vec<&'static str>),
    List(Box<Schema>),
    Object(Object),
    /// All of some objects.
    All(Vec<Schema>),
    Union {
        keyword: &'static str,
        alternatives: Vec<Schema>,
    },
    /// A union of all other components of the family, which a discriminator tells apart.
    Tagged {
        keyword: &'static str,
        mapped: bool,
    },
    /// The tag of a component in such a union.
    Tag {
        of: usize,
        spelled: Spelled,
    },
    /// A component of the family.
    Reference(usize),
}

/// Which whole numbers: by a format, or by limits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whole {
    pub(crate) format: Option<&'static str>,
    pub(crate) least: Option<i64>,
    pub(crate) most: Option<u64>,
}

#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub(crate) members: Vec<Member>,
    pub(crate) rest: Rest,
}

#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) schema: Schema,
    pub(crate) required: bool,
    pub(crate) way: Way,
}

/// Which messages have a member.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Way {
    Both,
    Received,
    Sent,
}

/// What other members an object has.
#[derive(Clone, Debug)]
pub(crate) enum Rest {
    Unsaid,
    Any,
    None,
    Of(Box<Schema>),
}

/// How a schema says its tag, or that it does not.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spelled {
    Text,
    Constant,
    Enum,
}

impl Schema {
    pub(crate) fn of(shape: Shape) -> Self {
        Self { shape, nullable: false }
    }
}

impl Way {
    /// Whether what goes one way has members of this one.
    pub(crate) fn has(self, member: Self) -> bool {
        self == Self::Both || member == Self::Both || self == member
    }
}

impl Family {
    pub(crate) fn name_of(&self, component: usize) -> String {
        match component {
            0 => self.name.clone(),
            _ => format!("{}{}", self.name, ["", "One", "Two", "Three", "Four"][component]),
        }
    }

    /// What the discriminator of the family calls a component.
    pub(crate) fn tag_of(&self, component: usize) -> String {
        match self.components[0].shape {
            Shape::Tagged { mapped: true, .. } => format!("tag-{component}"),
            _ => self.name_of(component),
        }
    }
}

impl Whole {
    /// Which numbers there are. Without a limit that says more, they have 64 bits and a sign.
    pub(crate) fn range(self) -> (i128, i128) {
        let (low, high) = match self.format {
            Some("int32") => (i32::MIN.into(), i32::MAX.into()),
            Some("uint32") => (0, u32::MAX.into()),
            Some("uint64") => (0, u64::MAX.into()),
            _ => (i64::MIN.into(), i64::MAX.into()),
        };
        (self.least.map_or(low, Into::into), self.most.map_or(high, Into::into))
    }
}
