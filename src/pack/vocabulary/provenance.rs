//! `provenance.yaml`: evidence that a page is derived from the licensed documentation.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Vocabulary;
use crate::facts::document::DocfxKind;
use crate::facts::extract::tokens;
use crate::pack::wording::{self, Wording, Words};

/// `provenance.yaml`: evidence that a page is derived from the licensed documentation.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Provenance {
    /// Sum of weights, in hundredths, from which a file counts as derived. A single
    /// mark of this weight is strong.
    pub threshold: u32,
    /// Hosts at which the documentation is published.
    pub hosts: Vec<String>,
    /// Names of the documentation that make code worth reading, beside the hosts.
    pub literals: Vec<String>,
    /// Organisations on code hosts whose repositories hold the documentation.
    pub organisations: Vec<String>,
    /// Word groups for the wordings below.
    pub words: BTreeMap<String, Wording>,
    /// Front matter, the first entry that fits a key counts.
    pub front_matter: Vec<KeyEvidence>,
    /// DocFX constructs.
    pub docfx: DocfxEvidence,
    /// Links and pictures as they stand in the documentation.
    pub links: LinkEvidence,
    /// Sentences that say where the text comes from.
    pub statements: Vec<StatementEvidence>,
    /// The documentation's own sentences, such as stand on many of its pages.
    pub passages: Vec<Passage>,
    /// Words inside a statement that take it back.
    pub denials: Vec<Wording>,
    /// Front-matter keys that name the page, best first.
    pub title_keys: Vec<String>,
    /// Front-matter keys that hold the address of the original, best first.
    pub origin_keys: Vec<String>,
    /// How a page tells its language.
    pub language: Language,
}

/// How a page tells its language.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Language {
    /// That of the originals, the first part of its tag: `en`.
    pub original: String,
    /// Front-matter keys that hold a language tag.
    pub keys: Vec<String>,
    /// Names of folders that are language tags.
    pub folders: Option<Wording>,
}

/// Front-matter keys that weigh the same.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyEvidence {
    /// Keys, compared without case and with `:` for `.`; a last `*` stands for any rest.
    pub keys: Vec<String>,
    /// Counts only with such a value.
    #[serde(default)]
    pub value: Option<Wording>,
    /// In hundredths.
    pub weight: u32,
    /// The most that all such keys of a page weigh together.
    #[serde(default)]
    pub most: Option<u32>,
    /// Says that the page is a translation, which is an indication of that change.
    #[serde(default)]
    pub translation: bool,
}

impl KeyEvidence {
    /// Whether `key`, normalised by [`normalise_key`], is one of these.
    pub fn fits(&self, key: &str) -> bool {
        self.keys.iter().any(|own| match own.strip_suffix('*') {
            Some(prefix) => key.len() > prefix.len() && key.starts_with(prefix),
            None => key == own,
        })
    }
}

/// A front-matter key in lower case, with dots.
pub fn normalise_key(key: &str) -> String {
    key.to_lowercase().replace(':', ".")
}

/// What DocFX constructs weigh.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DocfxEvidence {
    /// The most that all of them together weigh.
    pub most: u32,
    /// Each kind, with its name for messages.
    pub kinds: BTreeMap<DocfxKind, DocfxWeight>,
}

/// What links weigh.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LinkEvidence {
    /// The most that all of them together weigh.
    pub most: u32,
    /// Each kind.
    pub kinds: Vec<LinkWeight>,
}

/// Addresses that weigh the same.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkWeight {
    /// For messages: `links kept relative to the documentation's site`.
    pub what: String,
    /// What the address looks like.
    pub address: Wording,
    /// Of pictures only.
    #[serde(default)]
    pub pictures: bool,
    /// Only those in a folder that is named for the page.
    #[serde(default)]
    pub of_page: bool,
    /// Fewest of them on a page that count.
    pub fewest: usize,
    /// In hundredths.
    pub weight: u32,
}

/// One DocFX construct.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocfxWeight {
    /// In hundredths.
    pub weight: u32,
    /// For messages: `a DocFX include`.
    pub what: String,
}

/// A sentence of the documentation, or the distinctive part of one.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// Its words; letters match in either case.
    pub text: String,
    /// In hundredths.
    pub weight: u32,
}

/// Statements that weigh the same.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementEvidence {
    /// In hundredths, in documents.
    pub weight: u32,
    /// In hundredths, in comments in code, which speak of code more often.
    pub in_comments: u32,
    /// In hundredths, where it stands alone and opens a page.
    #[serde(default)]
    pub opening: Option<u32>,
    /// The sentences.
    pub wordings: Vec<Wording>,
}

impl Provenance {
    /// The word groups of this file beside those that stand for tokens.
    pub fn words(&self) -> Words {
        wording::words(&tokens::words(), &self.words).unwrap_or_default()
    }
}

impl Vocabulary for Provenance {
    const FILE: &'static str = "provenance.yaml";

    fn validate(&self) -> Result<(), (String, String)> {
        let words = wording::words(&tokens::words(), &self.words)
            .map_err(|(name, message)| (format!("words.{name}"), message))?;
        for (index, evidence) in self.front_matter.iter().enumerate() {
            if let Some(key) = evidence
                .keys
                .iter()
                .position(|key| *key != normalise_key(key))
            {
                return Err((
                    format!("front_matter.{index}.keys.{key}"),
                    "keys are written in lower case with dots; they match any case and `:`"
                        .to_owned(),
                ));
            }
            if let Some(value) = &evidence.value {
                value
                    .judge(&words)
                    .map_err(|message| (format!("front_matter.{index}.value"), message))?;
            }
        }
        for (index, link) in self.links.kinds.iter().enumerate() {
            let judged = link.address.judge(&words);
            judged.map_err(|message| (format!("links.kinds.{index}.address"), message))?;
        }
        for (index, statement) in self.statements.iter().enumerate() {
            let key = format!("statements.{index}.wordings");
            wording::check(&statement.wordings, &key, &words)?;
        }
        if let Some(index) = self
            .passages
            .iter()
            .position(|passage| passage.text.split_whitespace().count() < 4)
        {
            let message = "fewer than four words are nobody's own";
            return Err((format!("passages.{index}.text"), message.to_owned()));
        }
        if let Some(folders) = &self.language.folders {
            folders
                .judge(&words)
                .map_err(|message| ("language.folders".to_owned(), message))?;
        }
        wording::check(&self.denials, "denials", &words)
    }
}
