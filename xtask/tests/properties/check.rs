//! What has to hold of the values of a component, and what is said where it does not.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use proptest::test_runner::{TestCaseError, TestCaseResult, TestError, TestRunner};
use serde_json::Value as Json;
use xtask::corpus::examples::reader::Reader;

use super::document::{WAYS, place};
use super::judge::Judge;
use super::schema::Family;
use super::spelling::Spelling;
use super::values::Values;

/// How much of a schema that fails is shown, in characters.
const EXCERPT: usize = 2_000;

/// What was tried.
#[derive(Debug, Default)]
pub(crate) struct Tried {
    pub(crate) values: usize,
    /// The types that read them, and the schemas of which there is none because they are any JSON.
    pub(crate) types: usize,
    pub(crate) untyped: usize,
    /// Schemas that nothing satisfies, or hardly anything.
    pub(crate) without_values: usize,
    /// Alternatives that were seen to be taken for what they are.
    pub(crate) told_apart: usize,
    /// What failed, with the size of its schema.
    pub(crate) failures: Vec<(usize, String)>,
}

impl Tried {
    /// Tries values of a component in each direction.
    pub(crate) fn component(
        &mut self,
        reader: &mut Reader,
        family: &Family,
        component: usize,
        spelling: Spelling,
        runner: &mut TestRunner,
    ) {
        for (way, of_message) in WAYS {
            let place = place(&family.name_of(component), of_message);
            if !reader.has(&place) {
                self.untyped += 1;
                continue;
            }
            self.types += 1;
            let judge = Judge::of(family, component, way);
            let values = Values { family, component, way, judge: &judge };
            // A runner counts the values of all its runs.
            let mut own = TestRunner::new_with_rng(runner.config().clone(), runner.new_rng());
            let checking = Checking::new(reader, &judge, place);
            let result = own.run(&values, |value| checking.check(&value));
            self.values += checking.count.get();
            self.told_apart += checking.taken.borrow().len();
            match result {
                Ok(()) => {}
                Err(TestError::Abort(_)) => self.without_values += 1,
                Err(TestError::Fail(reason, value)) => {
                    let schemas = family.reachable(component, spelling).to_string();
                    let shown: String = schemas.chars().take(EXCERPT).collect();
                    let name = family.name_of(component);
                    let says = format!("{reason}\n  {way:?}: {value}\n  as {name}: {shown}");
                    self.failures.push((schemas.len(), says));
                }
            }
        }
    }
}

/// A type that is being tried.
struct Checking<'a> {
    reader: RefCell<&'a mut Reader>,
    judge: &'a Judge,
    place: String,
    is_union: bool,
    count: Cell<usize>,
    /// Why the first value failed that did.
    reason: RefCell<Option<String>>,
    /// Which alternative of the schema each alternative of the type was taken for, with a value.
    taken: RefCell<BTreeMap<String, (usize, Json)>>,
}

impl<'a> Checking<'a> {
    fn new(reader: &'a mut Reader, judge: &'a Judge, place: String) -> Self {
        let is_union = reader.is_union(&place);
        let (count, reason, taken) = Default::default();
        Self { reader: RefCell::new(reader), judge, place, is_union, count, reason, taken }
    }

    /// A value that fails is made smaller, and a smaller one that fails for another reason is none of the same fault.
    fn check(&self, value: &Json) -> TestCaseResult {
        self.count.set(self.count.get() + 1);
        let Err((reason, more)) = self.outcome(value) else { return Ok(()) };
        match self.reason.borrow_mut().get_or_insert_with(|| reason.clone()) {
            first if *first == reason => Err(TestCaseError::fail(format!("{reason}{more}"))),
            _ => Ok(()),
        }
    }

    /// Why a value does not hold, and more about it.
    fn outcome(&self, value: &Json) -> Result<(), (String, String)> {
        let written = self.reader.borrow_mut().read(&self.place, value);
        let written = written.map_err(|it| {
            let more = format!(" at `{}`: sent {}, came {}", it.at, it.sent, it.came);
            (it.reason, more)
        })?;
        if !self.judge.accepts_written(&written.value) {
            let reason = "the schema does not accept what came".to_owned();
            return Err((reason, format!(": {}", written.value)));
        }
        let own = self.judge.alternative(value).filter(|_| self.is_union);
        let Some(own) = own else { return Ok(()) };
        let mut taken = self.taken.borrow_mut();
        let known = taken.entry(written.alternative.clone()).or_insert((own, value.clone()));
        match known {
            (alternative, other) if *alternative != own => {
                let reason = "taken for another alternative".to_owned();
                Err((reason, format!(", `{}`, as was {other}", written.alternative)))
            }
            _ => Ok(()),
        }
    }
}
