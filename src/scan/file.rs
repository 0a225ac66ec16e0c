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

/// Steps of work for one file, and more for each of its bytes: chosen, not measured. Of 57
/// repositories one holds a bundled script that needs more, and is told as not checked.
const FILE_WORK: u64 = 2_000_000;
const BYTE_WORK: u64 = 200;
/// Bytes a line of code that a bundler wrote, however little it is: leaflet.js has 147 KB on
/// five lines, and people write some forty bytes a line.
const LINE_OF_A_BUNDLE: usize = 1000;
/// Memory for what is read of one file, and more for each of its bytes: chosen, not
/// measured.
const FILE_ROOM: u64 = 32 * 1024 * 1024;
const BYTE_ROOM: u64 = 100;
/// The longest that one file may take, looked at as steps are counted.
const FILE_TIME: Duration = Duration::from_secs(30);

/// Findings that are kept of one file, each some 5 KB. Real files give some hundreds.
const MAX_FINDINGS: usize = 5000;

/// Steps that a finding takes: its words, its place, what is to be done.
const FINDING_WORK: u64 = 200;

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
    /// A picture in which something is to be seen, and no mark.
    pub plain: bool,
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
        if kind == FileKind::Picture {
            return self.picture(id, entry);
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
            Err(error) => FileOutcome::failed(entry, &error),
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
        if parse::kind::is_no_code(kind, &bytes) {
            return FileOutcome::skipped(Skip::Unread);
        }
        let doubtful = self.options.operator.gate && is_doubtful(&bytes);
        let mut outcome = FileOutcome {
            bytes: bytes.len() as u64,
            read: true,
            doubt: doubtful.then_some(Skip::Binary),
            ..FileOutcome::default()
        };
        let logos = if kind == FileKind::Svg && self.pictures {
            self.drawing(entry, &bytes, &mut outcome)
        } else {
            Vec::new()
        };
        if !is_utf16(&bytes)
            && logos.is_empty()
            && !parse::kind::always_parse(path, kind)
            && !self.prefilter.hit(kind, &bytes)
            && !self.sifts(path, kind, &bytes)
        {
            let declares = parse::code::named::may_declare(path, kind, &bytes)
                || (kind != FileKind::View && parse::licence::header_declares(path, &bytes));
            if declares {
                outcome.digest = digest(&bytes);
                outcome.record = Some(self.header(id, path, kind, bytes));
            }
            return outcome;
        }
        // A gate believes no file that it is a report; a baseline by its usual name holds no
        // documentation.
        if walk::is_report(&bytes) {
            if !self.options.operator.gate {
                return FileOutcome::skipped(Skip::Generated);
            }
            if path.rsplit('/').next() == Some(crate::baseline::FILE_NAME) {
                return FileOutcome::skipped(Skip::Unread);
            }
        }
        outcome.digest = digest(&bytes);
        // The words of UTF-16 are not found among its bytes.
        let calls = is_utf16(&bytes) || self.prefilter.wants_calls(kind, &bytes);
        let budget = budget(bytes.len());
        let source = Source::decode(id, Arc::clone(path), bytes).with_budget(budget);
        let source = Arc::new(source);
        let zone = self.zone(&source, kind);
        let mut facts = parse::parse_to(&source, kind, zone, calls);
        if kind == FileKind::Html && is_generated(&facts) {
            return FileOutcome::skipped(Skip::Generated);
        }
        self.compare(&source, &mut facts);
        facts.signals = self.signals(&source, &facts);
        for (signals, logo) in facts.signals.iter_mut().zip(logos) {
            signals.logo = logo;
        }
        if !entry.context {
            let size: usize = facts.prose.iter().map(|prose| prose.text.len()).sum();
            let packs = self.packs.iter().zip(&self.rules).zip(&facts.signals);
            for ((pack, rules), signals) in packs {
                for compiled in rules {
                    // A rule goes through all prose, and more often where it finds something.
                    let before = outcome.findings.len();
                    if compiled.rule.zones.contains(&zone) && source.budget.read(size) {
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
                        let found = outcome.findings.len() - before;
                        source.budget.spend(FINDING_WORK * found as u64);
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
            let level = self.level_of_unread(&source, kind);
            outcome.say(entry, level, &message);
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
        let kind = parse::kind::kind(&entry.relative);
        if !matches!(kind, FileKind::Code(_) | FileKind::View | FileKind::Html) {
            return;
        }
        let Ok(Content::Bytes(bytes)) = self.files.read(entry) else {
            return;
        };
        let digest = digest(&bytes);
        let path = &entry.relative;
        let budget = budget(bytes.len());
        let source = Source::decode(id, Arc::clone(path), bytes).with_budget(budget);
        let zone = self.zone(&source, kind);
        let mut facts = FileFacts::new(kind, zone);
        let read = catch_unwind(AssertUnwindSafe(|| match kind {
            FileKind::Code(language) => parse::code::parse(&source, language, true, &mut facts),
            _ => parse::view::calls(&source, &mut facts),
        }));
        outcome.work += source.budget.spent();
        if read.is_err() || source.budget.is_spent() {
            let message = "its calls are not checked: the file cannot be read that far";
            let level = self.level_of_unread(&source, kind);
            outcome.say(entry, level, message);
            return;
        }
        facts.signals = vec![Signals::default(); self.packs.len()];
        self.leaning(&source, &facts, zone, &mut outcome.findings);
        if let Some(record) = &mut outcome.record {
            record.code = facts.code;
            return;
        }
        outcome.digest = digest;
        outcome.directives = std::mem::take(&mut facts.directives);
        outcome.record = Some(FileRecord::new(id, Arc::clone(path), facts));
    }

    /// How a file is told that could not be checked to its end. Bundled and vendored code is
    /// a library's, and fails no run but a gate's.
    fn level_of_unread(&self, source: &Source, kind: FileKind) -> NoticeLevel {
        let lines = source.line_starts().len().max(1);
        let dense = source.text.len() / lines >= LINE_OF_A_BUNDLE;
        let vendored = parse::kind::zone(&source.path) == Zone::ThirdParty;
        let bundled = matches!(kind, FileKind::Code(_)) && (dense || vendored);
        if bundled && !self.options.operator.gate {
            NoticeLevel::Info
        } else {
            NoticeLevel::Unchecked
        }
    }

    /// Runs the checks that look at code which only leads to governed calls.
    fn leaning(&self, source: &Source, facts: &FileFacts, zone: Zone, out: &mut Vec<Finding>) {
        let packs = self.packs.iter().zip(&self.rules).zip(&facts.signals);
        for ((pack, rules), signals) in packs {
            for compiled in rules {
                if compiled.check.looks_at_callers() && compiled.rule.zones.contains(&zone) {
                    let context = FileContext {
                        source,
                        facts,
                        signals,
                        pack,
                        rule: &compiled.rule,
                    };
                    compiled.check.check_file(&context, out);
                }
            }
        }
    }

    /// The part of the repository that a file belongs to: code that a program wrote is as
    /// vendored wherever it lies. A gate believes no header that says so.
    fn zone(&self, source: &Source, kind: FileKind) -> Zone {
        let code = matches!(kind, FileKind::Code(_)) && !self.options.operator.gate;
        if code && parse::generated::is_code(&source.text) {
            return Zone::ThirdParty;
        }
        parse::kind::zone(&source.path)
    }

    /// What a code file says of its licence and its name, the rest not parsed.
    fn header(&self, id: FileId, path: &Arc<str>, kind: FileKind, bytes: Vec<u8>) -> FileRecord {
        let source = Source::decode(id, Arc::clone(path), bytes);
        let mut facts = FileFacts::new(kind, parse::kind::zone(path));
        parse::licence::header(&source, &mut facts);
        parse::code::named::read(&source, &mut facts);
        facts.signals = vec![Signals::default(); self.packs.len()];
        FileRecord::new(id, Arc::clone(path), facts)
    }
}

/// What may be spent on a file of so many bytes.
pub(crate) fn budget(bytes: usize) -> Budget {
    Budget::new(FILE_WORK + bytes as u64 * BYTE_WORK)
        .holding(FILE_ROOM + bytes as u64 * BYTE_ROOM)
        .within(FILE_TIME)
}

/// Whether a page names a documentation generator as its author.
pub(super) fn is_generated(facts: &FileFacts) -> bool {
    let named = facts.front_matter.iter().any(|entry| {
        entry.key.eq_ignore_ascii_case("generator") && walk::is_generator(&entry.value)
    });
    named
        || facts
            .comments
            .iter()
            .any(|comment| walk::says_generator(&comment.text))
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
    pub(super) fn failed(entry: &Entry, error: &std::io::Error) -> Self {
        let mut outcome = Self::default();
        if error.kind() == ErrorKind::NotFound {
            outcome.say(entry, NoticeLevel::Warning, "deleted while the scan ran");
        } else {
            let message = format!("not read: {}", walk::reason(error));
            outcome.say(entry, NoticeLevel::Unchecked, &message);
        }
        outcome
    }

    pub(super) fn skipped(skip: Skip) -> Self {
        Self {
            skipped: Some(skip),
            ..Self::default()
        }
    }

    pub(super) fn say(&mut self, entry: &Entry, level: NoticeLevel, message: &str) {
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
