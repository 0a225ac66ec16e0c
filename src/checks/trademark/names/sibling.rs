//! The English page beside one in another language, by the paths of both.

use std::sync::Arc;

use super::NamesCheck;
use crate::checks::RepositoryContext;
use crate::finding::{Confidence, Finding};
use crate::pack::schema::fill;
use crate::source::FileId;

impl NamesCheck {
    /// Holds a page in another language against the English one beside it: where that has
    /// the name, it is sure which one was translated, even by half.
    pub(super) fn compare(&self, context: &RepositoryContext<'_>, out: &mut [Finding]) {
        let facts = context.facts;
        for finding in out
            .iter_mut()
            .filter(|one| Arc::ptr_eq(&one.rule, context.rule))
        {
            let place = finding.primary.and_then(|span| facts.record(span.file));
            let (Some(page), Some(name)) = (place, finding.subject.as_deref()) else {
                continue;
            };
            let has_name = |path: &String| {
                let at = facts
                    .paths
                    .binary_search_by(|known| (**known).cmp(path))
                    .ok();
                let record = at.and_then(|at| facts.record(FileId(at as u32)));
                let signals = record.and_then(|record| record.signals.get(context.pack_index));
                signals.is_some_and(|signals| signals.marks.iter().any(|used| used.mark == name))
            };
            let beside = english(&page.path).into_iter().find(has_name);
            if let Some(beside) = beside.filter(|_| !self.config.beside.is_empty()) {
                let values = [("page", beside.as_str()), ("name", name)];
                let said = fill(&self.config.beside, &values);
                finding.help = format!("{} {said}", finding.help);
                finding.confidence = finding.confidence.max(Confidence::Medium);
            }
        }
    }
}

/// Languages of pages that are no names of folders for anything else: two letters, and a
/// region or a script after them.
fn is_language(word: &str) -> bool {
    let mut parts = word.split(['-', '_']);
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let language = parts.next().unwrap_or("");
    let sound = language.len() == 2 && letters(language) && !is_english(word);
    sound && parts.all(|part| (2..=4).contains(&part.len()) && letters(part))
}

fn is_english(word: &str) -> bool {
    let head = word.split(['-', '_']).next().unwrap_or("");
    head.eq_ignore_ascii_case("en")
}

/// Where the English page of a page in another language may lie: `docs/de/a.md` beside
/// `docs/en/a.md`, `docs/en-us/a.md` or `docs/a.md`; `a.de.md` beside `a.md`.
pub(super) fn english(path: &str) -> Vec<String> {
    let mut found = Vec::new();
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let in_folder = |name: String| {
        if folders.is_empty() {
            name
        } else {
            format!("{folders}/{name}")
        }
    };
    if let Some((stem, extension)) = name.rsplit_once('.')
        && let Some(at) = stem.rfind(['.', '_', '-'].as_slice())
    {
        // `a.zh-CN.md`: the region is no language.
        let ends = [
            stem.rfind('.'),
            stem[..at].rfind(['_', '-'].as_slice()),
            Some(at),
        ];
        let named = ends
            .into_iter()
            .flatten()
            .find(|&at| is_language(&stem[at + 1..]));
        if let Some(at) = named.filter(|&at| at > 0) {
            let (own, sign) = (&stem[..at], &stem[at..=at]);
            for english in [
                format!("{own}.{extension}"),
                format!("{own}{sign}en.{extension}"),
                format!("{own}{sign}en-us.{extension}"),
                format!("{own}{sign}en-US.{extension}"),
            ] {
                found.push(in_folder(english));
            }
        }
    }
    let parts: Vec<&str> = path.split('/').collect();
    let folder = parts
        .iter()
        .take(parts.len() - 1)
        .position(|part| is_language(part));
    if let Some(at) = folder {
        let with = |word: &str| {
            let mut parts = parts.clone();
            parts[at] = word;
            parts.join("/")
        };
        found.extend(["en", "en-us", "en-US", "en_US"].map(with));
        let mut without = parts.clone();
        without.remove(at);
        found.push(without.join("/"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_lie_beside_their_english_ones() {
        for (path, expected) in [
            ("docs/de/guide.md", "docs/en/guide.md"),
            ("docs/de-de/a/guide.md", "docs/en-us/a/guide.md"),
            ("docs/fr/guide.md", "docs/guide.md"),
            ("README.zh-CN.md", "README.md"),
            ("docs/README_ja.md", "docs/README.md"),
            ("guide.fr-FR.md", "guide.en-US.md"),
            ("guide-pt-BR.md", "guide.md"),
        ] {
            let found = english(path);
            assert!(found.iter().any(|one| one == expected), "{path}: {found:?}");
        }
        for path in [
            "README.md",
            "docs/en/guide.md",
            "src/api/guide.md",
            "guide.en.md",
            "a",
        ] {
            assert_eq!(english(path), [""; 0], "{path}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_path_is_read_without_panic(path in "[a-zé./_-]{0,30}") {
            let _ = english(&path);
        }
    }
}
