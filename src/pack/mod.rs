//! Rule packs: what a licence page says, as data. A pack is a folder of YAML:
//! `pack.yaml` (owner, sources, clauses), vocabularies (`marks.yaml`, …) and
//! `rules/*.yaml`.

mod compile;
mod doubt;
mod error;
mod extend;
mod fill;
mod load;
mod outline;
pub mod page;
pub mod pattern;
pub mod schema;
mod shared;
pub mod vocabulary;
pub mod wording;
mod words;

use std::sync::Arc;

pub(crate) use compile::{is_kebab, kebab};
pub use error::PackError;
pub(crate) use fill::{fill, sorted};
pub use load::{distinct, load_directory, load_embedded, load_from};
pub(crate) use load::{shipped_files, shipped_text, starter};
pub use pattern::{Glob, Pattern};
pub use schema::{Aggregate, Clause, Force, Owner, Place, Rule};
pub use vocabulary::{Limit, Limits, Logos, Marks, Names, Notices, Provenance, Window};

use crate::checks::Check;

/// The JSON Schema of `pack.yaml`.
pub fn manifest_schema() -> schemars::Schema {
    compile::manifest_schema()
}

/// The JSON Schema of a file of rules.
pub fn rules_schema() -> schemars::Schema {
    compile::rules_schema()
}

/// A loaded, validated pack.
pub struct Pack {
    /// Identifier, the folder's name: `microsoft-defender-api`.
    pub id: Arc<str>,
    /// Title for people.
    pub title: String,
    /// It came with the binary; others were asked for by name.
    pub shipped: bool,
    /// Who owns the marks and the documentation.
    pub owner: Owner,
    /// Short addresses of its sources, and where each leads.
    pub redirects: Vec<(String, String)>,
    /// Every clause of `pack.yaml`.
    pub clauses: Vec<Arc<Clause>>,
    /// `page.yaml`: what was derived from the licence page.
    pub page: Option<page::PageFacts>,
    /// `marks.yaml`.
    pub marks: Marks,
    /// `logos.yaml`.
    pub logos: Logos,
    /// `names.yaml`.
    pub names: Names,
    /// `limits.yaml`.
    pub limits: Limits,
    /// `provenance.yaml`.
    pub provenance: Provenance,
    /// `notices.yaml`.
    pub notices: Notices,
    /// The rules with their checks, in id order.
    pub rules: Vec<CompiledRule>,
    /// What is doubtful in it, in sentences for people.
    pub warnings: Vec<String>,
    /// Rules that their own examples show to be wrong, in sentences for people.
    pub unfit: Vec<String>,
}

/// Every mark of some packs, by name.
pub fn marks(packs: &[Pack]) -> Vec<&str> {
    let marks = packs.iter().map(|pack| &pack.marks);
    let names = marks.flat_map(|marks| {
        let own = marks.marks.iter().map(|mark| mark.name.as_str());
        own.chain(std::iter::once(marks.house.as_str()))
    });
    names.filter(|name| !name.is_empty()).collect()
}

/// A rule and the algorithm that it configures.
pub struct CompiledRule {
    /// What its author wrote.
    pub rule: Arc<Rule>,
    /// The algorithm, built from the rule's `with`.
    pub check: Box<dyn Check>,
}

/// Every name of a rule: its id with its pack and alone, and those that it had before.
pub fn rule_names(packs: &[Pack]) -> impl Iterator<Item = &str> + Clone {
    let rules = packs.iter().flat_map(|pack| &pack.rules);
    let names = rules.flat_map(|compiled| &compiled.rule.names);
    names.map(String::as_str)
}

/// What to say of an id that a rule had before: what it is called today.
pub fn renamed<'a>(text: &str, mut rules: impl Iterator<Item = &'a Rule>) -> Option<String> {
    let rule = rules.find(|rule| rule.before.iter().any(|name| name == text))?;
    Some(format!(
        "`{text}` is called `{}` now; the old name stays accepted",
        rule.qualified()
    ))
}

/// The limits of the pack that most rules were written for.
#[cfg(test)]
pub(crate) fn shipped_limits() -> Limits {
    let packs = load_embedded().expect("the packs that ship");
    let mut packs = packs.into_iter();
    let pack = packs.find(|pack| &*pack.id == "microsoft-defender-api");
    pack.expect("the pack of the Defender API").limits
}
