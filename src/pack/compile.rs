//! From the files of a pack to a [`Pack`]: what serde can't judge is judged here,
//! and every error points at the key at fault.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_yaml::Value;

use super::doubt;
use super::error::{PackError, PackFile};
use super::extend;
use super::page::PageFacts;
use super::schema::{Aggregate, Clause, Force, Owner, OwnersText, Place, Rule, SourceDocument};
use super::shared::{self, RawUse, Shared};
use super::vocabulary::{Limits, Marks, Vocabulary};
use super::{CompiledRule, Pack};
use crate::checks::{self, BuildError, configure_at};
use crate::facts::Zone;
use crate::finding::{Confidence, Severity};

/// The name of the file that makes a folder a pack.
pub(super) const MANIFEST: &str = "pack.yaml";

/// The version of the packs' schema that is read.
const SCHEMA: u32 = 1;

/// The one key of `pack.yaml` that every version has.
#[derive(Deserialize)]
struct Version {
    schema: u32,
}

/// Whose terms these are, and the sentences that rules rest on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawPack {
    /// Version of the packs' form: 1.
    #[serde(rename = "schema")]
    _schema: u32,
    /// Lower-case words and hyphens; with that of a pack that ships it takes its place.
    id: String,
    /// Whose terms these are, for people.
    title: String,
    /// Who owns the marks and the documentation.
    owner: Owner,
    /// The documents that clauses quote, each by a short id.
    #[serde(deserialize_with = "once_each")]
    sources: BTreeMap<String, SourceDocument>,
    /// The sentences that rules rest on.
    clauses: Vec<RawClause>,
    /// Where the words of a clause of `page.yaml` stand in another edition, by clause.
    #[serde(default, deserialize_with = "once_each")]
    places: BTreeMap<String, Place>,
}

/// One sentence of one document.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawClause {
    /// Id within the pack.
    id: String,
    /// Id of the document, in `sources`.
    source: String,
    /// Where it stands in the document.
    section: String,
    /// The document's own words, enough of them to decide by.
    quote: String,
    /// Where the words stand in a page that is at hand.
    #[serde(default)]
    place: Option<Place>,
}

/// A rule of the pack's own.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawRule {
    /// `family/name`, unique over all packs of a run.
    id: String,
    /// The ids that it had before, the latest first; all are accepted in its place.
    #[serde(default)]
    aliases: Vec<String>,
    /// One line: what is wrong, not what is checked.
    title: String,
    /// Id of the clause that backs it.
    clause: String,
    /// What a breach means.
    force: Force,
    /// The highest level of its findings.
    severity: Severity,
    /// How sure its findings are at most; what is low is shown with `--pedantic` only.
    confidence: Confidence,
    /// Shown with `--pedantic` only.
    #[serde(default)]
    pedantic: bool,
    /// Off in the owner's own repositories.
    #[serde(default)]
    owner_exempt: bool,
    /// On text that is the owner's own in somebody else's repository.
    #[serde(default)]
    owners_text: OwnersText,
    /// Where its findings are kept.
    #[serde(default = "default_zones")]
    zones: Vec<Zone>,
    /// How often it is told.
    #[serde(default)]
    aggregate: Aggregate,
    /// A rule of the pack: where it has a finding, that one takes those of this rule into its
    /// help.
    #[serde(default)]
    joins: Option<String>,
    /// The help in general words, for a list of rules.
    #[serde(default)]
    advice: Option<String>,
    /// The algorithm.
    check: String,
    /// What the algorithm asks for; `termscheck explain` lists it for every rule that ships.
    #[serde(default)]
    #[schemars(with = "serde_json::Value")]
    with: serde_yaml::Value,
    /// One sentence; the check fills in its `{names}`.
    message: String,
    /// What to type instead.
    help: String,
    /// What it does, why, and what stays quiet.
    explanation: String,
    /// An example that breaks it.
    bad: String,
    /// The same, mended.
    good: String,
}

/// The JSON Schema of `pack.yaml`.
pub(super) fn manifest_schema() -> Schema {
    crate::schema::of::<RawPack>()
}

/// What may stand in a file of rules.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "for the schema: each is read by what it has")]
enum Entry {
    /// A rule of the pack's own.
    Own(RawRule),
    /// One that stands for every vendor.
    Shared(RawUse),
}

/// The JSON Schema of a file of rules.
pub(super) fn rules_schema() -> Schema {
    crate::schema::of::<Vec<Entry>>()
}

fn default_zones() -> Vec<Zone> {
    vec![Zone::Project, Zone::Docs, Zone::Example]
}

/// Makes a pack of its files. `name` is the pack's folder, for errors.
pub(super) fn compile(name: &str, files: &[PackFile], shared: &Shared) -> Result<Pack, PackError> {
    let manifest = file(files, MANIFEST)
        .ok_or_else(|| PackError::plain(format!("{name}: the pack has no {MANIFEST}")))?;
    let version: Version = manifest.read()?;
    if version.schema != SCHEMA {
        let message = format!("this version of termscheck reads schema {SCHEMA}");
        return Err(manifest.at("schema", message));
    }
    let raw: RawPack = manifest.read()?;
    judge(&raw).map_err(|(key, message)| manifest.at(&key, message))?;
    let page: Option<PageFacts> = file(files, PageFacts::FILE)
        .map(|file| judged(file, file.read()?))
        .transpose()?;
    let mut limits: Limits = read(files)?;
    let mut marks: Marks = vocabulary(files)?;
    let mut all = clauses(&raw);
    if let Some(page) = &page {
        page.add_limits(&mut limits);
        page.add_marks(&mut marks);
        for (index, clause) in page.clauses().into_iter().enumerate() {
            if all.iter().any(|other| other.id == clause.id) {
                let message = format!(
                    "{} gives the clause `{}` already",
                    PageFacts::FILE,
                    clause.id
                );
                return Err(manifest.at(&format!("clauses.{index}.id"), message));
            }
            all.push(clause);
        }
    }
    for (id, place) in &raw.places {
        let Some(clause) = all.iter_mut().find(|clause| clause.id == *id) else {
            let known = page.iter().flat_map(PageFacts::clauses);
            let known: Vec<String> = known.map(|clause| clause.id.clone()).collect();
            return Err(manifest.at(&format!("places.{id}"), unknown("clause", id, known)));
        };
        Arc::make_mut(clause).place = Some(place.clone());
    }
    if let Some(file) = file(files, Limits::FILE) {
        limits = judged(file, limits)?;
    }
    let mut pack = Pack {
        redirects: redirects(&raw),
        clauses: all,
        page,
        id: raw.id.into(),
        title: raw.title,
        shipped: manifest.trusted,
        owner: raw.owner,
        marks,
        logos: vocabulary(files)?,
        names: vocabulary(files)?,
        limits,
        provenance: vocabulary(files)?,
        notices: vocabulary(files)?,
        rules: Vec::new(),
        warnings: Vec::new(),
        unfit: Vec::new(),
    };
    pack.rules = rules(&pack, files, shared)?;
    // Those that ship are read by the tests.
    if !files.iter().all(|file| file.trusted) {
        pack.warnings = doubt::warnings(&pack);
        pack.unfit = doubt::unfit(&pack);
    }
    Ok(pack)
}

/// The rules of a pack, in id order.
fn rules(pack: &Pack, files: &[PackFile], shared: &Shared) -> Result<Vec<CompiledRule>, PackError> {
    let mut rules: BTreeMap<String, (CompiledRule, &str)> = BTreeMap::new();
    let mut joining = Vec::new();
    for file in files.iter().filter(|file| file.path.starts_with("rules/")) {
        for (index, (raw, origin)) in entries(pack, file, shared)?.into_iter().enumerate() {
            if let Some((_, other)) = rules.get(&raw.id) {
                let message = format!("there is a rule `{}` already, in {other}", raw.id);
                let key = if origin == Origin::Own {
                    "id"
                } else {
                    shared::KEY
                };
                return Err(file.at(&format!("{index}.{key}"), message));
            }
            let compiled = rule(pack, raw, origin == Origin::Shared)
                .map_err(|error| file.at(&format!("{index}.{}", error.key), error.message))?;
            if let Some(host) = &compiled.rule.joins {
                let id = compiled.rule.id.clone();
                joining.push((file, format!("{index}.joins"), host.clone(), id));
            }
            rules.insert(compiled.rule.id.clone(), (compiled, &file.shown));
        }
    }
    for (file, key, host, id) in joining {
        let Some((joined, _)) = rules.get(&host) else {
            // A rule that stands for every vendor is told alone where the other is not there.
            let alone = rules.get_mut(&id).filter(|(own, _)| own.rule.shared);
            if let Some((own, _)) = alone {
                Arc::make_mut(&mut own.rule).joins = None;
                continue;
            }
            return Err(file.at(&key, unknown("rule", &host, rules.keys())));
        };
        if joined.rule.joins.is_some() {
            let message = format!("`{host}` joins a rule itself; no finding would hold this one");
            return Err(file.at(&key, message));
        }
    }
    Ok(rules.into_values().map(|(compiled, _)| compiled).collect())
}

/// Where a rule is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// In the pack.
    Own,
    /// In `rules/common/rules/`.
    Shared,
}

/// The rules of a file, those that stand for every vendor written out.
fn entries(
    pack: &Pack,
    file: &PackFile,
    shared: &Shared,
) -> Result<Vec<(RawRule, Origin)>, PackError> {
    let is_shared = |entry: &Value| entry.get(shared::KEY).is_some();
    let takes_over = file.text.contains("rule:");
    let values: Vec<Value> = if takes_over { file.read()? } else { Vec::new() };
    if !values.iter().any(is_shared) {
        let own = file.read::<Vec<RawRule>>()?.into_iter();
        return Ok(own.map(|rule| (rule, Origin::Own)).collect());
    }
    let read = |(index, mut value): (usize, Value)| {
        let at = |error: BuildError| file.at(&format!("{index}.{}", error.key), error.message);
        value
            .apply_merge()
            .map_err(|error| file.at(&index.to_string(), error.to_string()))?;
        if !is_shared(&value) {
            return Ok((configure_at(value, "").map_err(at)?, Origin::Own));
        }
        let whole = shared.expand(pack, value).map_err(at)?;
        let mut rule: RawRule = configure_at(whole.rule, "").map_err(at)?;
        rule.aliases = whole.was.into_iter().collect();
        Ok((rule, Origin::Shared))
    };
    values.into_iter().enumerate().map(read).collect()
}

fn file<'a>(files: &'a [PackFile], path: &str) -> Option<&'a PackFile> {
    files.iter().find(|file| file.path == path)
}

fn vocabulary<T: Vocabulary>(files: &[PackFile]) -> Result<T, PackError> {
    match file(files, T::FILE) {
        Some(file) => judged(file, extend::read(file)?),
        None => Ok(T::default()),
    }
}

fn read<T: Vocabulary>(files: &[PackFile]) -> Result<T, PackError> {
    file(files, T::FILE).map_or_else(|| Ok(T::default()), extend::read)
}

fn judged<T: Vocabulary>(file: &PackFile, vocabulary: T) -> Result<T, PackError> {
    vocabulary
        .validate()
        .map_err(|(key, message)| file.at(&key, message))?;
    Ok(vocabulary)
}

/// What is wrong with `pack.yaml`, and the key it is wrong at.
fn judge(raw: &RawPack) -> Result<(), (String, String)> {
    let fault = |key: String, message: String| Err((key, message));
    if !is_kebab(&raw.id) {
        let message = "a pack's id is made of lower-case words and hyphens";
        return fault("id".to_owned(), message.to_owned());
    }
    for (key, value) in [("title", &raw.title), ("owner.name", &raw.owner.name)] {
        if value.trim().is_empty() {
            return fault(key.to_owned(), "must not be empty".to_owned());
        }
    }
    for (id, document) in &raw.sources {
        let url = &document.url;
        if !url.starts_with("https://") || url.contains(char::is_whitespace) {
            let message = "a source needs the https:// address of the document";
            return fault(format!("sources.{id}.url"), message.to_owned());
        }
    }
    for (id, place) in &raw.places {
        if place.line == 0 || place.quote.trim().is_empty() {
            let message = "a place is a line, counted from 1, and the words on it";
            return fault(format!("places.{id}"), message.to_owned());
        }
    }
    for (index, clause) in raw.clauses.iter().enumerate() {
        let key = |name: &str| format!("clauses.{index}.{name}");
        if !raw.sources.contains_key(&clause.source) {
            return fault(
                key("source"),
                unknown("source", &clause.source, raw.sources.keys())
                    + ": a clause needs the document that backs it",
            );
        }
        if clause.quote.trim().is_empty() {
            let message = "a clause needs the document's own words";
            return fault(key("quote"), message.to_owned());
        }
        if let Some(place) = &clause.place
            && (place.line == 0 || place.quote.trim().is_empty())
        {
            let message = "a place is a line, counted from 1, and the words on it";
            return fault(key("place"), message.to_owned());
        }
        if raw.clauses[..index]
            .iter()
            .any(|other| other.id == clause.id)
        {
            let message = format!("there is a clause `{}` already", clause.id);
            return fault(key("id"), message);
        }
    }
    Ok(())
}

fn redirects(raw: &RawPack) -> Vec<(String, String)> {
    raw.sources
        .values()
        .flat_map(|source| {
            source
                .short
                .iter()
                .map(|short| (short.clone(), source.url.clone()))
        })
        .collect()
}

fn clauses(raw: &RawPack) -> Vec<Arc<Clause>> {
    raw.clauses
        .iter()
        .filter_map(|clause| {
            let document = raw.sources.get(&clause.source)?;
            Some(Arc::new(Clause {
                id: clause.id.clone(),
                source: clause.source.clone(),
                document: document.title.clone(),
                name: document.name.clone().unwrap_or_default(),
                url: document.url.clone(),
                section: clause.section.clone(),
                quote: clause.quote.trim_end().to_owned(),
                place: clause.place.clone(),
            }))
        })
        .collect()
}

fn rule(pack: &Pack, mut raw: RawRule, shared: bool) -> Result<CompiledRule, BuildError> {
    let fault = |key: &str, message: String| BuildError {
        key: key.to_owned(),
        message,
    };
    let named = [("id".to_owned(), &raw.id)];
    let before = raw.aliases.iter().enumerate();
    let before = before.map(|(index, name)| (format!("aliases[{index}]"), name));
    for (key, name) in named.into_iter().chain(before) {
        let parts = name.split_once('/');
        if !parts.is_some_and(|(family, name)| is_kebab(family) && is_kebab(name)) {
            let message = "a rule's id is `family/name`, of lower-case words and hyphens";
            return Err(fault(&key, message.to_owned()));
        }
    }
    for (key, value) in [
        ("title", &raw.title),
        ("message", &raw.message),
        ("help", &raw.help),
        ("explanation", &raw.explanation),
        ("bad", &raw.bad),
        ("good", &raw.good),
    ] {
        if value.trim().is_empty() {
            return Err(fault(key, "must not be empty".to_owned()));
        }
    }
    if raw.zones.is_empty() {
        let message = "without a zone the rule finds nothing";
        return Err(fault("zones", message.to_owned()));
    }
    let clauses = || pack.clauses.iter().map(|clause| &clause.id);
    let clause = pack
        .clauses
        .iter()
        .find(|clause| clause.id == raw.clause)
        .ok_or_else(|| fault("clause", unknown("clause", &raw.clause, clauses())))?;
    let builder = checks::CHECKS
        .iter()
        .find(|(name, _)| *name == raw.check)
        .map(|(_, builder)| builder)
        .ok_or_else(|| {
            let known = checks::CHECKS.iter().map(|(name, _)| name);
            fault("check", unknown("check", &raw.check, known))
        })?;
    // Rules that share a check share its words by an anchor and `<<`.
    raw.with
        .apply_merge()
        .map_err(|error| fault("with", error.to_string()))?;
    extend::with(&mut raw.with)?;
    let check = builder(&raw.with, pack)?;
    let known = check.placeholders();
    for name in placeholders(&raw.message).map_err(|message| fault("message", message))? {
        if !known.contains(&name) {
            return Err(fault("message", unknown("placeholder", name, known)));
        }
    }
    let rule = Rule {
        pack: Arc::clone(&pack.id),
        clause: Arc::clone(clause),
        names: names(&pack.id, &raw.id, &raw.aliases, shared),
        before: raw.aliases,
        shared,
        id: raw.id,
        title: raw.title,
        force: raw.force,
        severity: raw.severity,
        confidence: raw.confidence,
        pedantic: raw.pedantic,
        owner_exempt: raw.owner_exempt,
        owners_text: raw.owners_text,
        zones: raw.zones,
        aggregate: raw.aggregate,
        joins: raw.joins,
        check: raw.check,
        with: raw.with,
        message: raw.message.trim_end().to_owned(),
        help: raw.help.trim_end().to_owned(),
        general: raw.advice,
        explanation: raw.explanation,
        bad: raw.bad,
        good: raw.good,
    };
    Ok(CompiledRule {
        rule: Arc::new(rule),
        check,
    })
}

/// Everything that a rule answers to, what no other pack has first.
fn names(pack: &str, id: &str, before: &[String], shared: bool) -> Vec<String> {
    let mut names = vec![format!("{pack}:{id}")];
    let own = std::iter::once(id.to_owned());
    if shared {
        names.extend(before.iter().cloned().chain(own));
    } else {
        names.extend(own.chain(before.iter().cloned()));
    }
    names.dedup();
    names
}

/// "unknown clause `a`, expected one of `b`, `c`": serde's words for a wrong key.
pub(super) fn unknown<S: AsRef<str>>(
    what: &str,
    name: &str,
    known: impl IntoIterator<Item = S>,
) -> String {
    let known: Vec<String> = known
        .into_iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    match known.as_slice() {
        [] => format!("unknown {what} `{name}`, there are none"),
        known => format!(
            "unknown {what} `{name}`, expected one of {}",
            known.join(", ")
        ),
    }
}

/// A name as an id: lower-case words and hyphens; nothing where no letter is left.
pub(crate) fn kebab(name: &str) -> Option<String> {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_end_matches('-');
    let out = out.trim_start_matches(|c: char| c == '-' || c.is_ascii_digit());
    (!out.is_empty()).then(|| out.to_owned())
}

pub(crate) fn is_kebab(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('-')
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The `{names}` of a message template.
fn placeholders(template: &str) -> Result<Vec<&str>, String> {
    template
        .split('{')
        .skip(1)
        .map(|part| match part.split_once('}') {
            Some((name, _)) => Ok(name),
            None => Err("a `{` is never closed".to_owned()),
        })
        .collect()
}

/// A mapping that names nothing twice; serde itself lets the last one win.
fn once_each<'de, D, T>(deserializer: D) -> Result<BTreeMap<String, T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct OnceEach<T>(std::marker::PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for OnceEach<T> {
        type Value = BTreeMap<String, T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a mapping")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut out = BTreeMap::new();
            while let Some((key, value)) = map.next_entry::<String, T>()? {
                if out.contains_key(&key) {
                    return Err(de::Error::custom(format_args!("`{key}` stands here twice")));
                }
                out.insert(key, value);
            }
            Ok(out)
        }
    }
    deserializer.deserialize_map(OnceEach(std::marker::PhantomData))
}
