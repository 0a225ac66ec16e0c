//! The code of a repository as one program: its files, functions and calls, and what
//! their addresses stand for. Made once a pack and scan, and read by every check that
//! asks what calls lead to.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::above::Above;
use super::around::Round;
use super::handling::Reactions;
use super::hooks::Hooks;
use super::index::FileIndex;
use super::kept::Keeper;
use super::naming;
use super::pace::Paces;
use super::reach::{Reach, Ways};
use super::resolve::Names;
use super::sizes::Sizes;
use crate::budget::Budget;
use crate::facts::code::{Amount, BlockId, Call, CodeFacts, FunctionId, Part, Text};
use crate::facts::{FileRecord, Language, RepositoryFacts, links};
use crate::pack::Limits;
use crate::pack::vocabulary::Limit;

/// Longest way from one name to the next: an option that is read from a setting that is
/// read from the environment.
const MAX_NAMES: u8 = 3;

/// A call of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId {
    /// Index in [`Program::files`].
    pub file: usize,
    /// Index in [`CodeFacts::calls`].
    pub call: usize,
}

/// A function of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FunctionRef {
    /// Index in [`Program::files`].
    pub file: usize,
    /// Index in [`CodeFacts::functions`].
    pub function: FunctionId,
}

/// How a rule wants calls to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Callees that retry by themselves.
    pub self_retrying: Vec<String>,
    /// Paths that are no calls: scopes of tokens.
    pub no_calls: Vec<String>,
}

/// The programs of a repository: one for each way of reading its calls.
pub struct Programs<'a>(Vec<Program<'a>>);

impl<'a> Programs<'a> {
    /// One for each of `readings`. Nothing is looked up before it is asked for.
    pub fn new(
        facts: &'a RepositoryFacts,
        limits: &'a Limits,
        readings: impl Iterator<Item = Reading>,
        budget: &'a Budget,
    ) -> Self {
        let mut programs: Vec<Program<'a>> = Vec::new();
        for reading in readings {
            if programs.iter().all(|known| known.reading != reading) {
                programs.push(Program::new(facts, limits, reading, budget));
            }
        }
        Self(programs)
    }

    /// The program that is read so.
    pub fn read(&self, reading: &Reading) -> Option<&Program<'a>> {
        self.0.iter().find(|program| program.reading == *reading)
    }
}

/// The code of a repository.
pub struct Program<'a> {
    /// Files with code facts.
    pub files: Vec<&'a FileRecord>,
    /// What is governed.
    pub limits: &'a Limits,
    /// How calls are read.
    pub(super) reading: Reading,
    /// Work that may be done.
    pub(super) budget: &'a Budget,
    indexes: OnceCell<Vec<FileIndex>>,
    constants: OnceCell<HashMap<String, Option<Text>>>,
    numbers: OnceCell<HashMap<String, Option<Amount>>>,
    /// Classes above others.
    pub(super) above: OnceCell<Above>,
    /// How many items names stand for.
    pub(super) sizes: OnceCell<Sizes>,
    /// Settings of data files, by the last part of their keys in lower case.
    settings: OnceCell<HashMap<String, Vec<(usize, usize)>>>,
    /// How many of a function run at the same time, where a loop starts so many.
    pub(super) copies: OnceCell<HashMap<FunctionRef, u64>>,
    facts: &'a RepositoryFacts,
    /// What names mean.
    pub(super) names: OnceCell<Names>,
    /// Which requests functions lead to.
    pub(super) ways: OnceCell<Ways>,
    /// The same with what holds them, by the function's number.
    pub(super) reaches: OnceCell<Vec<Vec<Reach>>>,
    /// What parameters are worth that functions keep.
    pub(super) kept: Keeper,
    /// What requests pass through.
    pub(super) hooks: OnceCell<Hooks>,
    /// What holds calls.
    pub(super) paces: Paces,
    /// How code reacts to being told to slow down, by file.
    pub(super) reactions: Vec<OnceCell<Reactions>>,
    /// The loops that repeat calls, for so many rounds that make none.
    pub(super) rounds: RefCell<HashMap<u64, Rc<Vec<Round>>>>,
    /// The limits of addresses that were asked for, by their indexes.
    limited: RefCell<HashMap<Asked, Option<usize>>>,
}

/// Host, path and method of a call.
type Asked = (String, String, Option<String>);

impl<'a> Program<'a> {
    fn new(
        facts: &'a RepositoryFacts,
        limits: &'a Limits,
        reading: Reading,
        budget: &'a Budget,
    ) -> Self {
        let files: Vec<&FileRecord> = facts
            .files
            .iter()
            .filter(|record| record.code.language.is_some())
            .collect();
        Self {
            limits,
            reading,
            budget,
            indexes: OnceCell::new(),
            constants: OnceCell::new(),
            numbers: OnceCell::new(),
            above: OnceCell::new(),
            sizes: OnceCell::new(),
            settings: OnceCell::new(),
            copies: OnceCell::new(),
            facts,
            names: OnceCell::new(),
            ways: OnceCell::new(),
            reaches: OnceCell::new(),
            kept: Keeper::default(),
            hooks: OnceCell::new(),
            paces: Paces::default(),
            reactions: files.iter().map(|_| OnceCell::new()).collect(),
            rounds: RefCell::default(),
            limited: RefCell::default(),
            files,
        }
    }

    /// The facts of a file.
    pub fn code(&self, file: usize) -> &'a CodeFacts {
        &self.files[file].code
    }

    /// Lookups for a file.
    pub(super) fn index(&self, file: usize) -> &FileIndex {
        let indexes = self.indexes.get_or_init(|| {
            let files = self.files.iter();
            files
                .map(|record| FileIndex::new(&record.code, &record.path))
                .collect()
        });
        &indexes[file]
    }

    /// The languages that a file's code may call, as one.
    pub fn group(&self, file: usize) -> Option<Language> {
        self.code(file).language.map(links::group)
    }

    /// A call.
    pub fn call(&self, id: CallId) -> &'a Call {
        &self.code(id.file).calls[id.call]
    }

    /// The calls in a function's own body.
    pub fn calls_in(&self, function: FunctionRef) -> impl Iterator<Item = CallId> + '_ {
        let calls = self.index(function.file).calls_in(function.function);
        calls.iter().map(move |&call| CallId {
            file: function.file,
            call,
        })
    }

    /// The function around a block.
    pub fn function_of(&self, file: usize, block: BlockId) -> FunctionId {
        self.index(file).function_of(block)
    }

    /// The function that holds a call.
    pub fn holder(&self, id: CallId) -> FunctionRef {
        FunctionRef {
            file: id.file,
            function: self.function_of(id.file, self.call(id).block),
        }
    }

    /// The block of a function's body.
    pub(super) fn body(&self, function: FunctionRef) -> BlockId {
        self.code(function.file).functions[function.function as usize].block
    }

    /// The limit that an address is held to.
    pub fn limit(&self, url: &Text, method: Option<&str>) -> Option<&'a Limit> {
        if !self.budget.spend(1 + url.parts.len() as u64) {
            return None;
        }
        let (host, path) = self.resolved(url).host_and_path()?;
        let scope = self
            .reading
            .no_calls
            .iter()
            .any(|suffix| path.trim_end_matches('/').ends_with(suffix.as_str()));
        if scope || !self.limits.governs(&host, &path) {
            return None;
        }
        let key = (host, path, method.map(str::to_owned));
        let all = &self.limits.limits;
        if let Some(known) = self.limited.borrow().get(&key) {
            return known.and_then(|index| all.get(index));
        }
        let found = self.limits.limit_for(&key.0, &key.1, method);
        let index = found.and_then(|own| all.iter().position(|limit| std::ptr::eq(limit, own)));
        self.limited.borrow_mut().insert(key, index);
        found
    }

    /// An address with names of other files' constants spelt out.
    pub(super) fn resolved(&self, url: &Text) -> Text {
        self.resolved_to(url, MAX_NAMES)
    }

    fn resolved_to(&self, url: &Text, depth: u8) -> Text {
        let mut out = Text {
            parts: Vec::with_capacity(url.parts.len()),
            ..url.clone()
        };
        for (index, part) in url.parts.iter().enumerate() {
            let known = match part {
                Part::Name(name) => self.stands_for(name, depth),
                Part::Kept(kept) => self.kept(kept),
                _ => None,
            };
            // What an address starts with has a host; what follows is a path.
            match known.filter(|text| text.host_and_path().is_some() == (index == 0)) {
                Some(text) => {
                    if index == 0 {
                        out.origin = text.origin;
                    }
                    out.certain = false;
                    for part in &text.parts {
                        out.push(part.clone());
                    }
                }
                None => out.push(part.clone()),
            }
        }
        out
    }

    /// What a name stands for: a constant of another file, or a setting.
    fn stands_for(&self, name: &str, depth: u8) -> Option<Text> {
        if let Some(text) = self.constant(name) {
            let named = matches!(text.parts.first(), Some(Part::Name(_)));
            return Some(match depth.checked_sub(1) {
                Some(depth) if named => self.resolved_to(text, depth),
                _ => text.clone(),
            });
        }
        self.setting(name).cloned()
    }

    /// The text of a constant, when all of that name have the same.
    fn constant(&self, name: &str) -> Option<&Text> {
        let last = name.rsplit('.').next().unwrap_or(name);
        if last.len() < 4 {
            return None;
        }
        let constants = self.constants.get_or_init(|| {
            let of = |code: &'a CodeFacts| code.constants.iter();
            self.agreed(of, |a, b| a.shown() == b.shown())
        });
        let known = constants
            .get(last)
            .or_else(|| constants.get(&last.to_ascii_lowercase()))?;
        known.as_ref()
    }

    /// The value of a number that another file names, when all of that name have the same.
    pub(super) fn number(&self, name: &str) -> Option<Amount> {
        let last = name.rsplit('.').next().unwrap_or(name);
        let numbers = self.numbers.get_or_init(|| {
            let of = |code: &'a CodeFacts| code.numbers.iter();
            self.agreed(of, |a, b| a.value == b.value)
        });
        let known = numbers
            .get(last)
            .or_else(|| numbers.get(&last.to_ascii_lowercase()))?;
        *known
    }

    /// Values by the last part of their names; none for those of which there are several.
    fn agreed<T: Clone + 'a, I: Iterator<Item = &'a (String, T)>>(
        &self,
        of: impl Fn(&'a CodeFacts) -> I,
        same: impl Fn(&T, &T) -> bool,
    ) -> HashMap<String, Option<T>> {
        let mut found: HashMap<String, Option<T>> = HashMap::new();
        for file in 0..self.files.len() {
            let code = self.code(file);
            for (name, value) in of(code) {
                let last = name.rsplit('.').next().unwrap_or(name);
                let known = found
                    .entry(folded(code, last))
                    .or_insert_with(|| Some(value.clone()));
                if known.as_ref().is_some_and(|known| !same(known, value)) {
                    *known = None;
                }
            }
        }
        found
    }

    /// The address that a setting of a data file has, when one alone is meant by a name.
    fn setting(&self, name: &str) -> Option<&'a Text> {
        let settings = self.settings.get_or_init(|| {
            let mut found: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
            for (file, record) in self.facts.files.iter().enumerate() {
                for (at, (key, _)) in record.settings.iter().enumerate() {
                    let last = naming::parts(key).next().unwrap_or_default();
                    let same = found.entry(last.to_ascii_lowercase()).or_default();
                    same.push((file, at));
                }
            }
            found
        });
        let last = naming::parts(name).next()?.to_ascii_lowercase();
        let mut meant = settings
            .get(&last)?
            .iter()
            .map(|&(file, at)| &self.facts.files[file].settings[at])
            .filter(|(key, _)| naming::is_setting(name, key));
        let (_, first) = meant.next()?;
        meant
            .all(|(_, text)| text.shown() == first.shown())
            .then_some(first)
    }
}

/// A name as the language compares it.
pub fn folded(code: &CodeFacts, name: &str) -> String {
    if code.language == Some(Language::PowerShell) {
        name.to_ascii_lowercase()
    } else {
        name.to_owned()
    }
}
