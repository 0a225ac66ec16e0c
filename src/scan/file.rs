//! What happens to one file, on whichever thread has time for it.

use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use super::files::digest;
use super::{Engine, Notice, NoticeLevel};
use crate::budget::Budget;
use crate::checks::FileContext;
use crate::facts::{Directive, FileFacts, FileKind, FileRecord, Signals, Zone};
use crate::finding::Finding;
use crate::parse;
use crate::source::{FileId, Source};
use crate::tree::{Content, is_binary, is_utf16};
use crate::walk::{self, Entry, Skip};

/// Steps of work for one file, and more for each of its bytes: chosen, not measured. No
/// parser counts its steps yet, so that a file ends early by what is given up elsewhere
/// (too many findings, a parser that loses patience), never by these.
const FILE_WORK: u64 = 2_000_000;
const BYTE_WORK: u64 = 200;
/// The longest that one file may take, looked at as steps are counted.
const FILE_TIME: Duration = Duration::from_secs(30);

/// Findings that are kept of one file, each some 5 KB. Real files give some hundreds.
const MAX_FINDINGS: usize = 5000;

/// What one file gave.
#[derive(Default)]
pub struct FileOutcome {
    pub record: Option<FileRecord>,
    pub directives: Vec<Directive>,
    pub findings: Vec<Finding>,
    pub notices: Vec<Notice>,
    /// Kept while something points into it; others are read again when needed.
    pub source: Option<Arc<Source>>,
    /// Digest of the bytes, to know them again.
    pub digest: u64,
    pub bytes: u64,
    /// Steps of work that were counted.
    pub work: u64,
    pub read: bool,
    pub skipped: Option<Skip>,
    /// It was checked, but may say more than was read: for a gate.
    pub doubt: Option<Skip>,
}

impl Engine<'_> {
    /// What the text of a file shows each pack.
    pub(super) fn signals(&self, source: &Source, facts: &FileFacts) -> Vec<Signals> {
        let extractors = self.extractors.iter();
        extractors
            .map(|extractor| match extractor {
                Some(extractor) => extractor.extract(source, facts),
                None => Signals::default(),
            })
            .collect()
    }

    /// Reads and checks one file.
    pub fn file(&self, id: FileId, entry: &Entry) -> FileOutcome {
        let kind = parse::kind::kind(&entry.relative);
        if kind == FileKind::Other {
            let binary = walk::is_binary_extension(&entry.relative);
            return FileOutcome::skipped(if binary { Skip::Binary } else { Skip::Unread });
        }
        match self.files.read(entry) {
            Ok(Content::Bytes(bytes)) => self.bytes(id, entry, bytes),
            Ok(Content::OverSize) => {
                let mut outcome = FileOutcome::skipped(Skip::OverSize);
                outcome.say(entry, NoticeLevel::Info, "not read: over the size limit");
                outcome
            }
            Ok(Content::Binary) => FileOutcome::skipped(Skip::Binary),
            Ok(Content::Special) => FileOutcome::skipped(Skip::Special),
            Err(error) => {
                let mut outcome = FileOutcome::default();
                if error.kind() == ErrorKind::NotFound {
                    outcome.say(entry, NoticeLevel::Warning, "deleted while the scan ran");
                } else {
                    let message = format!("not read: {}", walk::reason(&error));
                    outcome.say(entry, NoticeLevel::Unchecked, &message);
                }
                outcome
            }
        }
    }

    /// Checks the bytes of one file.
    pub fn bytes(&self, id: FileId, entry: &Entry, bytes: Vec<u8>) -> FileOutcome {
        // One file that a parser trips over must not take the others with it.
        catch_unwind(AssertUnwindSafe(|| self.check(id, entry, bytes))).unwrap_or_else(|_| {
            let mut outcome = FileOutcome::default();
            outcome.say(
                entry,
                NoticeLevel::Unchecked,
                "not checked: the program failed on this file; please report it",
            );
            outcome
        })
    }

    fn check(&self, id: FileId, entry: &Entry, bytes: Vec<u8>) -> FileOutcome {
        let path = &entry.relative;
        let kind = parse::kind::kind(path);
        if bytes.len() as u64 > self.options.max_file_size {
            return FileOutcome::skipped(Skip::OverSize);
        }
        if is_binary(&bytes) {
            return FileOutcome::skipped(Skip::Binary);
        }
        let doubtful = self.options.operator.gate && is_doubtful(&bytes);
        let mut outcome = FileOutcome {
            bytes: bytes.len() as u64,
            read: true,
            doubt: doubtful.then_some(Skip::Binary),
            ..FileOutcome::default()
        };
        if !is_utf16(&bytes)
            && !parse::kind::always_parse(path, kind)
            && !self.prefilter.hit(kind, &bytes)
        {
            if parse::licence::header_declares(path, &bytes) {
                outcome.digest = digest(&bytes);
                outcome.record = Some(self.header(id, path, kind, bytes));
            }
            return outcome;
        }
        outcome.digest = digest(&bytes);
        let calls = self.prefilter.wants_calls(kind, &bytes);
        let work = FILE_WORK + bytes.len() as u64 * BYTE_WORK;
        let budget = Budget::new(work).within(FILE_TIME);
        let source = Source::decode(id, Arc::clone(path), bytes).with_budget(budget);
        let source = Arc::new(source);
        let zone = parse::kind::zone(path);
        let mut facts = parse::parse_to(&source, kind, zone, calls);
        if kind == FileKind::Html && is_generated(&facts) {
            return FileOutcome::skipped(Skip::Generated);
        }
        facts.signals = self.signals(&source, &facts);
        if !entry.context {
            let packs = self.packs.iter().zip(&self.rules).zip(&facts.signals);
            for ((pack, rules), signals) in packs {
                for compiled in rules {
                    if compiled.rule.zones.contains(&zone) {
                        compiled.check.check_file(
                            &FileContext {
                                source: &source,
                                facts: &facts,
                                signals,
                                pack,
                                rule: &compiled.rule,
                            },
                            &mut outcome.findings,
                        );
                        if outcome.findings.len() > MAX_FINDINGS {
                            outcome.findings.truncate(MAX_FINDINGS);
                            source
                                .budget
                                .end("it gives more findings than are kept of one");
                        }
                    }
                }
            }
            if source.lossy {
                outcome.say(
                    entry,
                    NoticeLevel::Warning,
                    "not valid UTF-8: bytes that are no text were replaced before it was checked",
                );
            }
            // Samples of broken input belong in tests.
            let level = match zone {
                Zone::Test => NoticeLevel::Info,
                _ => NoticeLevel::Warning,
            };
            outcome
                .notices
                .extend(facts.problems.drain(..).map(|problem| Notice {
                    path: Some(path.to_string()),
                    span: problem.span,
                    level,
                    message: problem.message,
                }));
            outcome.directives = std::mem::take(&mut facts.directives);
        }
        outcome.work = source.budget.spent();
        if let Some(why) = source.budget.ended() {
            let message = format!("not checked beyond a part: {why}");
            outcome.say(entry, NoticeLevel::Unchecked, &message);
        }
        let pointed_at = !outcome.findings.is_empty()
            || !outcome.directives.is_empty()
            || outcome.notices.iter().any(|notice| notice.span.is_some());
        let mut record = FileRecord::new(id, Arc::clone(path), facts);
        let remembering = self.rules.iter().flatten();
        record.remembered = remembering
            .filter(|compiled| compiled.check.remembers(&source))
            .map(|compiled| Arc::clone(&compiled.rule))
            .collect();
        outcome.record = Some(record);
        outcome.source = pointed_at.then_some(source);
        outcome
    }

    /// Reads the calls of a code file whose words are asked for by others.
    pub fn calls(&self, id: FileId, entry: &Entry, outcome: &mut FileOutcome) {
        let FileKind::Code(language) = parse::kind::kind(&entry.relative) else {
            return;
        };
        let Ok(Content::Bytes(bytes)) = self.files.read(entry) else {
            return;
        };
        let digest = digest(&bytes);
        let path = &entry.relative;
        let source = Source::decode(id, Arc::clone(path), bytes);
        let mut facts = FileFacts::new(FileKind::Code(language), parse::kind::zone(path));
        let read = catch_unwind(AssertUnwindSafe(|| {
            parse::code::parse(&source, language, true, &mut facts);
        }));
        if read.is_err() || source.budget.is_spent() {
            let message = "its calls are not checked: the file cannot be read that far";
            outcome.say(entry, NoticeLevel::Unchecked, message);
            return;
        }
        if let Some(record) = &mut outcome.record {
            record.code = facts.code;
            return;
        }
        facts.signals = vec![Signals::default(); self.packs.len()];
        outcome.digest = digest;
        outcome.directives = std::mem::take(&mut facts.directives);
        outcome.record = Some(FileRecord::new(id, Arc::clone(path), facts));
    }

    /// What the header of a code file says of its licence, the rest not parsed.
    fn header(&self, id: FileId, path: &Arc<str>, kind: FileKind, bytes: Vec<u8>) -> FileRecord {
        let source = Source::decode(id, Arc::clone(path), bytes);
        let mut facts = FileFacts::new(kind, parse::kind::zone(path));
        parse::licence::header(&source, &mut facts);
        facts.signals = vec![Signals::default(); self.packs.len()];
        FileRecord::new(id, Arc::clone(path), facts)
    }
}

/// Whether a page names a documentation generator as its author.
pub(super) fn is_generated(facts: &FileFacts) -> bool {
    facts.front_matter.iter().any(|entry| {
        entry.key.eq_ignore_ascii_case("generator") && walk::is_generator(&entry.value)
    })
}

/// Whether bytes hold more than their text shows: a NUL byte somewhere, or one byte in
/// eight that is no text, as another encoding has it. A page in Latin-1 has one in twenty.
fn is_doubtful(bytes: &[u8]) -> bool {
    if is_utf16(bytes) {
        return false;
    }
    let broken: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    broken > bytes.len() / 8 || memchr::memchr(0, bytes).is_some()
}

impl FileOutcome {
    fn skipped(skip: Skip) -> Self {
        Self {
            skipped: Some(skip),
            ..Self::default()
        }
    }

    fn say(&mut self, entry: &Entry, level: NoticeLevel, message: &str) {
        self.notices.push(Notice {
            path: Some(entry.relative.to_string()),
            span: None,
            level,
            message: message.to_owned(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::ScanOptions;

    #[test]
    fn a_file_that_went_away_is_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let options = ScanOptions::new(folder.path());
        let tree = crate::tree::of_folder(folder.path());
        let engine = Engine::new(&[], &options, crate::config::Config::default(), &*tree);
        let entry = Entry {
            relative: Arc::from("gone.md"),
            absolute: walk::canonical(folder.path()).join("gone.md"),
            context: false,
        };
        let outcome = engine.file(FileId(0), &entry);
        assert_eq!(outcome.notices.len(), 1);
        assert_eq!(outcome.notices[0].level, NoticeLevel::Warning);
        assert!(!outcome.read);
    }
}
