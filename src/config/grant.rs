//! Permissions that are held, as the configuration names them.

use std::ops::Range;
use std::path::Path;

use ignore::gitignore::Gitignore;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Known;
use super::layer::{Layer, covers};
use super::read::ConfigError;
use super::spots::Step;
use crate::selection::nearest;

/// One entry of `grants`: a permission of the owner, for exactly one of `marks`, `limit`
/// and `licence`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// Marks that may be used in names, as the pack writes them.
    #[serde(default)]
    pub marks: Vec<String>,
    /// A higher rate of calls.
    #[serde(default)]
    pub limit: Option<GrantedRate>,
    /// The terms under which documentation may be used instead, in words.
    #[serde(default)]
    pub licence: Option<String>,
    /// The pack whose owner gave it; needed for `limit` and `licence`.
    #[serde(default)]
    pub pack: Option<String>,
    /// Where the permission can be looked up: a contract, a letter, a ticket; required.
    pub evidence: String,
    /// Glob patterns of files; empty: everywhere.
    #[serde(default)]
    pub paths: Vec<String>,
    /// The last day that it holds, year-month-day; left out: for good.
    #[serde(default)]
    pub until: Option<String>,
}

/// So many calls in so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantedRate {
    /// Calls.
    pub calls: u32,
    /// Seconds.
    pub seconds: u32,
}

impl Grant {
    /// What is wrong with it, and the key at fault.
    pub(super) fn judge(&self) -> Result<(), (&'static str, &'static str)> {
        let kinds = [
            !self.marks.is_empty(),
            self.limit.is_some(),
            self.licence.is_some(),
        ];
        if kinds.iter().filter(|is_there| **is_there).count() != 1 {
            let message = "a permission is for one of `marks`, `limit` and `licence`";
            return Err(("evidence", message));
        }
        if self.evidence.trim().is_empty() {
            return Err(("evidence", "evidence is needed: where can it be looked up?"));
        }
        if self.pack.is_none() && self.marks.is_empty() {
            return Err(("evidence", "`pack` is needed: whose permission is it?"));
        }
        if self
            .limit
            .is_some_and(|rate| rate.calls == 0 || rate.seconds == 0)
        {
            return Err(("limit", "`calls` and `seconds` must be over 0"));
        }
        match &self.until {
            Some(until) if super::day(until).is_none() => {
                Err(("until", "no day; write it as 2027-01-31"))
            }
            _ => Ok(()),
        }
    }
}

impl GrantedRate {
    /// Calls a second.
    pub fn per_second(self) -> f64 {
        f64::from(self.calls) / f64::from(self.seconds.max(1))
    }
}

/// One entry of `grants` at its place.
#[derive(Clone, Copy, Debug)]
pub struct Granted<'a> {
    layer: &'a Layer,
    index: usize,
    /// What it says.
    pub entry: &'a Grant,
    matcher: &'a Gitignore,
}

impl<'a> Granted<'a> {
    pub(super) fn new(
        layer: &'a Layer,
        index: usize,
        entry: &'a Grant,
        matcher: &'a Gitignore,
    ) -> Self {
        Self {
            layer,
            index,
            entry,
            matcher,
        }
    }

    /// Whether it covers a file, whose path is absolute.
    pub fn covers(&self, path: &Path) -> bool {
        path.starts_with(self.layer.folder())
            && (self.entry.paths.is_empty() || covers(self.matcher, path))
    }

    /// Where it names its evidence.
    pub fn place(&self) -> Range<usize> {
        let steps = [
            Step::Key("grants"),
            Step::Item(self.index),
            Step::Key("evidence"),
        ];
        self.layer.spots().value(&steps)
    }

    /// The configuration that it stands in.
    pub fn layer(&self) -> &'a Layer {
        self.layer
    }
}

impl Layer {
    /// A permission for a mark or of an owner that nobody knows permits nothing.
    pub(super) fn check_grants(&self, known: Known<'_>) -> Result<(), ConfigError> {
        let spots = self.spots();
        for (index, grant) in self.settings().grants.iter().enumerate() {
            let at = [Step::Key("grants"), Step::Item(index)];
            for (number, mark) in grant.marks.iter().enumerate() {
                let is_known = |known: &&str| known.eq_ignore_ascii_case(mark);
                if !known.marks.iter().any(is_known) {
                    let steps = [&at[..], &[Step::Key("marks"), Step::Item(number)]].concat();
                    let meant = meant(mark, known.marks);
                    let message = format!("no pack knows the mark `{mark}`{meant}");
                    return Err(self.at(spots.value(&steps), message));
                }
            }
            if let Some(pack) = &grant.pack
                && !known.packs.contains(&pack.as_str())
            {
                let steps = [&at[..], &[Step::Key("pack")]].concat();
                let message = format!("no pack `{pack}`{}", meant(pack, known.packs));
                return Err(self.at(spots.value(&steps), message));
            }
        }
        Ok(())
    }
}

/// What was probably meant, as the end of a message.
fn meant(text: &str, known: &[&str]) -> String {
    nearest(text, known.iter().copied())
        .map_or_else(String::new, |one| format!("; did you mean `{one}`?"))
}
