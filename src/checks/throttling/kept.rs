//! Parameters that a function keeps for others: the base address that a constructor
//! is given, the host that a setter stores.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;

use super::program::{CallId, FunctionRef, Program};
use super::resolve::is_base;
use crate::facts::Zone;
use crate::facts::code::{Call, Kept, Part, Text};

/// Longest way from one keeper to the next: a client that is handed an address by what
/// was handed it, and so on.
const MAX_DEPTH: usize = 16;

/// Last names of calls that make what a class above makes.
const ABOVE: &[&str] = &["__init__", "__construct", "initialize", "super", "base"];

/// What is known of kept parameters.
#[derive(Default)]
pub struct Keeper {
    /// Calls by the last name of their callee, and by the class that `new` is called of.
    calls: OnceCell<[HashMap<String, Vec<CallId>>; 2]>,
    /// What was found; `None` as long as it is looked for.
    known: RefCell<HashMap<Kept, Option<Text>>>,
    /// How many are looked for.
    open: Cell<usize>,
}

impl Program<'_> {
    /// The text that a kept parameter stands for, when all callers give the same.
    pub fn kept(&self, kept: &Kept) -> Option<Text> {
        if let Some(known) = self.kept.known.borrow().get(kept) {
            return known.clone();
        }
        let open = self.kept.open.get();
        if open >= MAX_DEPTH {
            return None;
        }
        self.kept.open.set(open + 1);
        self.kept.known.borrow_mut().insert(kept.clone(), None);
        let found = self
            .keeper(kept)
            .and_then(|keeper| self.given(keeper, kept));
        self.kept.open.set(open);
        self.kept
            .known
            .borrow_mut()
            .insert(kept.clone(), found.clone());
        found
    }

    /// The only function that keeps a parameter so.
    fn keeper(&self, kept: &Kept) -> Option<FunctionRef> {
        let mut keepers = self.named(&kept.function).filter(|found| {
            self.budget.spend(1);
            let function = &self.code(found.file).functions[found.function as usize];
            function.owner == kept.owner
                && function.parameters.get(usize::from(kept.index)) == Some(&kept.name)
        });
        let keeper = *keepers.next()?;
        keepers.next().is_none().then_some(keeper)
    }

    fn given(&self, keeper: FunctionRef, kept: &Kept) -> Option<Text> {
        let mut found: Option<Text> = None;
        for id in self.calls_of(keeper, kept) {
            if !self.budget.spend(1 + self.call(id).arguments.len() as u64) {
                return None;
            }
            let text = argument(self.call(id), kept)?;
            let text = self.resolved(text);
            let plain = text
                .parts
                .iter()
                .all(|part| matches!(part, Part::Literal(_)));
            let same = found
                .as_ref()
                .is_none_or(|found| found.shown() == text.shown());
            if !plain || !same {
                return None;
            }
            found = Some(text);
        }
        found
    }

    /// The calls of a function, or of the constructor that it is, tests left out.
    fn calls_of(&self, keeper: FunctionRef, kept: &Kept) -> Vec<CallId> {
        let [by_name, by_made] = self.kept.calls.get_or_init(|| self.calls_by_name());
        let of = |name: &str| by_name.get(name).map(Vec::as_slice).unwrap_or_default();
        let maker = kept.owner.as_deref().filter(|owner| {
            matches!(
                kept.function.as_str(),
                "__init__" | "__construct" | "initialize" | "constructor"
            ) || kept.function == *owner
        });
        let Some(owner) = maker else {
            return of(&kept.function)
                .iter()
                .copied()
                .filter(|&id| self.resolve(id) == Some(keeper))
                .collect();
        };
        let class = owner.rsplit([':', '.']).next().unwrap_or(owner);
        let made = |id: &&CallId| class_of(self.call(**id)) == Some(class);
        let news = by_made.get(class).map(Vec::as_slice).unwrap_or_default();
        // `super().__init__(url)` of a class that is made from this one.
        let from_below = ABOVE.iter().flat_map(|name| of(name)).filter(|&&id| {
            let call = self.call(id);
            let receiver = call.callee.rsplit_once('.').map_or("", |(first, _)| first);
            let holder = self.holder(id);
            let below = &self.code(id.file).functions[holder.function as usize].owner;
            (is_base(receiver) || is_base(&call.callee))
                && below
                    .as_deref()
                    .is_some_and(|below| self.is_above(id.file, below, class))
        });
        of(class)
            .iter()
            .filter(made)
            .chain(news)
            .chain(from_below)
            .copied()
            .filter(|id| self.group(id.file) == self.group(keeper.file))
            .collect()
    }

    /// The calls by the last name of their callee, and those of `new` by the class that
    /// is made; tests left out.
    fn calls_by_name(&self) -> [HashMap<String, Vec<CallId>>; 2] {
        let mut by_name: HashMap<String, Vec<CallId>> = HashMap::new();
        let mut by_made: HashMap<String, Vec<CallId>> = HashMap::new();
        for (file, record) in self.files.iter().enumerate() {
            if record.zone == Zone::Test {
                continue;
            }
            for (call, own) in record.code.calls.iter().enumerate() {
                let id = CallId { file, call };
                by_name.entry(own.name().to_owned()).or_default().push(id);
                if let Some(class) = class_of(own).filter(|_| own.name() == "new") {
                    by_made.entry(class.to_owned()).or_default().push(id);
                }
            }
        }
        [by_name, by_made]
    }
}

/// The class that a call makes a value of, when it does.
fn class_of(call: &Call) -> Option<&str> {
    let callee = call.callee.trim_end_matches("()");
    let callee = callee.strip_suffix(".new").unwrap_or(callee);
    callee.rsplit(['.', ':']).next()
}

fn argument<'a>(call: &'a Call, kept: &Kept) -> Option<&'a Text> {
    let named = call
        .arguments
        .iter()
        .find(|argument| argument.name.as_deref() == Some(&kept.name));
    let placed = || {
        call.arguments
            .iter()
            .find(|argument| argument.name.is_none() && argument.position == kept.index)
    };
    named.or_else(placed)?.text.as_ref()
}
