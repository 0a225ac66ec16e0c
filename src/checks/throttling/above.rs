//! Which classes stand above a class, in whatever file.

use std::collections::HashMap;

use super::program::Program;
use crate::facts::Language;

/// Most steps from a class to one above it: nobody goes further up, and a circle ends.
const MAX_STEPS: usize = 6;
/// Most classes that are looked at above one.
const MAX_CLASSES: usize = 64;

/// The names of classes above, by language and class.
pub(super) type Above = HashMap<Option<Language>, HashMap<String, Vec<String>>>;

impl Program<'_> {
    /// Whether a class of a file is made from another one, or from what is made from it.
    pub(super) fn is_above(&self, file: usize, class: &str, above: &str) -> bool {
        let all = self.above.get_or_init(|| self.collect_bases());
        let Some(all) = all.get(&self.group(file)) else {
            return false;
        };
        let mut level = vec![class];
        let mut seen = 0;
        for _ in 0..MAX_STEPS {
            let bases = level.iter().filter_map(|own| all.get(*own)).flatten();
            let next: Vec<&str> = bases.map(String::as_str).take(MAX_CLASSES).collect();
            if next.contains(&above) {
                return true;
            }
            seen += next.len();
            if next.is_empty() || seen > MAX_CLASSES || !self.budget.spend(next.len() as u64) {
                return false;
            }
            level = next;
        }
        false
    }

    fn collect_bases(&self) -> Above {
        let mut all = Above::new();
        for file in 0..self.files.len() {
            let own = all.entry(self.group(file)).or_default();
            for (class, bases) in &self.code(file).bases {
                let known = own.entry(class.clone()).or_default();
                known.extend(bases.iter().cloned());
            }
        }
        all
    }
}
