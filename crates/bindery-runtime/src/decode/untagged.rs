//! Unions without a discriminator.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeOwned, Deserializer};
use serde_json::Value;

use super::buffered::Buffered;
use super::constants::Constants;
use super::fault::{Fault, hand_over};
use super::node::as_whole;
use super::unknown::{Search, Unknown};
use super::work::{self, Exhausted};

/// The type that an alternative of a union declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonType {
    /// Whatever there is, for an alternative that declares no type.
    Any,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number without a fraction, however it is written. It is a [`Number`](Self::Number) as well.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl JsonType {
    pub(super) fn admits(self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            Self::Null => value.is_null(),
            Self::Boolean => value.is_boolean(),
            Self::Integer => value.is_i64() || value.is_u64() || as_whole(value).is_some(),
            Self::Number => value.is_number(),
            Self::String => value.is_string(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
        }
    }
}

/// JSON that is one of several types and does not say which.
///
/// Alternatives of another JSON type are left out, and so are those of which the JSON has a member with another
/// [constant](Self::constant). Of the rest the one is taken that [declares](Self::declares) the most of the members
/// that there are, if it decodes, else the next one; of equals the first. If none decodes,
/// [`finish`](Self::finish) decides between two cases. JSON that is none of the alternatives is new, and kept. JSON
/// that is one of them is broken, and an error: the one of the alternative that got furthest, with its path.
/// An alternative that keeps something as new to it, as another union or an open enum does, makes room for one of the same
/// rank that knows more; one that keeps the whole, for any other.
///
/// ```
/// use bindery_runtime::{JsonType, Untagged};
/// use serde::{Deserialize, Deserializer};
///
/// #[derive(Debug, PartialEq, Deserialize)]
/// struct Card { last4: String }
///
/// #[derive(Debug, PartialEq, Deserialize)]
/// struct Account { iban: Option<String> }
///
/// #[derive(Debug, PartialEq)]
/// enum Payment { Account(Account), Card(Card), Name(String), Unknown(serde_json::Value) }
///
/// impl<'de> Deserialize<'de> for Payment {
///     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         Untagged::read(deserializer)?
///             .alternative(JsonType::Object, Self::Account)
///             .declares(&["/iban"])
///             .alternative(JsonType::Object, Self::Card)
///             .declares(&["/last4"])
///             .alternative(JsonType::String, Self::Name)
///             .finish(Self::Unknown)
///     }
/// }
///
/// let payments: Vec<Payment> = serde_json::from_str(r#"[{ "last4": "4242" }, "cash", null]"#)?;
/// assert_eq!(payments[0], Payment::Card(Card { last4: "4242".to_owned() }));
/// assert_eq!(payments[1], Payment::Name("cash".to_owned()));
/// assert_eq!(payments[2], Payment::Unknown(serde_json::Value::Null));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub struct Untagged<T, E> {
    buffered: Buffered,
    alternatives: Vec<Alternative<T>>,
    error: PhantomData<fn() -> E>,
}

struct Alternative<T> {
    declared: JsonType,
    /// JSON pointers of members that not all alternatives have.
    members: &'static [&'static str],
    /// Names of members that are there, be they null.
    required: &'static [&'static str],
    /// All members, if there may be no others.
    closed: Option<&'static [&'static str]>,
    constants: Vec<(&'static str, Constants)>,
    decode: Decode<T>,
}

type Decode<T> = Box<dyn FnOnce(&Buffered) -> Result<T, Fault>>;

impl<T, E: de::Error> Untagged<T, E> {
    /// Reads the JSON.
    ///
    /// # Errors
    ///
    /// What the deserializer reports if it has no JSON to give.
    pub fn read<'de, D>(deserializer: D) -> Result<Self, E>
    where
        D: Deserializer<'de, Error = E>,
    {
        let buffered = Buffered::read(deserializer)?;
        Ok(Self { buffered, alternatives: Vec::new(), error: PhantomData })
    }

    /// Adds an alternative, of which the methods below say more.
    #[must_use]
    pub fn alternative<A: DeserializeOwned>(
        mut self,
        declared: JsonType,
        variant: impl FnOnce(A) -> T + 'static,
    ) -> Self {
        self.alternatives.push(Alternative {
            declared,
            members: &[],
            required: &[],
            closed: None,
            constants: Vec::new(),
            decode: Box::new(|buffered| super::from_buffered(buffered).map(variant)),
        });
        self
    }

    /// Says which members the alternative declares that not all alternatives do, by JSON pointers (RFC 6901) such as
    /// `/name`. Those of the items of an array are counted in its first item, `/0/name`.
    #[must_use]
    pub fn declares(self, members: &'static [&'static str]) -> Self {
        self.of_the_last(|it| it.members = members)
    }

    /// Says which members of the alternative are always there, though they may be null. One that lacks any is taken for
    /// it only if nothing else fits.
    #[must_use]
    pub fn requires(self, members: &'static [&'static str]) -> Self {
        self.of_the_last(|it| it.required = members)
    }

    /// Says that the alternative has no members but these. One with others is taken for it only if nothing else fits.
    #[must_use]
    pub fn closed(self, members: &'static [&'static str]) -> Self {
        self.of_the_last(|it| it.closed = Some(members))
    }

    /// Says which values a member of the alternative may have. One that is missing or null may have any. A pointer to a
    /// member of the first item of an array, such as `/0/name`, means that of each item.
    #[must_use]
    pub fn constant(self, pointer: &'static str, values: impl Into<Constants>) -> Self {
        self.of_the_last(|it| it.constants.push((pointer, values.into())))
    }

    fn of_the_last(mut self, say: impl FnOnce(&mut Alternative<T>)) -> Self {
        if let Some(last) = self.alternatives.last_mut() {
            say(last);
        }
        self
    }

    /// The alternative that the JSON is, or `unknown` with JSON that is none of them.
    ///
    /// # Errors
    ///
    /// If the JSON is one of the alternatives and does not decode. The error has the path.
    pub fn finish(self, unknown: impl FnOnce(Value) -> T) -> Result<T, E> {
        let Self { buffered, alternatives, .. } = self;
        let value = buffered.value().map_err(hand_over)?;
        let mut possible = Vec::new();
        for alternative in alternatives {
            if let Some(rank) = alternative.rank(value).map_err(|it| hand_over(it.into()))? {
                possible.push((rank, alternative.decode));
            }
        }
        possible.sort_by(|(one, _), (other, _)| other.cmp(one));
        let search = Search::among(possible.len());
        let (mut best, mut furthest): (Option<(Unknown, _, T)>, Option<Fault>) = (None, None);
        for (rank, decode) in possible {
            // One that declares less would lose members, and is taken only for what is wholly new to the others.
            let is_enough = |(unknown, other, _): &(Unknown, _, T)| {
                !unknown.whole && (unknown.is_nothing() || *other != rank || !search.goes_on())
            };
            if best.as_ref().is_some_and(is_enough) {
                break;
            }
            search.begin();
            match decode(&buffered) {
                Ok(decoded) => {
                    let unknown = search.unknown(value, rank.0);
                    if best.as_ref().is_none_or(|(other, ..)| unknown < *other) {
                        best = Some((unknown, rank, decoded));
                    }
                }
                Err(fault) if furthest.as_ref().is_some_and(|it| it.depth() >= fault.depth()) => {}
                Err(fault) => furthest = Some(fault),
            }
        }
        search.end(value, best.as_ref().map(|(unknown, ..)| *unknown));
        match (best, furthest) {
            (Some((.., decoded)), _) => Ok(decoded),
            (None, Some(fault)) => Err(hand_over(fault)),
            (None, None) => Ok(unknown(buffered.into_value())),
        }
    }
}

impl<T> Alternative<T> {
    /// How well a value fits: whether it has no members too many or too few, and how many of them are declared. `None` if it
    /// cannot be this one.
    fn rank(&self, value: &Value) -> Result<Option<(bool, usize)>, Exhausted> {
        if !self.declared.admits(value) {
            return Ok(None);
        }
        for (pointer, constants) in &self.constants {
            if constants.rule_out(value, pointer)? {
                return Ok(None);
            }
        }
        // How much there is to look up is for the type to say and not for the value, so that is no work of the body.
        let is_there = |pointer: &&&str| value.pointer(pointer).is_some();
        let count = self.members.iter().filter(is_there).count();
        let fits = self.required.iter().all(|it| value.get(it).is_some());
        let Some((all, members)) = self.closed.zip(value.as_object()) else {
            return Ok(Some((fits, count)));
        };
        work::charge(members.len())?;
        let known = members.keys().all(|key| all.contains(&key.as_str()));
        Ok(Some((fits && known, count)))
    }
}

impl<T, E> fmt::Debug for Untagged<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Untagged")
            .field("alternatives", &self.alternatives.len())
            .finish_non_exhaustive()
    }
}
