//! Code that belongs to governed calls without naming a governed host: what they lean
//! on, and what leans on them. Read only where there are such calls.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use rayon::prelude::*;

use super::Engine;
use super::file::FileOutcome;
use super::report::NoticeLevel;
use crate::facts::links::{self, Links};
use crate::facts::{FileKind, Language};
use crate::parse;
use crate::source::FileId;
use crate::walk::Entry;

/// How many steps away from a governed call code is read.
const STEPS: usize = 2;
/// Most files that are read in one step.
const MAX_FILES: usize = 4000;
/// What is said of the others.
const MORE_FILES: &str = "calls not checked: too many files belong to governed calls";

impl Engine<'_> {
    /// Reads the calls of files that belong to governed calls.
    pub fn follow(&self, entries: &[Entry], outcomes: &mut [FileOutcome]) {
        let mut known: BTreeSet<usize> = BTreeSet::new();
        let mut settings = setting_names(outcomes);
        for _ in 0..STEPS {
            let fresh: Vec<usize> = outcomes
                .iter()
                .enumerate()
                .filter(|(index, outcome)| has_calls(outcome) && !known.contains(index))
                .map(|(index, _)| index)
                .collect();
            if fresh.is_empty() && settings.is_empty() {
                break;
            }
            known.extend(&fresh);
            let mut languages: BTreeSet<Language> = BTreeSet::new();
            let mut sought = Links::default();
            for &index in &fresh {
                if let Some(record) = &outcomes[index].record {
                    sought.add(&record.code);
                    sought.add_file(record.code.language, &entries[index].relative);
                    languages.extend(record.code.language.map(links::group));
                }
            }
            // Code in any language may read a setting.
            let set = AhoCorasick::new(std::mem::take(&mut settings)).ok();
            let set = set.filter(|set| set.patterns_len() > 0);
            if sought.is_empty() && set.is_none() {
                break;
            }
            let names = sought.names.iter().map(String::as_str);
            let words = AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .build(names.chain(links::THROTTLES.iter().copied()))
                .ok();
            let found: Vec<usize> = entries
                .par_iter()
                .enumerate()
                .filter(|(index, entry)| {
                    !has_calls(&outcomes[*index])
                        && (self.is_kin(entry, &languages, &sought, words.as_ref())
                            || set.as_ref().is_some_and(|set| self.reads(entry, set)))
                })
                .map(|(index, _)| index)
                .collect();
            for index in found.iter().skip(MAX_FILES) {
                let outcome = &mut outcomes[*index];
                if outcome
                    .notices
                    .iter()
                    .all(|told| told.message != MORE_FILES)
                {
                    outcome.say(&entries[*index], NoticeLevel::Unchecked, MORE_FILES);
                }
            }
            let found: BTreeSet<usize> = found.into_iter().take(MAX_FILES).collect();
            outcomes
                .par_iter_mut()
                .enumerate()
                .filter(|(index, _)| found.contains(index))
                .for_each(|(index, outcome)| {
                    self.calls(FileId(index as u32), &entries[index], outcome);
                });
        }
        self.throttles(entries, outcomes);
    }

    /// Marks what holds a rate and is referred to by another file.
    fn throttles(&self, entries: &[Entry], outcomes: &mut [FileOutcome]) {
        let mut unused: Vec<Unused> = Vec::new();
        for (file, outcome) in outcomes.iter().enumerate() {
            let (Some(record), Some(language)) = (&outcome.record, code_language(&entries[file]))
            else {
                continue;
            };
            for (index, throttle) in record.code.throttles.iter().enumerate() {
                if !throttle.used {
                    unused.push(Unused {
                        file,
                        index,
                        language,
                        name: throttle.name.clone(),
                    });
                }
            }
        }
        if unused.is_empty() {
            return;
        }
        let Ok(words) = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(unused.iter().map(|unused| &unused.name))
        else {
            return;
        };
        // One look at each file for all of them.
        let used: BTreeSet<usize> = entries
            .par_iter()
            .enumerate()
            .flat_map_iter(|(other, entry)| {
                let language = code_language(entry);
                let concerns =
                    |unused: &Unused| unused.file != other && Some(unused.language) == language;
                let mut found = if unused.iter().any(concerns) {
                    self.files.mentioned(entry, &words)
                } else {
                    BTreeSet::new()
                };
                found.retain(|&at| concerns(&unused[at]));
                found
            })
            .collect();
        for at in used {
            let Unused { file, index, .. } = unused[at];
            if let Some(record) = &mut outcomes[file].record {
                record.code.throttles[index].used = true;
            }
        }
    }

    /// Whether a file of code names one of these settings.
    fn reads(&self, entry: &Entry, settings: &AhoCorasick) -> bool {
        code_language(entry).is_some() && self.files.mentions(entry, settings)
    }

    fn is_kin(
        &self,
        entry: &Entry,
        languages: &BTreeSet<Language>,
        sought: &Links,
        words: Option<&AhoCorasick>,
    ) -> bool {
        if !code_language(entry).is_some_and(|language| languages.contains(&language)) {
            return false;
        }
        sought
            .modules
            .iter()
            .any(|module| links::is_module(module, &entry.relative))
            || words.is_some_and(|words| self.files.mentions(entry, words))
    }
}

/// The names of settings that are addresses, as code has them.
fn setting_names(outcomes: &[FileOutcome]) -> BTreeSet<String> {
    let records = outcomes
        .iter()
        .filter_map(|outcome| outcome.record.as_ref());
    records
        .flat_map(|record| &record.settings)
        .filter_map(|(key, _)| key.rsplit(['.', ':']).next())
        .filter(|name| name.len() >= 4)
        .map(str::to_owned)
        .collect()
}

/// A limiter to which its own file does not refer.
struct Unused {
    file: usize,
    /// Its index among the file's.
    index: usize,
    language: Language,
    name: String,
}

/// The group of languages that a file of code belongs to.
fn code_language(entry: &Entry) -> Option<Language> {
    match parse::kind::kind(&entry.relative) {
        FileKind::Code(language) => Some(links::group(language)),
        FileKind::View | FileKind::Html if parse::view::has_scripts(&entry.relative) => {
            Some(Language::JavaScript)
        }
        _ => None,
    }
}

fn has_calls(outcome: &FileOutcome) -> bool {
    outcome
        .record
        .as_ref()
        .is_some_and(|record| record.code.language.is_some())
}
