//! What there is to say of a keyword: which standard has it, what it holds, and what a crate does with it.

use std::fmt;

use crate::finding::Kind;
use crate::node::Node;

/// An object of a document, such as a Parameter Object or a Schema Object.
pub struct ObjectType {
    /// Its name in the standard, without "Object".
    pub name: &'static str,
    /// Its members, in customary order.
    pub keywords: &'static [Keyword],
    /// What a member holds whose name is not fixed, if the standard gives such members a meaning.
    pub patterned: Option<Holds>,
}

/// A fixed member of an object, or a keyword of JSON Schema.
#[derive(Debug)]
pub struct Keyword {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Which standard has it.
    pub standard: Standard,
    /// What it says.
    pub role: Role,
    /// What a crate does with it.
    pub treatment: Treatment,
}

/// What a member holds.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// Data, kept as the page has it.
    Data,
    /// A set of names.
    Names,
    /// An object; where the page has an array instead, each of its items.
    One(&'static ObjectType),
    /// An array of objects.
    List(&'static ObjectType),
    /// Objects by name.
    Map(&'static ObjectType),
    /// Objects by name, among which extensions stand.
    Extensible(&'static ObjectType),
}

/// Which standard has a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// Every version since OpenAPI 3.0.
    All,
    /// OpenAPI 3.0 alone.
    Only3_0,
    /// OpenAPI since 3.1, whose schemas are those of JSON Schema 2020-12.
    Since3_1,
    /// OpenAPI since 3.2.
    Since3_2,
    /// An older draft of JSON Schema, which vendors still write.
    OlderDraft,
    /// No standard; many vendors write it, and mean the same.
    Extension,
}

/// What a keyword says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// How the document is put together.
    Structure,
    /// Which values are valid.
    Assertion,
    /// How the validity of a value follows from other schemas.
    Applicator,
    /// How something is sent or read.
    Wire,
    /// Something for people; no value and no message changes with it.
    Annotation,
}

/// What a crate does with a keyword.
#[derive(Clone, Copy, Debug)]
pub enum Treatment {
    /// What it holds is accounted for by itself.
    Followed,
    /// It decides the types of the crate, or their names.
    Types,
    /// It decides what is sent, or how what comes is read.
    Wire,
    /// It decides types where this is so, and means nothing to a client elsewhere.
    TypesWhere(&'static str),
    /// It is told in the documentation of the crate.
    Documented,
    /// It is told in the documentation where this is so. It is for people, and elsewhere it is not told.
    DocumentedWhere(&'static str),
    /// A client does nothing different because of it, for this reason.
    WithoutEffect(&'static str),
    /// The crate does not do what it says, at least in some places.
    Gap(&'static Gap),
}

/// What of a keyword a crate does not do.
#[derive(Debug)]
pub struct Gap {
    /// What a finding about it is called. Its severity is a loss where an operation does not arrive, a deviation where
    /// something else is sent or read than the document says, a note where something is only left to the caller or to
    /// the vendor; its `why` says what that means for a caller.
    pub kind: Kind,
    /// What is done with it elsewhere, if there is an elsewhere.
    pub otherwise: Option<Treatment>,
    /// Where it is not done.
    pub applies: fn(&Occurrence<'_>) -> bool,
}

/// A keyword in a document.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence<'n> {
    /// The object that has it.
    pub holder: &'n Node,
    /// What it has.
    pub value: &'n Node,
    /// What is around it.
    pub context: Context<'n>,
}

/// What is around a keyword.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Context<'n> {
    /// Whether it is a part of what a call sends, rather than of what it gets.
    pub sent: bool,
    /// Where the parameter goes whose object or schema it stands in.
    pub location: Option<&'n str>,
    /// The media type whose object or schema it stands in.
    pub media_type: Option<&'n str>,
    /// Whether it stands in the schema of a property that may be left out.
    pub optional: bool,
}

/// Objects hold one another, some themselves: the name says which one it is.
impl fmt::Debug for ObjectType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl ObjectType {
    /// What the member of that name holds.
    pub fn holds(&self, name: &str) -> Holds {
        match self.keyword(name) {
            Some(keyword) => keyword.holds,
            None if !name.starts_with("x-") => self.patterned.unwrap_or(Holds::Data),
            None => Holds::Data,
        }
    }

    /// The keyword of that name.
    pub fn keyword(&self, name: &str) -> Option<&'static Keyword> {
        self.keywords.iter().find(|it| it.name == name)
    }

    /// Whether a member only says something to people. An extension does, unless the table has it.
    pub fn is_annotation(&self, name: &str) -> bool {
        match self.keyword(name) {
            Some(keyword) => keyword.role == Role::Annotation,
            None => name.starts_with("x-"),
        }
    }

    /// Whether a member decides which values are valid. What no standard knows may.
    pub fn decides_validity(&self, name: &str) -> bool {
        match self.keyword(name) {
            Some(keyword) => !matches!(keyword.role, Role::Annotation | Role::Wire),
            None => !name.starts_with("x-"),
        }
    }

    /// Whether this is that type.
    pub fn is(&self, other: &'static ObjectType) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Keyword {
    pub(super) const fn new(
        name: &'static str,
        holds: Holds,
        role: Role,
        treatment: Treatment,
    ) -> Self {
        Self { name, holds, standard: Standard::All, role, treatment }
    }

    pub(super) const fn data(name: &'static str, role: Role, treatment: Treatment) -> Self {
        Self::new(name, Holds::Data, role, treatment)
    }

    /// An object or several that are accounted for by themselves.
    pub(super) const fn structure(name: &'static str, holds: Holds) -> Self {
        Self::new(name, holds, Role::Structure, Treatment::Followed)
    }

    /// Text for people that the crate's documentation has.
    pub(super) const fn prose(name: &'static str) -> Self {
        Self::new(name, Holds::Data, Role::Annotation, Treatment::Documented)
    }

    /// Text for people that the crate's documentation has in some places.
    pub(super) const fn prose_where(name: &'static str, place: &'static str) -> Self {
        Self::new(name, Holds::Data, Role::Annotation, Treatment::DocumentedWhere(place))
    }

    pub(super) const fn of(self, standard: Standard) -> Self {
        Self { standard, ..self }
    }
}
