//! The JSON report as types: what is written, and what `termscheck schema report` says
//! of it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::finding::{Confidence, Severity};
use crate::pack::{Clause as PackClause, Force, Place};

/// Version of the format: raised when a key changes its meaning or goes away.
pub const VERSION: u32 = 1;

/// The report of a run. Keys may be added within a version.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "JSON report of termscheck")]
pub struct Document<'a> {
    /// Version of the format.
    #[schemars(extend("const" = VERSION))]
    pub version: u32,
    /// What wrote it.
    pub tool: Tool,
    /// Absolute folder that every path is relative to.
    pub root: Cow<'a, str>,
    /// The rule packs of the run.
    pub packs: Vec<Part<'a>>,
    /// Findings by path, then place, then rule; suppressed ones included.
    pub findings: Vec<Finding<'a>>,
    /// What is worth knowing and is no finding.
    pub notices: Vec<Notice<'a>>,
    /// How many files and findings.
    pub counts: Counts,
}

/// One line of the report of `--format jsonl`.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "lowercase")]
#[schemars(title = "A line of the JSON lines of termscheck")]
pub enum Line<'a> {
    /// A finding, as in the JSON report.
    Finding(Box<Finding<'a>>),
    /// A notice, as in the JSON report.
    Notice(Notice<'a>),
    /// The last line.
    Summary(Summary<'a>),
}

/// What the last line says.
#[derive(Serialize, JsonSchema)]
pub struct Summary<'a> {
    /// Version of the format.
    #[schemars(extend("const" = VERSION))]
    pub version: u32,
    /// Absolute folder that every path is relative to.
    pub root: Cow<'a, str>,
    /// How many files and findings.
    pub counts: Counts,
}

/// The program.
#[derive(Serialize, JsonSchema)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

impl Tool {
    /// This program.
    pub const THIS: Self = Self {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
    };
}

/// A rule pack and whether it took part.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Pack")]
pub struct Part<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Whether it took part.
    pub takes_part: bool,
    /// Why, or why not.
    pub reason: Option<&'a str>,
}

/// One broken term.
#[derive(Serialize, JsonSchema)]
pub struct Finding<'a> {
    /// Id of the rule. Of one that stands for every vendor and was a pack's own before, the
    /// one that it had then.
    pub rule: &'a str,
    /// Id of the rule today, the same in every pack.
    pub id: &'a str,
    /// Id of the rule's pack.
    pub pack: &'a str,
    /// The rule in one line.
    pub title: &'a str,
    /// How much it weighs.
    pub severity: Severity,
    /// How sure the check is; low only with `--pedantic`.
    pub confidence: Confidence,
    /// What a breach means.
    pub force: Force,
    /// One sentence that names the words at fault.
    pub message: &'a str,
    /// What is to be seen at the words; may be empty.
    pub label: &'a str,
    /// What to type instead.
    pub help: &'a str,
    /// The file; null where it speaks of the repository as a whole.
    pub path: Option<&'a str>,
    /// Where the words are.
    pub span: Option<Span>,
    /// The words themselves.
    pub text: Option<&'a str>,
    /// What it is about, when the rule brings findings together by it.
    pub subject: Option<&'a str>,
    /// How many places it stands for, itself included.
    pub count: u32,
    /// What it stands for: the pages of a folder, the names of a project without case and
    /// signs, the endpoints that a loop calls.
    pub members: Vec<Member<'a>>,
    /// Rules whose findings were taken into this one.
    pub joined: &'a [String],
    /// Other places, in the order the story is told.
    pub related: Vec<Related<'a>>,
    /// Which sentence of which page.
    pub clause: Clause<'a>,
    /// What another page of the vendor says, where it is that which is broken: the limit of
    /// one endpoint.
    pub sentence: Option<Sentence<'a>>,
    /// A change that mends it.
    pub fix: Option<Fix<'a>>,
    /// Beside a safe change: the edits of its other places, which a person has to look at.
    pub unsafe_fix: Option<Fix<'a>>,
    /// Why it does not count, when something suppressed it.
    pub suppressed: Option<Suppressed<'a>>,
    /// By which it is known again: 32 hexadecimal digits.
    #[schemars(extend("pattern" = "^[0-9a-f]{32}$"))]
    pub fingerprint: Cow<'a, str>,
}

/// A file that a folder's finding stands for.
#[derive(Serialize, JsonSchema)]
pub struct Member<'a> {
    /// Its path.
    pub subject: &'a str,
    /// By which it is known again.
    pub fingerprint: String,
}

/// Another place that belongs to a finding.
#[derive(Serialize, JsonSchema)]
pub struct Related<'a> {
    /// The file.
    pub path: &'a str,
    /// Where in it.
    pub span: Option<Span>,
    /// What is to be seen there.
    pub message: &'a str,
}

/// A sentence of a page.
#[derive(Serialize, JsonSchema)]
pub struct Clause<'a> {
    /// Id within the pack.
    pub id: &'a str,
    /// Title of the page.
    pub document: &'a str,
    /// Section of the page.
    pub section: &'a str,
    /// The page's own words.
    pub quote: &'a str,
    /// Address of the page.
    pub url: &'a str,
    /// Where the same words stand in the page that the pack was made from.
    pub place: Option<&'a Place>,
}

impl<'a> From<&'a PackClause> for Clause<'a> {
    fn from(clause: &'a PackClause) -> Self {
        Self {
            id: &clause.id,
            document: &clause.document,
            section: &clause.section,
            quote: &clause.quote,
            url: &clause.url,
            place: clause.place.as_ref(),
        }
    }
}

/// What a page says.
#[derive(Serialize, JsonSchema)]
pub struct Sentence<'a> {
    /// The page's own words.
    pub quote: &'a str,
    /// Address of the page.
    pub url: &'a str,
}

/// A proposed change.
#[derive(Serialize, JsonSchema)]
pub struct Fix<'a> {
    /// What it does, in a short imperative phrase.
    pub title: &'a str,
    /// Whether it may be applied without a person looking.
    pub safe: bool,
    /// The edits, not overlapping.
    pub edits: Vec<Edit<'a>>,
}

/// One replacement of text.
#[derive(Serialize, JsonSchema)]
pub struct Edit<'a> {
    /// The file.
    pub path: &'a str,
    /// What to replace; empty for an insertion.
    pub span: Option<Span>,
    /// The new text.
    pub replacement: &'a str,
}

/// What suppressed a finding.
#[derive(Serialize, JsonSchema)]
pub struct Suppressed<'a> {
    /// Where the suppression stands.
    pub kind: SuppressedBy,
    /// The reason its author gave; may be empty.
    pub reason: &'a str,
}

/// Where a suppression stands.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SuppressedBy {
    /// A comment beside the finding.
    Inline,
    /// An entry of the configuration.
    Config,
    /// A baseline of accepted findings.
    Baseline,
    /// A permission that the configuration names.
    Grant,
}

/// What is worth knowing and is no finding.
#[derive(Serialize, JsonSchema)]
pub struct Notice<'a> {
    /// How much it weighs.
    pub level: Level,
    /// The file, when it speaks of one.
    pub path: Option<&'a str>,
    /// Where in the file.
    pub span: Option<Span>,
    /// The sentence.
    pub message: &'a str,
}

/// Weight of a notice.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A decision and its reason.
    Info,
    /// A decision that kept something from being shown, and its reason.
    Note,
    /// A suppression that suppresses nothing, a part that could not be parsed.
    Warning,
    /// Something that could not be checked: the exit status is 2.
    Unchecked,
}

/// A start and an end; the end is exclusive.
#[derive(Serialize, JsonSchema)]
pub struct Span {
    /// The first place.
    pub start: Position,
    /// The place after the last.
    pub end: Position,
}

/// A place in a text.
#[derive(Serialize, JsonSchema)]
pub struct Position {
    /// Line, from 1.
    #[schemars(range(min = 1))]
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    #[schemars(range(min = 1))]
    pub column: u32,
    /// Column in UTF-16 code units, from 1.
    #[schemars(range(min = 1))]
    pub utf16: u32,
    /// Bytes of the text in UTF-8 without byte-order mark, from 0.
    pub offset: u32,
}

/// How many files and findings.
#[derive(Serialize, JsonSchema)]
pub struct Counts {
    /// Files.
    pub files: Files,
    /// Findings.
    pub findings: Findings,
}

/// How many files.
#[derive(Serialize, JsonSchema)]
pub struct Files {
    /// Files that were read.
    pub checked: u64,
    /// Bytes of them.
    pub bytes: u64,
    /// Those in which something could stand.
    pub parsed: u64,
    /// Files and folders that were passed over, by reason.
    pub skipped: BTreeMap<&'static str, u64>,
}

/// How many findings, by level; what is suppressed counts in no level.
#[derive(Serialize, JsonSchema)]
#[expect(
    missing_docs,
    reason = "the levels are described where they are defined"
)]
pub struct Findings {
    pub error: usize,
    pub warning: usize,
    pub note: usize,
    pub suppressed: usize,
    /// How many of the suppressed ones a permission covers.
    pub permitted: usize,
    /// What the scanned tree itself kept from being shown, by cause.
    pub silenced: BTreeMap<&'static str, u64>,
}
