//! A finding is a value: what is wrong, where, by which clause, and how to mend
//! it. How it looks is decided in [`crate::report`].

mod proposal;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::pack::Rule;
use crate::source::Span;

pub use proposal::{Permission, Proposal, ProposalKind};

/// How much a finding weighs. Ordered: `Note < Warning < Error`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing, never a reason to stop.
    Note,
    /// Should be mended.
    Warning,
    /// Breaks a term; fails the gate by default.
    Error,
}

impl Severity {
    /// The lower-case name used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How sure the check is. `Low` is shown only with `--pedantic`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A guess worth a look.
    Low,
    /// Probably right.
    Medium,
    /// Computed from what the file plainly says.
    High,
}

impl Confidence {
    /// The lower-case name used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// A further place that belongs to a finding, in the order the story is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What is to be seen there.
    pub message: String,
}

/// One replacement of bytes by text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What to replace; empty for an insertion.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

/// A proposed change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the change does, in a short imperative phrase.
    pub title: String,
    /// Whether it may be applied without a person looking.
    pub safe: bool,
    /// The edits, not overlapping.
    pub edits: Vec<Edit>,
    /// Whether there are edits of its kind beside these, left out for their number.
    pub more: bool,
}

/// A page's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where the page is published.
    pub url: String,
    /// The words, on one line.
    pub quote: String,
}

/// A message that counts.
#[derive(Clone, Debug)]
pub struct Many {
    /// The template; `{count}` is how many there are, `{others}` how many besides the
    /// first.
    pub template: String,
    /// What stands for its other placeholders, kept apart so that no path of the
    /// repository is taken for one.
    pub values: Vec<(&'static str, String)>,
}

/// One broken term.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule, with its clause and pack.
    pub rule: Arc<Rule>,
    /// Severity of this finding; a rule's own severity may be lowered by evidence.
    pub severity: Severity,
    /// How sure the check is.
    pub confidence: Confidence,
    /// One sentence, naming the words at fault.
    pub message: String,
    /// The words at fault. `None` speaks of the repository as a whole.
    pub primary: Option<Span>,
    /// Short label under the primary words; may be empty.
    pub label: String,
    /// Other places, in the order the story is told.
    pub related: Vec<Related>,
    /// From what repeats a request over the calls between to the request itself, in the
    /// order in which they are reached; empty where that is not known.
    pub flow: Vec<Related>,
    /// What to type instead.
    pub help: String,
    /// The sentence that is broken, where another page than the clause's says it.
    pub sentence: Option<Sentence>,
    /// A change that mends it, the safe one where there are two.
    pub fix: Option<Fix>,
    /// Beside a safe fix: the edits of its other places, which a person has to look at.
    pub unsafe_fix: Option<Fix>,
    /// Texts that mend it, one for each file that it stands for.
    pub proposals: Vec<Proposal>,
    /// The permission that would make it no breach.
    pub permission: Option<Permission>,
    /// What the finding is about (a name, a limit, a page), for aggregation: with
    /// `aggregate: subject` there is one finding per rule and subject.
    pub subject: Option<String>,
    /// With `aggregate: folder` or `place`, findings of one rule and one group are one.
    pub group: Option<String>,
    /// The function around the words at fault; empty where there is none.
    pub scope: String,
    /// The words by which it is known again, where they are not the primary ones: the
    /// head of a loop rather than the first call in it.
    pub anchor: Option<Span>,
    /// Which of equally grave findings carries the others; lower comes first.
    pub rank: u8,
    /// The message where it stands for several.
    pub many: Option<Many>,
    /// What is said at its place where another carries it; the message when there is
    /// nothing else to say.
    pub aside: Option<String>,
    /// Subjects of all findings that it stands for, sorted, its own included; only
    /// with `aggregate: folder`.
    pub members: Vec<String>,
    /// Rules whose findings were taken into this one.
    pub joined: Vec<String>,
    /// How many places it stands for, itself included.
    pub count: u32,
    /// Why it is not to be shown, when something suppressed it.
    pub suppressed: Option<Suppression>,
}

/// What suppressed a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// In the source, in the configuration, or in a baseline.
    pub kind: SuppressionKind,
    /// The reason its author gave; empty when none.
    pub reason: String,
}

/// Where a suppression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressionKind {
    /// A comment beside the finding.
    Inline,
    /// An entry of `termscheck.yaml`.
    Config,
    /// A baseline of accepted findings.
    Baseline,
    /// A permission that the configuration names.
    Grant,
}

impl SuppressionKind {
    /// The lower-case name used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inline => "inline",
            Self::Config => "config",
            Self::Baseline => "baseline",
            Self::Grant => "grant",
        }
    }
}

impl Finding {
    /// A finding of `rule` with the rule's severity, confidence and help.
    pub fn new(rule: &Arc<Rule>, primary: Option<Span>, message: impl Into<String>) -> Self {
        Self {
            severity: rule.severity,
            confidence: rule.confidence,
            message: message.into(),
            primary,
            label: String::new(),
            related: Vec::new(),
            flow: Vec::new(),
            help: rule.help.clone(),
            sentence: None,
            fix: None,
            unsafe_fix: None,
            proposals: Vec::new(),
            permission: None,
            subject: None,
            group: None,
            scope: String::new(),
            anchor: None,
            rank: 0,
            many: None,
            aside: None,
            members: Vec::new(),
            joined: Vec::new(),
            count: 1,
            suppressed: None,
            rule: Arc::clone(rule),
        }
    }

    /// Every place that it points at: primary, anchor, related, edits.
    pub fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        self.primary
            .into_iter()
            .chain(self.anchor)
            .chain(self.related.iter().map(|related| related.span))
            .chain(
                self.fixes()
                    .flat_map(|fix| fix.edits.iter().map(|edit| edit.span)),
            )
    }

    /// Where the sentence that is broken is published.
    pub fn page(&self) -> &str {
        match &self.sentence {
            Some(sentence) => &sentence.url,
            None => &self.rule.clause.url,
        }
    }

    /// The help, and the sentence that is broken, for reports that show no clause.
    pub fn advice(&self) -> String {
        match &self.sentence {
            Some(Sentence { url, quote }) => format!("{}\n“{quote}” {url}", self.help),
            None => self.help.clone(),
        }
    }

    /// The changes that mend it, the safe one first.
    pub fn fixes(&self) -> impl Iterator<Item = &Fix> {
        self.fix.iter().chain(&self.unsafe_fix)
    }

    /// Caps the severity at `most`.
    #[must_use]
    pub fn at_most(mut self, most: Severity) -> Self {
        self.severity = self.severity.min(most);
        self
    }

    /// Caps the confidence at `most`.
    #[must_use]
    pub fn confidence_at_most(mut self, most: Confidence) -> Self {
        self.confidence = self.confidence.min(most);
        self
    }

    /// Sets the label under the primary words.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a related place.
    #[must_use]
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related {
            span,
            message: message.into(),
        });
        self
    }

    /// Puts a place before the way to a request, where there is one.
    #[must_use]
    pub fn flows_from(mut self, span: Span, message: impl Into<String>) -> Self {
        if !self.flow.is_empty() {
            let message = message.into();
            self.flow.insert(0, Related { span, message });
        }
        self
    }

    /// Replaces the rule's help by one that names the words to type.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Names the sentence that is broken, where the clause does not hold it.
    #[must_use]
    pub fn sentence(mut self, sentence: Option<Sentence>) -> Self {
        self.sentence = sentence;
        self
    }

    /// Adds a one-edit fix.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, safe: bool, edit: Edit) -> Self {
        self.fix = Some(Fix {
            title: title.into(),
            safe,
            edits: vec![edit],
            more: false,
        });
        self
    }

    /// Adds a text that mends it.
    #[must_use]
    pub fn proposal(mut self, proposal: Option<Proposal>) -> Self {
        self.proposals.extend(proposal);
        self
    }

    /// Names the permission that would make it no breach.
    #[must_use]
    pub fn permission(mut self, permission: Permission) -> Self {
        self.permission = Some(permission);
        self
    }

    /// Says what the finding is about, for aggregation.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Says what is one finding with it, for aggregation.
    #[must_use]
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// Names the function around the words at fault.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = scope.into();
        self
    }

    /// Sets the words by which it is known again.
    #[must_use]
    pub fn anchor(mut self, anchor: Span) -> Self {
        self.anchor = Some(anchor);
        self
    }

    /// Sets the message that it has where it stands for several.
    #[must_use]
    pub fn many(
        mut self,
        template: impl Into<String>,
        values: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Self {
        self.many = Some(Many {
            template: template.into(),
            values: values.into_iter().collect(),
        });
        self
    }

    /// Sets what is said at its place where another finding carries it.
    #[must_use]
    pub fn aside(mut self, message: impl Into<String>) -> Self {
        self.aside = Some(message.into());
        self
    }

    /// Says which of equally grave findings carries the others; lower comes first.
    #[must_use]
    pub fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }
}
