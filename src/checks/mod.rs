//! The algorithms that rules configure. A check reads facts and emits findings; it
//! never opens a file.

pub mod addressed;
pub mod attribution;
pub mod bulk;
pub mod credit;
pub mod licence;
pub mod passage;
pub mod pattern;
pub mod throttling;
pub mod trademark;

use std::sync::Arc;

use self::addressed::Addressed;
pub use self::throttling::program::{Programs, Reading};
use crate::facts::ownership::Ownership;
use crate::facts::{FileFacts, RepositoryFacts, Signals};
use crate::finding::Finding;
use crate::pack::{Pack, Rule};
use crate::source::{Source, Span};
use crate::verdict::Verdict;

/// A literal that must stand in a file's raw text before a check can find anything
/// there. A file in which no trigger of any check stands, and which is no manifest,
/// licence or README, is read but not parsed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Trigger {
    /// The literal.
    pub literal: String,
    /// Compare with case; otherwise ASCII letters match in either case.
    pub exact_case: bool,
    /// Files in which it counts.
    pub scope: TriggerScope,
}

impl Trigger {
    /// Literals that count in every file, in any case.
    pub fn everywhere(literals: &[String]) -> Vec<Self> {
        literals
            .iter()
            .map(|literal| Self {
                literal: literal.clone(),
                exact_case: false,
                scope: TriggerScope::Everywhere,
            })
            .collect()
    }
}

/// Files in which a trigger counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TriggerScope {
    /// Every kind of file.
    Everywhere,
    /// Documents: Markdown, reStructuredText, AsciiDoc, HTML, plain text.
    Documents,
    /// Source code.
    Code,
}

/// What a check sees of one file.
pub struct FileContext<'a> {
    /// Its text.
    pub source: &'a Source,
    /// What it says.
    pub facts: &'a FileFacts,
    /// Vocabulary hits of the rule's pack.
    pub signals: &'a Signals,
    /// The rule's pack.
    pub pack: &'a Pack,
    /// The rule that is being checked.
    pub rule: &'a Arc<Rule>,
}

/// What a check sees of the repository.
pub struct RepositoryContext<'a> {
    /// All files' facts.
    pub facts: &'a RepositoryFacts,
    /// Index of the rule's pack in `FileRecord::signals`.
    pub pack_index: usize,
    /// The rule's pack.
    pub pack: &'a Pack,
    /// Whether the repository is the pack owner's own, and why.
    pub ownership: &'a Ownership,
    /// What puts the repository under the page's terms, if anything does.
    pub addressed: &'a Addressed,
    /// The code, as one program.
    pub programs: &'a Programs<'a>,
    /// The scan was given an index of documentation.
    pub indexed: bool,
    /// The rule that is being checked.
    pub rule: &'a Arc<Rule>,
}

impl RepositoryContext<'_> {
    /// Where a finding about the repository as a whole points: where the repository says
    /// what it is, or else at what puts it under the page's terms.
    pub fn place(&self) -> Option<Span> {
        addressed::front(self.facts).or_else(|| self.addressed.place())
    }
}

/// One algorithm, configured by a rule's `with`.
pub trait Check: Send + Sync {
    /// Literals that make a file worth parsing for this check.
    fn triggers(&self) -> Vec<Trigger> {
        Vec::new()
    }

    /// Placeholders that the rule's message may use.
    fn placeholders(&self) -> &'static [&'static str];

    /// What is wrong with the rule as far as its own examples tell, in sentences for
    /// people: a rule that cannot fire, an example that it does not find.
    fn judge_examples(&self, _bad: &str, _good: &str) -> Vec<String> {
        Vec::new()
    }

    /// Whether something in a file, wherever it lies, is to be remembered for
    /// [`Self::check_repository`]; asked of every file that is parsed, and kept as
    /// [`crate::facts::FileRecord::remembers`].
    fn remembers(&self, _source: &Source) -> bool {
        false
    }

    /// Findings that one file alone gives.
    fn check_file(&self, _context: &FileContext<'_>, _out: &mut Vec<Finding>) {}

    /// Whether it asks what is to be seen in pictures.
    fn looks_at_pictures(&self) -> bool {
        false
    }

    /// How the check wants calls to be read, when it asks what they lead to.
    fn reading(&self) -> Option<&Reading> {
        None
    }

    /// Whether files that only call what leads to governed calls are of interest, too.
    fn looks_at_callers(&self) -> bool {
        false
    }

    /// Whether its repository-level findings are about calls of the governed API, so that
    /// each shows a client of it.
    fn is_about_calls(&self) -> bool {
        false
    }

    /// Whether its findings are about names that the repository gives itself: one that is
    /// suppressed puts nobody under the page's terms.
    fn is_about_names(&self) -> bool {
        false
    }

    /// What is found of the attribution of each derived file; asked when somebody wants
    /// to know.
    fn verdicts(&self, _context: &RepositoryContext<'_>) -> Vec<Verdict> {
        Vec::new()
    }

    /// Findings that need the whole repository. `out` holds those of the files, this
    /// rule's own among them, which may be taken back.
    fn check_repository(&self, _context: &RepositoryContext<'_>, _out: &mut Vec<Finding>) {}
}

/// Why a check could not be built from a rule's `with`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError {
    /// Key path below the rule: `with.limit`, `check`.
    pub key: String,
    /// What is wrong.
    pub message: String,
}

/// The function that builds a check from a rule's `with` and its pack's vocabularies.
pub type Builder = fn(&serde_yaml::Value, &Pack) -> Result<Box<dyn Check>, BuildError>;

/// Every check by the name that rules use.
pub const CHECKS: &[(&str, Builder)] = &[
    ("as-you-type", throttling::typing::build),
    ("attribution", attribution::build),
    ("bulk-download", bulk::build),
    ("configured-rate", throttling::configured::build),
    ("credit", credit::build),
    ("dead-limiter", throttling::dead::build),
    ("documented-limits", throttling::docs::build),
    ("licence-missing", licence::missing::build),
    ("licence-text-mismatch", licence::text_mismatch::build),
    ("limit-evasion", throttling::evasion::build),
    ("logo", trademark::logo::build),
    ("missing-notice", trademark::notice::build),
    ("name-in-product", trademark::name_in_product::build),
    ("pattern", pattern::build),
    ("product-names", trademark::names::build),
    ("rate-limit", throttling::rate::build),
    ("systematic-search", throttling::systematic::build),
    ("unanswered-throttling", throttling::unanswered::build),
    ("unbounded-loop", throttling::loops::build),
    ("user-agent", throttling::agent::build),
];

/// Reads `with` as a check's configuration type; an error names the key at fault.
pub fn configure<T: serde::de::DeserializeOwned>(
    with: &serde_yaml::Value,
) -> Result<T, BuildError> {
    // A rule without `with` is one with an empty one.
    let with = match with {
        serde_yaml::Value::Null => serde_yaml::Value::Mapping(serde_yaml::Mapping::new()),
        with => with.clone(),
    };
    configure_at(with, "with")
}

/// Reads a value that stands at the key path `base`; an error names the key at fault.
pub(crate) fn configure_at<T: serde::de::DeserializeOwned>(
    value: serde_yaml::Value,
    base: &str,
) -> Result<T, BuildError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().iter().fold(base.to_owned(), |path, step| {
            use serde_path_to_error::Segment;
            let dot = if path.is_empty() { "" } else { "." };
            match step {
                Segment::Seq { index } => format!("{path}{dot}{index}"),
                Segment::Map { key } => format!("{path}{dot}{key}"),
                Segment::Enum { .. } | Segment::Unknown => path,
            }
        });
        BuildError {
            key: path,
            message: error.into_inner().to_string(),
        }
    })
}
