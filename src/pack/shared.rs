//! Rules that stand once for every vendor, in `rules/common/rules/`: a pack says which of
//! its clauses backs one, and its data fills the text.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_yaml::{Mapping, Value};

use super::Pack;
use super::compile::unknown;
use super::extend::merge;
use super::fill::{fill, sorted};
use super::load::SHIPPED;
use super::schema::{Aggregate, Force, OwnersText};
use super::vocabulary::Window;
use crate::checks::{BuildError, configure_at};
use crate::facts::Zone;
use crate::finding::{Confidence, Severity};

/// Folder of the rules.
const FOLDER: &str = "common/rules";

/// What is known of licences, by SPDX identifier.
const LICENCES: &str = "common/templates/licences.yaml";

/// The key that makes an entry of `rules/*.yaml` one of these rules.
pub(super) const KEY: &str = "rule";

/// Every name that stands for a pack's own words, and where they are from.
const NAMES: &[(&str, &str)] = &[
    ("$owner", "owner.name in pack.yaml"),
    ("$quote", "the quote of the clause"),
    ("$document", "the title of the clause's source"),
    ("$mark", "a mark in marks.yaml"),
    ("$api", "a family with a title in limits.yaml"),
    ("$name", "a family with a title in limits.yaml"),
    ("$host", "a host of the default family in limits.yaml"),
    ("$limits", "a default limit in limits.yaml"),
    ("$pause", "a default limit in limits.yaml"),
    ("$short", "a default limit in limits.yaml"),
    ("$licence", "attribution.licences in notices.yaml"),
    ("$licence_name", "attribution.licences in notices.yaml"),
    ("$licence_url", "attribution.licences in notices.yaml"),
];

/// An entry of `rules/*.yaml` that takes over a rule that stands for every vendor. What else
/// it says counts in place of what that rule says; `with` is merged.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "its keys are those that an entry may have")]
pub(super) struct RawUse {
    /// Id of the rule, as in `rules/common/rules/`; findings of every vendor have it.
    rule: String,
    /// The id that this pack's rule had while it was its own: it is accepted everywhere, and
    /// fingerprints and the `rule` of JSON reports stay its.
    was: Option<String>,
    /// Id of the clause in `pack.yaml` that backs it.
    clause: String,
    /// One line: what is wrong.
    title: Option<String>,
    /// What a breach means.
    force: Option<Force>,
    /// The highest level of its findings.
    severity: Option<Severity>,
    /// How sure its findings are at most.
    confidence: Option<Confidence>,
    /// Shown with `--pedantic` only.
    pedantic: Option<bool>,
    /// Off in the owner's own repositories.
    owner_exempt: Option<bool>,
    /// On text that is the owner's own in somebody else's repository.
    owners_text: Option<OwnersText>,
    /// Where its findings are kept.
    zones: Option<Vec<Zone>>,
    /// How often it is told.
    aggregate: Option<Aggregate>,
    /// A rule of the pack whose finding takes those of this one into its help.
    joins: Option<String>,
    /// The help in general words.
    advice: Option<String>,
    /// What the algorithm asks for beside what the rule says.
    #[schemars(with = "Option<serde_json::Value>")]
    with: Option<Value>,
    /// One sentence; the check fills in its `{names}`.
    message: Option<String>,
    /// What to type instead.
    help: Option<String>,
    /// What it does, why, and what stays quiet.
    explanation: Option<String>,
    /// An example that breaks it.
    bad: Option<String>,
    /// The same, mended.
    good: Option<String>,
}

/// What is known of a licence.
#[derive(Debug, Deserialize)]
struct Licence {
    spdx: String,
    name: String,
    address: String,
}

/// The rules, read when the first pack asks for one.
#[derive(Default)]
pub(super) struct Shared {
    rules: OnceCell<BTreeMap<String, Value>>,
    licences: OnceCell<Vec<Licence>>,
}

/// An entry made whole.
pub(super) struct Whole {
    /// The rule as its author would have written it out.
    pub rule: Value,
    /// The id that it had before.
    pub was: Option<String>,
}

impl Shared {
    /// Makes a rule of an entry of a pack.
    pub(super) fn expand(&self, pack: &Pack, entry: Value) -> Result<Whole, BuildError> {
        let read: RawUse = configure_at(entry.clone(), "")?;
        let rules = self.rules();
        let fault = |message: String| BuildError {
            key: KEY.to_owned(),
            message,
        };
        let rule = rules
            .get(&read.rule)
            .ok_or_else(|| fault(unknown("rule", &read.rule, rules.keys())))?;
        let values = self.values(pack, &read.clause);
        let mut rule = rule.clone();
        // What the entry says itself has no need of the words that it takes the place of.
        if let (Some(rule), Some(own)) = (rule.as_mapping_mut(), entry.as_mapping()) {
            rule.retain(|key, _| key.as_str() == Some("with") || !own.contains_key(key));
        }
        fill(&mut rule, &values);
        if let Some((name, source)) = missing(&rule, &values) {
            let message = format!("`{}` needs {source}, for {name} in its text", read.rule);
            return Err(fault(message));
        }
        let mut whole = entry;
        if let Some(mapping) = whole.as_mapping_mut() {
            mapping.shift_remove(KEY);
            mapping.shift_remove("was");
            mapping.insert("id".into(), read.rule.into());
        }
        merge(&mut whole, rule);
        Ok(Whole {
            rule: whole,
            was: read.was,
        })
    }

    /// The rules by id, each without it.
    fn rules(&self) -> &BTreeMap<String, Value> {
        self.rules.get_or_init(|| {
            let files = SHIPPED.get_dir(FOLDER).into_iter();
            let files = files.flat_map(include_dir::Dir::files);
            let texts = files.filter_map(include_dir::File::contents_utf8);
            let mut rules = BTreeMap::new();
            for text in texts {
                // A test reads each.
                let entries: Vec<Mapping> = serde_yaml::from_str(text).unwrap_or_default();
                for mut entry in entries {
                    let id = entry.shift_remove("id");
                    let mut rule = Value::Mapping(entry);
                    let merged = rule.apply_merge();
                    if let (Some(id), Ok(())) = (id.as_ref().and_then(Value::as_str), merged) {
                        rules.insert(id.to_owned(), rule);
                    }
                }
            }
            rules
        })
    }

    fn licence(&self, spdx: &str) -> Option<&Licence> {
        let known = self.licences.get_or_init(|| {
            let text = super::shipped_text(LICENCES).unwrap_or_default();
            serde_yaml::from_str(text).unwrap_or_default()
        });
        known.iter().find(|licence| licence.spdx == spdx)
    }

    /// What stands for the names in a pack.
    fn values(&self, pack: &Pack, clause: &str) -> Vec<(&'static str, String)> {
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut values = vec![("$owner", pack.owner.name.clone())];
        let mut clauses = pack.clauses.iter();
        if let Some(clause) = clauses.find(|other| other.id == clause) {
            values.push(("$quote", one_line(&clause.quote)));
            values.push(("$document", one_line(&clause.document)));
        }
        let limits = &pack.limits;
        let limit = limits
            .limits
            .iter()
            .find(|limit| limit.id == limits.default);
        let family = limit.map(|limit| limit.family.as_str());
        let family = limits
            .families
            .iter()
            .find(|other| family.is_none_or(|family| other.id == family));
        if let Some(family) = family.filter(|family| !family.title.is_empty()) {
            values.push(("$api", family.title.clone()));
            let name = family.names.first().unwrap_or(&family.title);
            values.push(("$name", name.clone()));
            let mut groups = limits.hosts.iter();
            let group = groups.find(|group| group.families.contains(&family.id));
            let mut hosts = group.into_iter().flat_map(|group| &group.hosts);
            if let Some(host) = hosts.find(|host| !host.contains('*')) {
                values.push(("$host", host.clone()));
            }
        }
        if let Some(limit) = limit.filter(|limit| !limit.windows.is_empty()) {
            let seconds = 1.0 / Window::sustained(&limit.windows);
            let seconds = (seconds * 1000.0).ceil() / 1000.0;
            values.push(("$limits", Window::describe(&limit.windows)));
            values.push(("$pause", format!("{seconds}")));
            values.push(("$short", format!("{}", (seconds * 100.0).round() / 1000.0)));
        }
        let mut marks = pack.marks.marks.iter().rev();
        let mark = marks.find(|mark| !mark.technology);
        values.extend(mark.map(|mark| ("$mark", mark.name.clone())));
        if let Some(spdx) = pack.notices.attribution.licences.first() {
            values.push(("$licence", spdx.clone()));
            if let Some(licence) = self.licence(spdx) {
                values.push(("$licence_name", licence.name.clone()));
                values.push(("$licence_url", licence.address.clone()));
            }
        }
        sorted(values)
    }
}

/// A name that nothing was put for.
fn missing(value: &Value, values: &[(&str, String)]) -> Option<(&'static str, &'static str)> {
    let unknown = NAMES
        .iter()
        .filter(|(name, _)| !values.iter().any(|(known, _)| known == name));
    let mut unknown: Vec<_> = unknown.copied().collect();
    unknown.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    find(value, &unknown)
}

fn find(
    value: &Value,
    names: &[(&'static str, &'static str)],
) -> Option<(&'static str, &'static str)> {
    match value {
        Value::String(text) => {
            let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let stands = |name: &str| {
                let ends = |(at, _): (usize, &str)| !text[at + name.len()..].starts_with(word);
                text.match_indices(name).any(ends)
            };
            names.iter().copied().find(|(name, _)| stands(name))
        }
        Value::Sequence(items) => items.iter().find_map(|item| find(item, names)),
        Value::Mapping(mapping) => mapping.values().find_map(|item| find(item, names)),
        _ => None,
    }
}
