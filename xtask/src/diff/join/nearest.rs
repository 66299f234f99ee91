//! Changes by whether something came, went, or is another.

/// Whether something came, went, or is another.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    Came,
    Went,
    Changed,
}

impl Direction {
    pub(super) fn of(before: Option<&String>, after: Option<&String>) -> Self {
        match (before, after) {
            (None, Some(_)) => Self::Came,
            (Some(_), None) => Self::Went,
            _ => Self::Changed,
        }
    }
}

/// The first change of each direction. Changes are in the order of their weight.
#[derive(Clone, Copy, Default)]
pub(super) struct Nearest {
    came: Option<usize>,
    went: Option<usize>,
    changed: Option<usize>,
}

impl Nearest {
    pub(super) fn add(&mut self, change: usize, direction: Direction) {
        let place = match direction {
            Direction::Came => &mut self.came,
            Direction::Went => &mut self.went,
            Direction::Changed => &mut self.changed,
        };
        *place = first(*place, Some(change));
    }

    pub(super) fn join(self, other: Self) -> Self {
        Self {
            came: first(self.came, other.came),
            went: first(self.went, other.went),
            changed: first(self.changed, other.changed),
        }
    }

    /// Returns the first of the same direction, else the first of all.
    pub(super) fn pick(self, direction: Direction) -> Option<usize> {
        let same = match direction {
            Direction::Came => self.came,
            Direction::Went => self.went,
            Direction::Changed => self.changed,
        };
        same.or_else(|| self.gravest())
    }

    /// Returns the first of all.
    pub(super) fn gravest(self) -> Option<usize> {
        first(first(self.came, self.went), self.changed)
    }
}

fn first(one: Option<usize>, other: Option<usize>) -> Option<usize> {
    [one, other].into_iter().flatten().min()
}

pub(super) fn joined(all: impl Iterator<Item = Nearest>) -> Nearest {
    all.fold(Nearest::default(), Nearest::join)
}
