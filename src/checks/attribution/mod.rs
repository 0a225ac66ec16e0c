//! Files that are derived from the licensed documentation, and whether anything
//! attributes them: CC BY 4.0 §3(a), in any reasonable manner.

mod coverage;
mod derived;
mod evidence;
mod report;
mod verdict;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{BuildError, Check, RepositoryContext, configure};
use crate::facts::signals::AttributionElement as Element;
use crate::finding::Finding;
use crate::pack::Pack;
use crate::verdict::Verdict;

use self::coverage::Carriers;
use self::derived::Derived;

/// `with` of a rule that uses this check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// Which of the two rules it is.
    report: Kind,
    /// Each element in words.
    elements: BTreeMap<Element, String>,
    /// Each element in short words, for what was found.
    names: BTreeMap<Element, String>,
    /// Follows the places looked in where some elements were found: `{elements}`.
    found: String,
    /// One of them: `{element}` in `{file}`.
    found_in: String,
    /// Kinds of evidence in words; `{marks}` are the marks.
    evidence: Evidence,
    /// Said at a passage that stands on `{page}`, `{title}`, too.
    shared: String,
    /// Stands for `{others}` of the message when a finding speaks of several files:
    /// `{others}` is how many there are besides the first, `{folder}` where all lie.
    others: String,
    /// Stands for `{end}` of the help: where the text is to go, of one page and of several.
    end: String,
    each_end: String,
    /// Stands for `{work}`: the page, `{title}`.
    page: String,
    /// Several pages.
    pages: String,
    /// Text in a file that is no copy of one page.
    text: String,
    /// Said at a licence file that covers the derived one with another licence,
    /// `{licence}`.
    relicensed: String,
    /// What is lacking where elements stand in a comment only.
    hidden: String,
    /// Said at that comment.
    unseen: String,
    /// What is lacking where a form was not filled in, and what is said at that place.
    unfilled: String,
    left_in: String,
    /// Said at the words that point to a licence file which is not there.
    dangling: String,
    /// Stands for `{url}` when it cannot be derived: `{host}` is where the documentation is.
    unknown_url: String,
    /// Stands for it where the pack knows no such host.
    no_url: String,
    /// Stands for `{better}` when the address is not that of the page.
    better: String,
    /// Stands for `{changes}`.
    changes: Changes,
    /// Stands for `{what}` of that where nobody said it.
    what: Changes,
    /// The attribution alone, as the help has it: what `termscheck fix` writes.
    #[serde(default)]
    written: Option<String>,
    /// The folder at the top, for `{folder}`.
    root: String,
    /// The file itself, in the list of places looked in.
    itself: String,
    /// Said once, in the help, where the scan was given no index.
    unindexed: String,
    /// Joins the last of a list.
    and: String,
}

/// Which of the two rules reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    /// No element at all.
    Missing,
    /// Some, but not all.
    Incomplete,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Evidence {
    front_matter: String,
    docfx: String,
    statement: String,
    passage: String,
    link: String,
    /// Text in common with `{title}`: so many `{words}`, `{share}` of a hundred of the file.
    text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    /// Of a page that says it is a translation.
    translated: String,
    /// Of any other.
    unknown: String,
}

impl Changes {
    /// Of a page that is a translation, or of another.
    fn of(&self, translated: bool) -> &str {
        if translated {
            &self.translated
        } else {
            &self.unknown
        }
    }
}

struct Attribution {
    config: Config,
    carriers: coverage::Places,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let config: Config = configure(with)?;
    let licence = pack.notices.attribution.licences.first();
    for element in derived::asked(licence.map_or("", String::as_str)) {
        if !config.elements.contains_key(&element) {
            return Err(BuildError {
                key: "with.elements".to_owned(),
                message: format!("{element:?} has no words"),
            });
        }
    }
    Ok(Box::new(Attribution {
        config,
        carriers: coverage::Places::new(&pack.notices.attribution),
    }))
}

impl Check for Attribution {
    fn placeholders(&self) -> &'static [&'static str] {
        &["file", "evidence", "missing", "others"]
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        // A copy that keeps the owner's licence and notices satisfies attribution.
        if context.ownership.text.is_some_and(|copy| copy.licence_kept) {
            return;
        }
        let derived = derived::find(context);
        if derived.is_empty() {
            return;
        }
        let carriers = Carriers::new(&self.carriers, context);
        let speaks_only = |file: &Derived<'_>| carriers.speaks(file.record) && file.only_states();
        let pages = derived.iter().any(|file| !speaks_only(file));
        let mut gaps: Vec<(Derived<'_>, coverage::Coverage<'_>)> = derived
            .into_iter()
            .map(|file| {
                let coverage = carriers.cover(&file);
                (file, coverage)
            })
            .filter(|(_, coverage)| !coverage.lacks.is_empty())
            .collect();
        // A README's statement speaks of the pages beside it: their findings say what
        // their attribution lacks, and when they have none it lacks nothing.
        if pages {
            gaps.retain(|(file, _)| !speaks_only(file));
        }
        gaps.retain(|(_, coverage)| (self.config.report == Kind::Missing) == coverage.nothing);
        report::report(&self.config, context, &gaps, out);
    }

    fn verdicts(&self, context: &RepositoryContext<'_>) -> Vec<Verdict> {
        // Both rules would give the same.
        if self.config.report != Kind::Missing {
            return Vec::new();
        }
        let kept = context.ownership.text.is_some_and(|copy| copy.licence_kept);
        let carriers = Carriers::new(&self.carriers, context);
        let derived = derived::find(context);
        // A README's statement speaks of the pages beside it.
        let speaks_only = |file: &Derived<'_>| carriers.speaks(file.record) && file.only_states();
        let pages = derived.iter().any(|file| !speaks_only(file));
        let verdicts = derived
            .iter()
            .filter(|file| !pages || !speaks_only(file))
            .map(|file| verdict::verdict(&self.config, context, file, &carriers.cover(file), kept));
        verdicts.collect()
    }
}
