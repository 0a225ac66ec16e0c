//! `names.yaml`: outdated, altered and translated product names.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Vocabulary;

/// `names.yaml`: outdated, altered and translated product names.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Names {
    /// Words that speak of a renaming: a sentence that holds one is quiet.
    pub renaming: Vec<String>,
    /// Words between two names that make them names of one thing: `now`.
    pub joining: Vec<String>,
    /// Words after which the name of something else is given, in which an old name may
    /// stand: `named`.
    pub naming: Vec<String>,
    /// Words of asking an API for permissions, whose resources keep their old names.
    pub asking: Vec<String>,
    /// What replacing one name by another has to heed.
    pub replacing: Replacing,
    /// Names that the owner retired.
    pub outdated: Vec<Outdated>,
    /// Wrong case, spacing or spelling.
    pub altered: Vec<Altered>,
    /// Names that were translated.
    pub translated: Vec<Translated>,
    /// Short forms that the owner does not use.
    pub abbreviated: Vec<Abbreviated>,
    /// Names as verbs and in the plural, by name.
    pub bent: BTreeMap<String, Vec<String>>,
    /// Words beside which a name that is run together is that of a thing of code:
    /// `module`.
    pub things: Vec<String>,
    /// Words that tell a sentence about modules of code, the names of other modules among
    /// them.
    pub modules: Vec<String>,
    /// Words before the title of a source: `source`.
    pub citing: Vec<String>,
    /// Words before the year in which something was: `in`.
    pub dating: Vec<String>,
    /// Words after which “'s” is a verb: `not`.
    pub contracted: Vec<String>,
    /// Words beside which a short form is a stock's: `shares`.
    pub tickers: Vec<String>,
}

/// A name and its short forms.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Abbreviated {
    /// The name in full.
    pub name: String,
    /// Its short forms, compared with case.
    pub short: Vec<String>,
    /// Words, in lower case, in whose sentence a short form means something else.
    #[serde(default)]
    pub others: Vec<String>,
}

/// Words before a name that may have to change with it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Replacing {
    /// The indefinite articles that go by the sound after them.
    pub articles: Articles,
    /// Words of any language, in lower case, whose form goes by the sound after them and
    /// that are not mended.
    pub elided: Vec<String>,
}

/// Indefinite articles of one language.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Articles {
    /// Before a consonant.
    pub consonant: String,
    /// Before a vowel.
    pub vowel: String,
    /// Words of which one in the sentence tells the language: those of others are spelt
    /// like the articles.
    pub sentence: Vec<String>,
}

/// A name that the owner retired.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outdated {
    /// Its forms.
    pub old: Vec<String>,
    /// The name now.
    pub new: String,
    /// The year in which it changed; a page of that year or before was right.
    pub since: u16,
    /// The new name stands wherever the old one stood, so that one may be put for
    /// the other unseen.
    #[serde(default)]
    pub exact: bool,
    /// Its forms run together, which are names of code as well.
    #[serde(default)]
    pub joined: Vec<String>,
    /// Longer names that hold an old form and are no retired names themselves.
    #[serde(default)]
    pub keep: Vec<String>,
    /// Names beside which an old form means something else.
    #[serde(default)]
    pub rivals: Vec<String>,
    /// Features of the product, which have other names than the new one and their words.
    #[serde(default)]
    pub features: Vec<Feature>,
}

/// Features of a product that was renamed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Feature {
    /// What follows the old name, in any case: `tenant`.
    pub words: Vec<String>,
    /// What is written now instead of the old name and those words; `{words}` is what was
    /// written.
    pub new: String,
}

/// A name and how it is misspelt.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Altered {
    /// The canonical form.
    pub name: String,
    /// Wrong forms, compared with case.
    pub wrong: Vec<String>,
    /// So common outside the owner's field that it counts only in a file that
    /// speaks of the owner.
    #[serde(default)]
    pub common: bool,
}

/// A name and its translations.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Translated {
    /// The canonical form.
    pub name: String,
    /// Translated forms by language (BCP 47), in any case.
    #[serde(default)]
    pub forms: BTreeMap<String, Vec<String>>,
    /// Forms of which only the preposition is translated: a guess worth a look.
    #[serde(default)]
    pub half: BTreeMap<String, Vec<String>>,
}

impl Vocabulary for Names {
    const FILE: &'static str = "names.yaml";

    fn validate(&self) -> Result<(), (String, String)> {
        for (index, outdated) in self.outdated.iter().enumerate() {
            if outdated.old.is_empty() {
                return Err((
                    format!("outdated.{index}.old"),
                    format!("`{}` replaces no name", outdated.new),
                ));
            }
            if let Some(at) = outdated.old.iter().position(|old| *old == outdated.new) {
                return Err((
                    format!("outdated.{index}.old.{at}"),
                    format!("`{}` is the new name too", outdated.new),
                ));
            }
        }
        for (index, altered) in self.altered.iter().enumerate() {
            if let Some(at) = altered
                .wrong
                .iter()
                .position(|wrong| *wrong == altered.name)
            {
                return Err((
                    format!("altered.{index}.wrong.{at}"),
                    format!("`{}` is the canonical form", altered.name),
                ));
            }
        }
        sorted(
            "outdated",
            self.outdated.iter().map(|one| one.new.as_str()),
            false,
        )?;
        sorted(
            "altered",
            self.altered.iter().map(|one| one.name.as_str()),
            true,
        )?;
        sorted(
            "translated",
            self.translated.iter().map(|one| one.name.as_str()),
            true,
        )?;
        sorted(
            "abbreviated",
            self.abbreviated.iter().map(|one| one.name.as_str()),
            true,
        )
    }
}

/// Whether a list is in the order of its names, so that each is found; of old names
/// several may have the same new one.
fn sorted<'a>(
    list: &str,
    names: impl Iterator<Item = &'a str>,
    once: bool,
) -> Result<(), (String, String)> {
    let mut previous: Option<String> = None;
    for (index, name) in names.enumerate() {
        let folded = name.to_lowercase();
        if let Some(previous) = &previous
            && (*previous > folded || (once && *previous == folded))
        {
            let message = format!("`{name}` is out of order; sort the list by name");
            return Err((format!("{list}.{index}"), message));
        }
        previous = Some(folded);
    }
    Ok(())
}
