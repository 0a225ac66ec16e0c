//! Which entries of a configuration may speak of a path, found by the names in it: there
//! may be as many entries as there are files.

use std::collections::HashMap;

/// Entries by the names that their patterns end in.
#[derive(Debug, Default)]
pub(super) struct PathIndex {
    by_name: HashMap<String, Vec<usize>>,
    /// Those whose patterns end in no plain name; each is held against every path.
    others: Vec<usize>,
}

impl PathIndex {
    /// `entries` are the patterns of each entry; one without any speaks of everything.
    pub fn new<'a>(entries: impl IntoIterator<Item = &'a [String]>) -> Self {
        let mut index = Self::default();
        for (number, patterns) in entries.into_iter().enumerate() {
            let names: Option<Vec<&str>> = patterns.iter().map(|text| plain_name(text)).collect();
            match names.filter(|names| !names.is_empty()) {
                Some(names) => {
                    for name in names {
                        let own = index.by_name.entry(name.to_owned()).or_default();
                        own.push(number);
                    }
                }
                None => index.others.push(number),
            }
        }
        index
    }

    /// The entries that may cover a path, in their order.
    pub fn candidates(&self, path: &str) -> Vec<usize> {
        let mut found = self.others.clone();
        for name in path.split(['/', '\\']) {
            found.extend(self.by_name.get(name).into_iter().flatten());
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The name that a path must hold for a pattern to match it or a folder above it.
fn plain_name(pattern: &str) -> Option<&str> {
    let path = pattern.trim_end_matches('/');
    let path = path.strip_suffix("/**").unwrap_or(path);
    let name = path.rsplit('/').next()?;
    let plain = !name.contains(['*', '?', '[', ']', '{', '}', '\\', '!', '#'])
        && name.trim() == name
        && !pattern.starts_with('!');
    (plain && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_by_the_names_that_they_end_in() {
        let entries: [&[String]; 5] = [
            &["docs/a.md".to_owned()],
            &["*.md".to_owned(), "b.md".to_owned()],
            &[],
            &["docs/**".to_owned(), "lib/".to_owned()],
            &["!a.md".to_owned()],
        ];
        let index = PathIndex::new(entries);
        assert_eq!(index.candidates("docs/a.md"), [0, 1, 2, 3, 4]);
        assert_eq!(index.candidates("x/lib/z"), [1, 2, 3, 4]);
        assert_eq!(index.candidates("a.rs"), [1, 2, 4]);
    }
}
