//! The YAML of a pack, as its author writes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::Zone;
use crate::finding::{Confidence, Severity};

/// What a breach of a rule means; printed with every rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    /// A condition of a licence: a breach ends the permission.
    Licence,
    /// The terms of use of an API or documentation that they incorporate.
    Contract,
    /// The trademark owner's published policy.
    Guideline,
    /// Older guideline text, no longer on the current page.
    LegacyGuideline,
    /// The owner's rule for its own writers.
    Style,
    /// Keeps an obligation checkable or a notice usable.
    Hygiene,
}

/// How findings of a rule are brought together before they are reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Aggregate {
    /// Each stands alone.
    None,
    /// One per file; the others become related places.
    #[default]
    File,
    /// One per place that has to be mended, such as a loop; the check says which
    /// findings share one.
    Place,
    /// One per folder of like files; it keeps the identity of each.
    Folder,
    /// One per repository and subject (a name).
    Subject,
    /// One per repository.
    Repository,
}

/// The owner of the marks and of the documentation.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// Name for messages.
    pub name: String,
    /// Organisations on code hosts whose repositories are the owner's own; compared
    /// without case.
    pub organisations: Vec<String>,
    /// Names in copyright lines and manifests that are the owner.
    pub holders: Vec<String>,
    /// Addresses and phrases of the paragraphs that the owner puts into its READMEs; a
    /// copy that keeps them and the licence is the owner's text.
    #[serde(default)]
    pub readme: Vec<String>,
    /// Addresses that the READMEs of its courses hold in every language; a copy that keeps
    /// one and a licence file is the owner's text.
    #[serde(default)]
    pub courses: Vec<String>,
}

/// Whether a rule speaks of text that is the owner's own although the repository is not:
/// a fork, an untouched copy, a page taken over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OwnersText {
    /// As of any other.
    #[default]
    Binds,
    /// With `--pedantic` only.
    Pedantic,
    /// Not in a repository that is a copy as a whole, with `--pedantic` on a page.
    Off,
}

/// A published document that clauses quote.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceDocument {
    /// Title.
    pub title: String,
    /// What it is called where a line has no room for the title.
    #[serde(default)]
    pub name: Option<String>,
    /// Address.
    pub url: String,
    /// Short addresses that lead there.
    #[serde(default)]
    pub short: Vec<String>,
}

/// Where the quoted words stand in a page that was at hand.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Language of the page, BCP 47.
    pub language: String,
    /// One-based line.
    pub line: u32,
    /// The words there.
    pub quote: String,
}

/// One clause: which sentence of which page.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Identifier within the pack.
    pub id: String,
    /// Id of the document in `pack.yaml`, `page` for the licence page.
    pub source: String,
    /// Title of the document.
    pub document: String,
    /// What the document is called where a line has no room for its title; empty when that
    /// is all that it is called.
    pub name: String,
    /// Address of the document.
    pub url: String,
    /// Section of the document.
    pub section: String,
    /// The document's own words.
    pub quote: String,
    /// The same words in the page that the project was made from.
    pub place: Option<Place>,
}

/// A rule, as loaded.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `family/name`.
    pub id: String,
    /// Everything that it answers to: `pack:family/name`, then its id and those that it had
    /// before; of these the one that no other pack has comes first.
    pub names: Vec<String>,
    /// The ids that it had before, the latest first.
    pub before: Vec<String>,
    /// It stands for every vendor, and other packs may have one of its id.
    pub shared: bool,
    /// Identifier of the pack it belongs to.
    pub pack: Arc<str>,
    /// One line for people.
    pub title: String,
    /// What it is held against.
    pub clause: Arc<Clause>,
    /// What a breach means.
    pub force: Force,
    /// Highest severity of its findings.
    pub severity: Severity,
    /// Highest confidence of its findings.
    pub confidence: Confidence,
    /// Shown only with `--pedantic`.
    pub pedantic: bool,
    /// Off in repositories of the owner.
    pub owner_exempt: bool,
    /// On text that is the owner's own in somebody else's repository.
    pub owners_text: OwnersText,
    /// Zones in which its findings are kept.
    pub zones: Vec<Zone>,
    /// How its findings are brought together.
    pub aggregate: Aggregate,
    /// A rule of the pack whose finding takes those of this one into its help.
    pub joins: Option<String>,
    /// Name of the algorithm.
    pub check: String,
    /// The algorithm's configuration, kept for `explain`.
    pub with: serde_yaml::Value,
    /// Message template with `{placeholders}`; see [`Rule::message`].
    pub message: String,
    /// What to type instead; the check may fill in `{placeholders}`.
    pub help: String,
    /// The same in general words, for readers without a finding; see [`Rule::advice`].
    pub general: Option<String>,
    /// Longer explanation for `explain`: what it does, why it matters, what is quiet.
    pub explanation: String,
    /// An example that breaks it.
    pub bad: String,
    /// The same, mended.
    pub good: String,
}

impl Rule {
    /// The part before the slash.
    pub fn family(&self) -> &str {
        self.id.split('/').next().unwrap_or(&self.id)
    }

    /// The ids that it had before, which are accepted in place of its own.
    pub fn aliases(&self) -> &[String] {
        &self.before
    }

    /// The id that it had first, which fingerprints keep.
    pub fn first_name(&self) -> &str {
        self.before.last().unwrap_or(&self.id)
    }

    /// Its id in JSON reports, which keep the one that a pack's own rule had before it became
    /// one that stands for every vendor: who reads them goes by it.
    pub fn reported(&self) -> &str {
        if self.shared {
            self.first_name()
        } else {
            &self.id
        }
    }

    /// Its id with its pack, which no other rule has.
    pub fn qualified(&self) -> String {
        format!("{}:{}", self.pack, self.id)
    }

    /// Whether it is the same rule of the same pack.
    pub fn is(&self, other: &Self) -> bool {
        (&self.id, &self.pack) == (&other.id, &other.pack)
    }

    /// How to mend it, for readers without a finding: nothing is left to be filled in.
    pub fn advice(&self) -> String {
        let help = self.general.as_ref().unwrap_or(&self.help);
        let mut out = String::with_capacity(help.len());
        let mut rest = help.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let word = |c: char| c.is_ascii_lowercase() || c == '_';
            rest = match after.split_once('}') {
                Some((name, after)) if !name.is_empty() && name.chars().all(word) => {
                    out.push_str(&name.replace('_', " ").to_uppercase());
                    after
                }
                _ => {
                    out.push('{');
                    after
                }
            };
        }
        out.push_str(rest);
        out
    }

    /// Fills the message template. Unknown placeholders were refused when the pack
    /// was loaded.
    pub fn message(&self, values: &[(&str, &str)]) -> String {
        fill(&self.message, values)
    }
}

/// Replaces each `{name}` of `template` by its value.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let values: BTreeMap<&str, &str> = values.iter().copied().collect();
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some(close) = rest.find('}') else { break };
        match values.get(&rest[1..close]) {
            Some(value) => out.push_str(value),
            None => out.push_str(&rest[..=close]),
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}
