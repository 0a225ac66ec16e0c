//! What may stand in `termscheck.yaml`, key by key. The JSON Schema of the file is made
//! from these types.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::grant::Grant;
use crate::finding::Severity;

/// One configuration, as written.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[schemars(title = "termscheck.yaml")]
pub struct Settings {
    /// No configuration above this one counts.
    pub root: bool,
    /// Another configuration, relative to this one, whose settings count where this one
    /// says nothing. Its patterns are read as if they stood here.
    pub extends: Option<String>,
    /// Lowest level at which findings make the exit status 1. Only in the topmost file.
    pub fail_on: Option<FailOn>,
    /// Form or forms of the report. Only in the topmost file.
    #[serde(deserialize_with = "one_or_more")]
    #[schemars(with = "Option<OneOrMore>")]
    pub format: Vec<String>,
    /// Number of threads; 0 lets the machine decide. Only in the topmost file.
    pub threads: Option<usize>,
    /// File of accepted findings, relative to this file. Only in the topmost file.
    pub baseline: Option<String>,
    /// Folders of rule packs, relative to this file. Only in the topmost file.
    pub rules: Vec<String>,
    /// Indexes of licensed documentation, made by `termscheck index`, relative to this file.
    /// Only in the topmost file.
    pub indexes: Vec<String>,
    /// Identifiers of the packs that take part; left out, the evidence decides. Only in
    /// the topmost file.
    pub packs: Option<Vec<String>>,
    /// Who owns the repository; decides whose trademark reservation binds it.
    pub owner: Option<String>,
    /// Glob patterns, as in `.gitignore`, of files that are not scanned.
    pub exclude: Vec<String>,
    /// Severity by rule id or glob; `off` switches a rule off.
    pub severity: BTreeMap<String, Level>,
    /// Findings that are known and accepted.
    pub ignore: Vec<IgnoreEntry>,
    /// Permissions that are held: what they permit is no finding.
    pub grants: Vec<Grant>,
    /// How `termscheck fix` writes attributions and notices.
    pub attribution: AttributionSettings,
    /// Settings of some paths.
    pub overrides: Vec<Override>,
}

/// `attribution`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AttributionSettings {
    /// Where they are written; left out: nowhere.
    pub style: Option<AttributionStyle>,
    /// What was changed in the pages that are taken over, in a few words, or `none`.
    pub changes: Option<String>,
}

/// Where an attribution is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum AttributionStyle {
    /// At the end of the page itself.
    #[serde(rename = "footer")]
    Footer,
    /// In an ATTRIBUTION.md of the folder that holds the pages.
    #[serde(rename = "ATTRIBUTION.md")]
    File,
    /// In the REUSE.toml at the top, with the licence's text in LICENSES/.
    #[serde(rename = "REUSE.toml")]
    Reuse,
}

impl AttributionStyle {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Footer => "footer",
            Self::File => "ATTRIBUTION.md",
            Self::Reuse => "REUSE.toml",
        }
    }
}

/// One entry of `ignore`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IgnoreEntry {
    /// Rule id or glob.
    pub rule: String,
    /// Glob patterns of files; empty: everywhere.
    #[serde(default)]
    pub paths: Vec<String>,
    /// Why; required.
    pub reason: String,
    /// The last day that it counts, year-month-day; left out: for good.
    #[serde(default)]
    pub until: Option<String>,
}

/// One entry of `overrides`: what holds for some paths.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Glob patterns of files, as in `.gitignore`.
    pub paths: Vec<String>,
    /// Severity by rule id or glob; `off` switches a rule off.
    #[serde(default)]
    pub severity: BTreeMap<String, Level>,
    /// Who owns these files.
    #[serde(default)]
    pub owner: Option<String>,
}

/// A configured level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Never reported.
    Off,
    /// A note.
    Note,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

impl Level {
    /// The severity, `None` for off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        self.severity().map_or("off", Severity::as_str)
    }
}

/// From which level on findings fail the run: `--fail-on`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Errors
    #[default]
    Error,
    /// Warnings and errors
    Warning,
    /// Anything
    Note,
    /// Findings never fail
    Never,
}

impl FailOn {
    /// The lowest severity that fails, `None` for never.
    pub fn threshold(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        self.threshold().map_or("never", Severity::as_str)
    }
}

/// A single text or a list of them, for the schema.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "read by schemars only")]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

/// Reads `format: a` like `format: [a]`.
fn one_or_more<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    struct Texts;

    impl<'de> Visitor<'de> for Texts {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text or a list of texts")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
            Ok(vec![text.to_owned()])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            let mut texts = Vec::new();
            while let Some(text) = items.next_element()? {
                texts.push(text);
            }
            Ok(texts)
        }
    }

    deserializer.deserialize_any(Texts)
}
