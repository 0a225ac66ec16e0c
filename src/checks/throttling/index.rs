//! What is looked up in a file of code again and again, made once.

use std::collections::{HashMap, HashSet};

use super::naming;
use super::program::folded;
use crate::facts::code::{BlockId, BlockKind, CodeFacts, FunctionId, LoopKind};
use crate::facts::links;
use crate::source::Span;

/// Most waits, limiters and helpers below one loop that are looked at for each of its
/// calls. No loop that somebody wrote comes near; a made one would cost the square. What
/// has more is held by a measure that is not known, so that nothing is found in it.
pub(super) const MAX_PLACES: usize = 64;

/// Things by the numbers of the blocks that they stand in, to find those below a block.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbered<T>(Vec<(u32, T)>);

impl<T: Copy + Ord> Numbered<T> {
    /// Those with a number from `first` to `last`, in their own order, and whether these are
    /// all: where there are more than [`MAX_PLACES`], none is looked at.
    pub(super) fn between(&self, (first, last): (u32, u32)) -> (Vec<T>, bool) {
        let from = self.0.partition_point(|(number, _)| *number < first);
        let behind = &self.0[from..];
        let below = &behind[..behind.partition_point(|(number, _)| *number <= last)];
        if below.len() > MAX_PLACES {
            return (Vec::new(), false);
        }
        let mut found: Vec<T> = below.iter().map(|(_, one)| *one).collect();
        found.sort_unstable();
        (found, true)
    }

    /// Adds one; [`Self::sort`] has to follow.
    pub(super) fn push(&mut self, number: u32, one: T) {
        self.0.push((number, one));
    }

    pub(super) fn sort(&mut self) {
        self.0.sort_unstable();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Lookups for one file.
#[derive(Debug, Default)]
pub(super) struct FileIndex {
    /// The function around each block.
    functions: Vec<FunctionId>,
    /// First and last number below each block, when blocks are numbered parents first.
    tour: Vec<(u32, u32)>,
    calls: HashMap<FunctionId, Vec<usize>>,
    sleeps: HashMap<FunctionId, Numbered<usize>>,
    /// Waits of the whole file.
    all_sleeps: Numbered<usize>,
    /// Waits by their words: the first of each.
    sleep_at: HashMap<Span, usize>,
    /// The first wait right in each block.
    sleep_in: HashMap<BlockId, usize>,
    busy: HashMap<FunctionId, Numbered<BlockId>>,
    /// Limiters that decorate a function.
    decorators: HashMap<FunctionId, Vec<usize>>,
    /// Limiters by where a function uses them, and whether one holds what that block does and
    /// nothing beside it.
    limiters: HashMap<FunctionId, Numbered<(usize, BlockId, bool)>>,
    limiters_at: HashMap<BlockId, Vec<usize>>,
    /// Limiters by name: their indexes.
    named: HashMap<String, Vec<usize>>,
    /// Names of all calls, as the language compares them.
    pub(super) called: HashSet<String>,
    /// The classes that variables and fields are made of; none for those of several.
    made_of: HashMap<String, Option<String>>,
    /// Imports by the names that they bring: the first of each.
    imports: HashMap<String, usize>,
    /// Modules that are imported, as files are named after them.
    modules: HashSet<String>,
    /// The names by which other files import this one.
    pub(super) stems: Vec<String>,
}

impl FileIndex {
    pub(super) fn new(code: &CodeFacts, path: &str) -> Self {
        let mut index = Self {
            functions: functions(code),
            tour: tour(code),
            stems: links::file_stems(path),
            ..Self::default()
        };
        for (at, call) in code.calls.iter().enumerate() {
            let holder = index.function_of(call.block);
            index.calls.entry(holder).or_default().push(at);
            index.called.insert(folded(code, call.name()));
        }
        for (at, sleep) in code.sleeps.iter().enumerate() {
            let holder = index.function_of(sleep.block);
            let number = index.number(sleep.block);
            index.sleeps.entry(holder).or_default().push(number, at);
            index.all_sleeps.push(number, at);
            index.sleep_at.entry(sleep.span).or_insert(at);
            index.sleep_in.entry(sleep.block).or_insert(at);
        }
        for (id, block) in (0..).zip(&code.blocks) {
            if let BlockKind::Loop(own) = &block.kind
                && own.kind == LoopKind::While
                && naming::awaits_time(&own.over)
            {
                let holder = index.function_of(id);
                let number = index.number(id);
                index.busy.entry(holder).or_default().push(number, id);
            }
        }
        for (at, limiter) in code.limiters.iter().enumerate() {
            for &function in &limiter.decorates {
                index.decorators.entry(function).or_default().push(at);
            }
            let uses = limiter.uses.iter().map(|place| (place, false));
            for (&place, alone) in uses.chain(limiter.runs.iter().map(|place| (place, true))) {
                let holder = index.function_of(place);
                let number = index.number(place);
                let uses = index.limiters.entry(holder).or_default();
                uses.push(number, (at, place, alone));
                index.limiters_at.entry(place).or_default().push(at);
            }
            if let Some(name) = limiter.name.as_deref().filter(|name| !name.is_empty()) {
                index.named.entry(name.to_owned()).or_default().push(at);
            }
        }
        for (name, class) in &code.made_of {
            let known = index.made_of.entry(name.clone());
            let known = known.or_insert_with(|| Some(class.clone()));
            if known.as_ref().is_some_and(|known| known != class) {
                *known = None;
            }
        }
        for (at, import) in code.imports.iter().enumerate() {
            for name in [&import.local, &import.name] {
                index.imports.entry(name.clone()).or_insert(at);
            }
            index.modules.insert(links::module_stem(&import.module));
        }
        index.sort();
        index
    }

    fn sort(&mut self) {
        self.sleeps.values_mut().for_each(Numbered::sort);
        self.limiters.values_mut().for_each(Numbered::sort);
        self.busy.values_mut().for_each(Numbered::sort);
        self.all_sleeps.sort();
    }

    fn number(&self, block: BlockId) -> u32 {
        self.tour.get(block as usize).map_or(0, |(first, _)| *first)
    }

    /// The function around a block.
    pub(super) fn function_of(&self, block: BlockId) -> FunctionId {
        self.functions.get(block as usize).copied().unwrap_or(0)
    }

    /// Whether `outer` encloses `inner` or is it.
    pub(super) fn encloses(&self, outer: BlockId, inner: BlockId) -> bool {
        match (self.tour.get(outer as usize), self.tour.get(inner as usize)) {
            (Some((first, last)), Some((at, _))) => (first..=last).contains(&at),
            _ => false,
        }
    }

    /// First and last number below a block, to count what stands in it.
    pub(super) fn numbers(&self, block: BlockId) -> Option<(u32, u32)> {
        self.tour.get(block as usize).copied()
    }

    /// The calls in a function's own body, in source order.
    pub(super) fn calls_in(&self, function: FunctionId) -> &[usize] {
        slice(&self.calls, function)
    }

    /// Its waits below a block, and whether these are all.
    pub(super) fn sleeps_below(&self, function: FunctionId, top: BlockId) -> (Vec<usize>, bool) {
        self.below(self.sleeps.get(&function), top)
    }

    /// Waits of the file below a block, in functions as well, and whether these are all.
    pub(super) fn all_sleeps_below(&self, top: BlockId) -> (Vec<usize>, bool) {
        self.below(Some(&self.all_sleeps), top)
    }

    /// The wait that stands at these words.
    pub(super) fn sleep_at(&self, span: Span) -> Option<usize> {
        self.sleep_at.get(&span).copied()
    }

    /// The first wait that stands in a block and in no other one within.
    pub(super) fn sleep_in(&self, block: BlockId) -> Option<usize> {
        self.sleep_in.get(&block).copied()
    }

    /// Its loops below a block that go on until a time has come, and whether these are all.
    pub(super) fn busy_below(&self, function: FunctionId, top: BlockId) -> (Vec<BlockId>, bool) {
        self.below(self.busy.get(&function), top)
    }

    /// Whether it has loops that go on until a time has come.
    pub(super) fn is_busy(&self, function: FunctionId) -> bool {
        self.busy
            .get(&function)
            .is_some_and(|busy| !busy.is_empty())
    }

    /// The limiters that decorate it.
    pub(super) fn decorators(&self, function: FunctionId) -> &[usize] {
        slice(&self.decorators, function)
    }

    /// The limiters that it uses below a block, with the places and whether each holds
    /// that block alone, and whether these are all.
    pub(super) fn limiters_below(
        &self,
        function: FunctionId,
        top: BlockId,
    ) -> (Vec<(usize, BlockId, bool)>, bool) {
        self.below(self.limiters.get(&function), top)
    }

    /// Whether limiters are used anywhere in the file.
    pub(super) fn has_limiters(&self) -> bool {
        !self.limiters_at.is_empty()
    }

    /// The limiters that are used right in a block.
    pub(super) fn limiters_at(&self, block: BlockId) -> &[usize] {
        self.limiters_at
            .get(&block)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Those of `all` below a block, and whether these are all that stand there.
    pub(super) fn below<T: Copy + Ord>(
        &self,
        all: Option<&Numbered<T>>,
        top: BlockId,
    ) -> (Vec<T>, bool) {
        match (all, self.numbers(top)) {
            (Some(all), Some(range)) => all.between(range),
            _ => (Vec::new(), true),
        }
    }

    /// The limiters of a name.
    pub(super) fn limiters_named(&self, name: &str) -> &[usize] {
        self.named.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The class that a variable or a field of this file is made of.
    pub(super) fn class_of(&self, name: &str) -> Option<&str> {
        self.made_of.get(name)?.as_deref()
    }

    /// The first import that brings a name.
    pub(super) fn import_of(&self, name: &str) -> Option<usize> {
        self.imports.get(name).copied()
    }

    /// Whether an import names the file that others know by these names.
    pub(super) fn imports_file(&self, stems: &[String]) -> bool {
        stems.iter().any(|stem| self.modules.contains(stem))
    }
}

fn slice<T>(of: &HashMap<FunctionId, Vec<T>>, function: FunctionId) -> &[T] {
    of.get(&function).map(Vec::as_slice).unwrap_or_default()
}

/// The function around each block: a parent comes before what it encloses.
fn functions(code: &CodeFacts) -> Vec<FunctionId> {
    let mut functions: Vec<FunctionId> = Vec::with_capacity(code.blocks.len());
    for block in &code.blocks {
        let around = block
            .parent
            .and_then(|parent| functions.get(parent as usize));
        functions.push(match block.kind {
            BlockKind::Function(function) => function,
            _ => around.copied().unwrap_or(0),
        });
    }
    functions
}

/// Numbers for blocks, so that those of what a block encloses follow its own.
fn tour(code: &CodeFacts) -> Vec<(u32, u32)> {
    // How many each encloses, itself among them.
    let mut sizes = vec![1u32; code.blocks.len()];
    for (id, block) in code.blocks.iter().enumerate().rev() {
        if let Some(parent) = block.parent {
            sizes[parent as usize] += sizes[id];
        }
    }
    let mut next = vec![0u32; code.blocks.len()];
    let mut free = 0;
    let mut tour = Vec::with_capacity(code.blocks.len());
    for (id, block) in code.blocks.iter().enumerate() {
        let from = match block.parent {
            Some(parent) => &mut next[parent as usize],
            None => &mut free,
        };
        let first = *from;
        *from += sizes[id];
        next[id] = first + 1;
        tour.push((first, first + sizes[id] - 1));
    }
    tour
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::code::Block;
    use crate::source::FileId;

    #[test]
    fn what_is_more_than_is_looked_at_is_said() {
        let mut numbered = Numbered::default();
        for at in 0..=MAX_PLACES {
            numbered.push(7, at);
        }
        numbered.push(9, 1000);
        numbered.push(3, 1001);
        numbered.sort();
        assert_eq!(numbered.between((8, 9)), (vec![1000], true));
        assert_eq!(numbered.between((0, 3)), (vec![1001], true));
        let (found, all) = numbered.between((4, 8));
        assert_eq!((found.len(), all), (0, false));
    }

    #[test]
    fn numbers_say_what_encloses_what() {
        let parents = [None, Some(0), Some(1), Some(0), Some(3), Some(1)];
        let code = CodeFacts {
            blocks: parents
                .map(|parent| Block {
                    parent,
                    kind: BlockKind::Handler,
                    span: Span::new(FileId(0), 0..0),
                    head: Span::new(FileId(0), 0..0),
                })
                .into(),
            ..CodeFacts::default()
        };
        let index = FileIndex::new(&code, "a.py");
        for outer in 0..6 {
            for inner in 0..6 {
                let plain = code.encloses(outer, inner);
                assert_eq!(index.encloses(outer, inner), plain, "{outer} {inner}");
            }
        }
    }
}
