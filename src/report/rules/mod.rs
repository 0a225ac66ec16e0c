//! How rules look: the list, the whole of one, the reference in `docs/rules.md`.

mod explain;
mod json;
mod layout;
mod markdown;
mod table;

pub use explain::write as write_explanation;
pub use json::write as write_json;
pub use markdown::write as write_markdown;
pub use table::write as write_table;

use crate::pack::{Pack, Rule};

/// What stands below every text about rules.
pub const DISCLAIMER: &str = "This is not legal advice.";

/// A pack and those of its rules that are spoken of.
pub struct Chosen<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// Its rules, in id order.
    pub rules: Vec<&'a Rule>,
}

impl<'a> Chosen<'a> {
    /// The rules of each pack that `wanted` chooses; packs without one are left out.
    pub fn from_packs(packs: &'a [Pack], wanted: impl Fn(&Rule) -> bool) -> Vec<Self> {
        packs
            .iter()
            .map(|pack| Self {
                pack,
                rules: pack
                    .rules
                    .iter()
                    .map(|compiled| &*compiled.rule)
                    .filter(|rule| wanted(rule))
                    .collect(),
            })
            .filter(|chosen| !chosen.rules.is_empty())
            .collect()
    }
}

/// Why a rule's findings may not be shown, in words; empty when they always are.
fn shown_words(rule: &Rule) -> &'static str {
    use crate::finding::Confidence;
    if rule.pedantic {
        "only with --pedantic"
    } else if rule.confidence == Confidence::Low {
        "only with --pedantic, its confidence being low"
    } else {
        "always"
    }
}

/// Where a rule's findings are kept.
fn zone_words(rule: &Rule) -> String {
    use crate::facts::Zone;
    let names: Vec<&str> = rule
        .zones
        .iter()
        .map(|zone| match zone {
            Zone::Project => "the project's own files",
            Zone::Docs => "documentation",
            Zone::Example => "examples",
            Zone::Test => "tests",
            Zone::History => "changelogs",
            Zone::Archive => "archived material",
            Zone::ThirdParty => "third-party notices",
        })
        .collect();
    names.join(", ")
}

/// How findings of a rule are brought together.
fn aggregate_words(rule: &Rule) -> &'static str {
    use crate::pack::Aggregate;
    match rule.aggregate {
        Aggregate::None => "each finding alone",
        Aggregate::File => "one finding a file",
        Aggregate::Place => "one finding a place to mend, such as a loop",
        Aggregate::Folder => "one finding a folder of like files",
        Aggregate::Subject => "one finding a repository and name",
        Aggregate::Repository => "one finding a repository",
    }
}

/// The rule's `with` as YAML; `None` when it has none.
fn configuration(rule: &Rule) -> Option<String> {
    if rule.with.is_null() {
        return None;
    }
    serde_yaml::to_string(&rule.with).ok()
}
