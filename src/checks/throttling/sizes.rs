//! How many items a loop runs over, where another file says it.

use std::collections::HashMap;

use super::program::Program;
use crate::facts::code::Loop;
use crate::facts::links;

/// Sizes of collections and types, by the last part of their names: file and size.
pub(super) type Sizes = HashMap<String, Vec<(usize, u64)>>;

impl Program<'_> {
    /// How often a loop of a file runs at most, where its file or another one says it.
    pub(super) fn bound_of(&self, file: usize, own: &Loop) -> Option<u64> {
        own.bound
            .or_else(|| self.size(file, own.elsewhere.as_deref()?))
    }

    /// The size of what a file means by a name that it takes from another one, or that its
    /// language knows everywhere.
    fn size(&self, file: usize, name: &str) -> Option<u64> {
        let sizes = self.sizes.get_or_init(|| self.collect_sizes());
        let mut parts = name.rsplit('.');
        let mut last = parts.next()?;
        // `Level.entries` is all of `Level`.
        if matches!(last, "entries" | "values" | "__members__" | "allCases") {
            last = parts.next()?;
        }
        let found = sizes.get(last)?;
        if !self.budget.spend(1 + found.len() as u64) {
            return None;
        }
        let first = name.split('.').next().unwrap_or(name);
        let index = self.index(file);
        let import = index.import_of(first).filter(|_| !first.is_empty());
        let stem = import.map(|at| links::module_stem(&self.code(file).imports[at].module));
        // What nobody imports by its name is a constant or a type of the program.
        let constant = last.starts_with(char::is_uppercase);
        let mut meant = found.iter().filter(|&&(other, _)| {
            self.group(other) == self.group(file)
                && match &stem {
                    Some(stem) => self.index(other).stems.contains(stem) || constant,
                    None => constant,
                }
        });
        let (_, size) = meant.next()?;
        meant.all(|(_, other)| other == size).then_some(*size)
    }

    fn collect_sizes(&self) -> Sizes {
        let mut found = Sizes::new();
        for file in 0..self.files.len() {
            for (name, size) in &self.code(file).sizes {
                let last = name.rsplit('.').next().unwrap_or(name);
                let known = found.entry(last.to_owned()).or_default();
                known.push((file, *size));
            }
        }
        found
    }
}
