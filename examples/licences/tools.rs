//! What each tool says of a file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use termscheck::parse::licence::detect::{CERTAIN, detect};
use termscheck::parse::licence::words::words;

/// What a tool says of one file.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Every licence named, as families.
    pub all: BTreeSet<String>,
    /// Those named without reserve.
    pub certain: BTreeSet<String>,
    /// It says that the text is no longer the plain licence.
    pub changed: bool,
}

/// What this tool says of a text.
pub fn own(text: &str) -> Answer {
    let detection = detect(text);
    let ids = |least: f32| {
        let found = detection.found.iter().filter(|found| found.score >= least);
        found.map(|found| family(found.id)).collect()
    };
    let changed = detection.added.is_some();
    if detection.found.is_empty() {
        return named(names(text).into_iter());
    }
    Answer {
        all: ids(0.0),
        certain: if changed {
            BTreeSet::new()
        } else {
            ids(CERTAIN)
        },
        changed,
    }
}

/// What a text that is no licence names, as the reader of licence files takes it.
fn names(text: &str) -> Vec<String> {
    const HEAD: usize = 2048;
    let end = termscheck::source::floor_boundary(text, HEAD);
    let head = text[..end].replace('\n', " ");
    let names = words().map(|words| words.names_in(&head));
    let ids = names.into_iter().flatten().filter_map(|name| name.id);
    ids.collect()
}

/// The identifier that stands for all of the same text.
pub fn family(id: &str) -> String {
    let id = id.trim();
    let known = words().map_or(id, |words| words.family(id));
    let text = spdx::license_id(known).map_or("", |id| id.text());
    let same = spdx::text::LICENSE_TEXTS
        .iter()
        .filter(|(_, other)| !text.is_empty() && *other == text)
        .map(|(id, _)| *id)
        .min();
    let known = same.unwrap_or(known);
    words()
        .map_or(known, |words| words.family(known))
        .to_owned()
}

/// What other tools wrote of every file.
#[derive(Default)]
pub struct Answers {
    tools: Vec<(&'static str, BTreeMap<String, Answer>)>,
}

impl Answers {
    /// Reads the outputs that are there.
    pub fn read(folder: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let text = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
        let mut tools = Vec::new();
        if let Some(text) = text("askalono.json") {
            tools.push(("askalono", askalono(&text)?));
        }
        if let Some(text) = text("licensecheck.txt") {
            tools.push(("licensecheck", licensecheck(&text)));
        }
        if let Some(text) = text("scancode.json") {
            tools.push(("scancode", scancode(&text)?));
        }
        Ok(Self { tools })
    }

    /// Names of the tools.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.tools.iter().map(|(name, _)| *name)
    }

    /// What each says of a file; `None` where it was not asked.
    pub fn of<'a>(&'a self, path: &'a str) -> impl Iterator<Item = Option<Answer>> + 'a {
        self.tools
            .iter()
            .map(|(_, answers)| answers.get(path).cloned())
    }
}

fn named(ids: impl Iterator<Item = String>) -> Answer {
    let all: BTreeSet<String> = ids.map(|id| family(&id)).collect();
    Answer {
        certain: all.clone(),
        all,
        changed: false,
    }
}

fn relative(path: &str) -> String {
    let path = path.trim();
    path.strip_prefix("./").unwrap_or(path).to_owned()
}

/// A document a line: the whole text, or what is contained in it.
fn askalono(text: &str) -> Result<BTreeMap<String, Answer>, serde_json::Error> {
    let mut found = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with('{')) {
        let value: Value = serde_json::from_str(line)?;
        let Some(path) = value["path"].as_str() else {
            continue;
        };
        let result = &value["result"];
        let id = |value: &Value| value["license"]["name"].as_str().map(str::to_owned);
        let contained = result["containing"].as_array().into_iter().flatten();
        let ids: Vec<String> = id(result)
            .into_iter()
            .chain(contained.filter_map(id))
            .collect();
        found.insert(relative(path), named(ids.into_iter()));
    }
    Ok(found)
}

/// `PATH TAB NAMES`, names joined by `and/or` and the like.
fn licensecheck(text: &str) -> BTreeMap<String, Answer> {
    let mut found = BTreeMap::new();
    for (path, names) in text.lines().filter_map(|line| line.split_once('\t')) {
        let ids = identifiers(names);
        found.insert(relative(path), named(ids.into_iter()));
    }
    found
}

fn scancode(text: &str) -> Result<BTreeMap<String, Answer>, serde_json::Error> {
    let value: Value = serde_json::from_str(text)?;
    let mut found = BTreeMap::new();
    for file in value["files"].as_array().into_iter().flatten() {
        if file["type"] != "file" {
            continue;
        }
        let names = file["detected_license_expression_spdx"].as_str();
        let ids = identifiers(names.unwrap_or_default());
        let path = relative(file["path"].as_str().unwrap_or_default());
        found.insert(path, named(ids.into_iter()));
    }
    Ok(found)
}

/// The identifiers of an expression as tools write it.
fn identifiers(expression: &str) -> Vec<String> {
    expression
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ','))
        .filter(|word| !["AND", "OR", "WITH", "and", "or", "and/or", "with"].contains(word))
        .filter(|word| !word.is_empty() && !word.starts_with("UNKNOWN"))
        // What an exception permits is no licence of its own.
        .filter(|word| spdx::exception_id(word).is_none())
        .filter(|word| {
            ![
                "License",
                "UNKNOWN",
                "*No",
                "copyright*",
                "[generated",
                "file]",
            ]
            .contains(word)
        })
        .map(str::to_owned)
        .collect()
}
