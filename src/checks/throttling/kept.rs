//! Parameters that a function keeps for others: the base address that a constructor
//! is given, the host that a setter stores.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use super::program::{CallId, FunctionRef, Program};
use crate::facts::Zone;
use crate::facts::code::{Call, Kept, Part, Text};

/// A kept parameter: its function and its index.
type Parameter = (FunctionRef, u16);

/// What is known of kept parameters.
#[derive(Default)]
pub struct Keeper {
    /// Calls by the last name of their callee.
    calls: OnceCell<HashMap<String, Vec<CallId>>>,
    /// What was found; `None` as long as it is looked for.
    known: RefCell<HashMap<Parameter, Option<Text>>>,
}

impl Program<'_> {
    /// The text that a kept parameter stands for, when all callers give the same.
    pub fn kept(&self, kept: &Kept) -> Option<Text> {
        let mut keepers = self.named(&kept.function).iter().filter(|found| {
            let function = &self.code(found.file).functions[found.function as usize];
            function.owner == kept.owner
                && function.parameters.get(usize::from(kept.index)) == Some(&kept.name)
        });
        let keeper = *keepers.next()?;
        if keepers.next().is_some() {
            return None;
        }
        let parameter = (keeper, kept.index);
        if let Some(known) = self.kept.known.borrow().get(&parameter) {
            return known.clone();
        }
        self.kept.known.borrow_mut().insert(parameter, None);
        let found = self.given(keeper, kept);
        self.kept
            .known
            .borrow_mut()
            .insert(parameter, found.clone());
        found
    }

    fn given(&self, keeper: FunctionRef, kept: &Kept) -> Option<Text> {
        let mut found: Option<Text> = None;
        for id in self.calls_of(keeper, kept) {
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
        let by_name = self.kept.calls.get_or_init(|| {
            let mut calls: HashMap<String, Vec<CallId>> = HashMap::new();
            for (file, record) in self.files.iter().enumerate() {
                if record.zone == Zone::Test {
                    continue;
                }
                for (call, own) in record.code.calls.iter().enumerate() {
                    let name = own.name().to_owned();
                    calls.entry(name).or_default().push(CallId { file, call });
                }
            }
            calls
        });
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
        let made = |&&id: &&CallId| {
            let callee = self.call(id).callee.trim_end_matches("()");
            let callee = callee.strip_suffix(".new").unwrap_or(callee);
            callee.rsplit(['.', ':']).next() == Some(class)
        };
        of(class)
            .iter()
            .chain(of("new"))
            .filter(made)
            .copied()
            .filter(|id| self.group(id.file) == self.group(keeper.file))
            .collect()
    }
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
