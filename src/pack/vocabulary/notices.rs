//! `notices.yaml`: words of attributions, trademark notices and denials of affiliation.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Vocabulary;
use crate::facts::extract::tokens;
use crate::pack::Glob;
use crate::pack::wording::{self, Wording, Words};

/// `notices.yaml`: words of attributions, trademark notices and denials of affiliation.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Notices {
    /// The owner's name in other scripts and short forms.
    pub owner_names: Vec<String>,
    /// Literals one of which stands in every notice that does not name the owner.
    pub literals: Vec<String>,
    /// Those of them that are looked for in code, where licence headers hold others.
    pub code_literals: Vec<String>,
    /// Word groups for the wordings below.
    pub words: BTreeMap<String, Wording>,
    /// Sentences that say whose trademarks the marks are.
    pub ownership: Vec<Wording>,
    /// Sentences that deny affiliation, sponsorship or endorsement.
    pub non_affiliation: Vec<Wording>,
    /// Words of attributions.
    pub attribution: Attribution,
}

/// Words of attributions.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Attribution {
    /// SPDX identifiers of the licence.
    pub licences: Vec<String>,
    /// SPDX identifier of the licence of code samples, which stand in a page under terms of
    /// their own; empty where they have none.
    pub code_licence: String,
    /// Names of the licence in text.
    pub notice: Vec<Wording>,
    /// Addresses of the licence.
    pub link: Vec<Wording>,
    /// Beginnings of the names of licence files in the owner's repositories.
    pub licence_files: Vec<String>,
    /// Words that say that the licence stands in a file.
    pub pointer: Vec<Wording>,
    /// The licensor's own grant, which names creator and licence.
    pub grant: Vec<Wording>,
    /// Words that name the owner as creator wherever they stand.
    pub creator: Vec<Wording>,
    /// Copyright notices that name the owner.
    pub copyright: Vec<Wording>,
    /// Words that make the text around them an attribution.
    pub context: Vec<Wording>,
    /// Headings under which text is an attribution.
    pub headings: Vec<Wording>,
    /// Indications of changes, inside an attribution.
    pub changes: Vec<Wording>,
    /// Places of a form that nobody filled in, inside an attribution.
    pub placeholders: Vec<Wording>,
    /// References to the disclaimer of warranties.
    pub disclaimer: Vec<Wording>,
    /// Files that are an attribution as a whole.
    pub files: Vec<Glob>,
    /// Files that hold an attribution for everything in and below their folder.
    pub carriers: Vec<Glob>,
    /// Folders that hold such files for the folder above.
    pub folders: Vec<String>,
    /// Templates and layouts of a site, which hold one for everything.
    pub layouts: Vec<Glob>,
    /// Front-matter keys that name the creator.
    pub creator_keys: Vec<String>,
    /// Front-matter keys that give the address of the original.
    pub source_keys: Vec<String>,
    /// Front-matter keys that name the licence.
    pub licence_keys: Vec<String>,
}

impl Notices {
    /// The word groups of this file beside those that stand for tokens.
    pub fn words(&self) -> Words {
        wording::words(&tokens::words(), &self.words).unwrap_or_default()
    }
}

impl Vocabulary for Notices {
    const FILE: &'static str = "notices.yaml";

    fn validate(&self) -> Result<(), (String, String)> {
        let words = wording::words(&tokens::words(), &self.words)
            .map_err(|(name, message)| (format!("words.{name}"), message))?;
        let attribution = &self.attribution;
        for (wordings, key) in [
            (&self.ownership, "ownership"),
            (&self.non_affiliation, "non_affiliation"),
            (&attribution.notice, "attribution.notice"),
            (&attribution.link, "attribution.link"),
            (&attribution.pointer, "attribution.pointer"),
            (&attribution.grant, "attribution.grant"),
            (&attribution.creator, "attribution.creator"),
            (&attribution.copyright, "attribution.copyright"),
            (&attribution.context, "attribution.context"),
            (&attribution.headings, "attribution.headings"),
            (&attribution.changes, "attribution.changes"),
            (&attribution.placeholders, "attribution.placeholders"),
            (&attribution.disclaimer, "attribution.disclaimer"),
        ] {
            wording::check(wordings, key, &words)?;
        }
        Ok(())
    }
}
