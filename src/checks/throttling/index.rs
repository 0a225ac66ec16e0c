//! What is looked up in a file of code again and again, made once.

use std::collections::{HashMap, HashSet};

use super::naming;
use super::program::folded;
use crate::facts::code::{BlockId, BlockKind, CodeFacts, FunctionId, LoopKind};
use crate::facts::links;

/// Most waits, limiters and helpers of one function that are looked at for each of its
/// calls. No function that somebody wrote comes near; a made one would cost the square.
pub(super) const MAX_PLACES: usize = 256;

/// Lookups for one file.
#[derive(Debug, Default)]
pub(super) struct FileIndex {
    /// The function around each block.
    functions: Vec<FunctionId>,
    /// First and last number below each block, when blocks are numbered parents first.
    tour: Vec<(u32, u32)>,
    calls: HashMap<FunctionId, Vec<usize>>,
    sleeps: HashMap<FunctionId, Vec<usize>>,
    busy: HashMap<FunctionId, Vec<BlockId>>,
    limiters: HashMap<FunctionId, Vec<LimiterUse>>,
    /// Limiters by name: their indexes.
    named: HashMap<String, Vec<usize>>,
    /// Names of all calls, as the language compares them.
    pub(super) called: HashSet<String>,
    /// Imports by the names that they bring: the first of each.
    imports: HashMap<String, usize>,
    /// Modules that are imported, as files are named after them.
    modules: HashSet<String>,
    /// The names by which other files import this one.
    pub(super) stems: Vec<String>,
}

/// A limiter that a function uses.
#[derive(Clone, Copy, Debug)]
pub(super) struct LimiterUse {
    /// Its index among the file's.
    pub(super) limiter: usize,
    /// Where it is used; nowhere for one that decorates the function.
    pub(super) place: Option<BlockId>,
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
            some(index.sleeps.entry(holder).or_default(), at);
        }
        for (id, block) in (0..).zip(&code.blocks) {
            if let BlockKind::Loop(own) = &block.kind
                && own.kind == LoopKind::While
                && naming::awaits_time(&own.over)
            {
                let holder = index.function_of(id);
                some(index.busy.entry(holder).or_default(), id);
            }
        }
        for (at, limiter) in code.limiters.iter().enumerate() {
            for &function in &limiter.decorates {
                let used = LimiterUse {
                    limiter: at,
                    place: None,
                };
                some(index.limiters.entry(function).or_default(), used);
            }
            for &place in &limiter.uses {
                let used = LimiterUse {
                    limiter: at,
                    place: Some(place),
                };
                let holder = index.function_of(place);
                some(index.limiters.entry(holder).or_default(), used);
            }
            if let Some(name) = limiter.name.as_deref().filter(|name| !name.is_empty()) {
                index.named.entry(name.to_owned()).or_default().push(at);
            }
        }
        for (at, import) in code.imports.iter().enumerate() {
            for name in [&import.local, &import.name] {
                index.imports.entry(name.clone()).or_insert(at);
            }
            index.modules.insert(links::module_stem(&import.module));
        }
        index
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

    /// Its waits.
    pub(super) fn sleeps_in(&self, function: FunctionId) -> &[usize] {
        slice(&self.sleeps, function)
    }

    /// Its loops that go on until a time has come.
    pub(super) fn busy_in(&self, function: FunctionId) -> &[BlockId] {
        slice(&self.busy, function)
    }

    /// The limiters that it uses or that decorate it.
    pub(super) fn limiters_in(&self, function: FunctionId) -> &[LimiterUse] {
        slice(&self.limiters, function)
    }

    /// The limiters of a name.
    pub(super) fn limiters_named(&self, name: &str) -> &[usize] {
        self.named.get(name).map(Vec::as_slice).unwrap_or_default()
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

/// Adds one more, as far as there is room.
fn some<T>(to: &mut Vec<T>, one: T) {
    if to.len() < MAX_PLACES {
        to.push(one);
    }
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
    use crate::source::{FileId, Span};

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
