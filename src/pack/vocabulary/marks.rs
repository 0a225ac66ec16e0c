//! `marks.yaml`: names that the owner keeps as trademarks.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use schemars::JsonSchema;
use serde::Deserialize;

use super::Vocabulary;
use super::mark_names::NameReader;
use super::phrases::PhraseSet;

/// `marks.yaml`: names that the owner keeps as trademarks.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Marks {
    /// The house mark, which also makes an ordinary word a mark.
    pub house: String,
    /// Short forms of the house mark that lead a name: `ms`.
    pub house_abbreviations: Vec<String>,
    /// Words that refer to what follows: `for`, `with`.
    pub connectors: Vec<String>,
    /// Words of a name that are nobody's brand: `go`, `simple`.
    pub generic: Vec<String>,
    /// First words of lists of links: `awesome`.
    pub lists: Vec<String>,
    /// Last words of a text about something: `notes`, `docs`. Those in scripts that
    /// write no spaces count at the end of a word, too.
    pub writings: Vec<String>,
    /// Words after a mark and a colon that say that a text is about it: `how`, `report`.
    pub telling: Vec<String>,
    /// Words between a mark and what it is compared with: `vs`.
    pub comparing: Vec<String>,
    /// Words after which a text has its number: "Second Edition".
    pub editions: Vec<String>,
    /// Letters after a mark that make another word of it, as `er` does.
    pub endings: Vec<String>,
    /// Words after a mark that make it a way of working with it: `as code`.
    pub practices: Vec<String>,
    /// Repositories whose titles say what their code manages.
    pub managing: Managing,
    /// Words after the house mark that say that the company itself is the subject.
    pub subjects: Vec<String>,
    /// Letters or digits that, before a number of three digits, are the number of one
    /// of the owner's exams or courses: `az` of AZ-900.
    pub exams: Vec<String>,
    /// How certificates of the owner are named.
    pub credentials: Credentials,
    /// Words that join the parts of an enumeration: `and`, `or`.
    pub joiners: Vec<String>,
    /// How pictures of marks are named.
    pub logos: Logos,
    /// The marks.
    pub marks: Vec<Mark>,
    #[serde(skip)]
    finder: OnceLock<Arc<MarkFinder>>,
}

/// How certificates of the owner are named: "… Certified: … Associate".
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Credentials {
    /// Words that follow a mark: `certified`.
    pub words: Vec<String>,
    /// Words of which one follows unless a colon or nothing does.
    pub levels: Vec<String>,
}

/// How repositories are known whose code sets up what is somebody else's: its title is
/// that thing's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Managing {
    /// Beginnings of their names, before the name of a provider: `terraform-`.
    pub names: Vec<String>,
    /// Beginnings of names of other repositories.
    pub except: Vec<String>,
    /// Files at the top of which all of a set are there.
    pub files: Vec<Vec<String>>,
}

/// How pictures of marks are named: `onedrive-logo.svg`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Logos {
    /// Words that say that a picture is a logo.
    pub words: Vec<String>,
    /// Extensions of pictures.
    pub extensions: Vec<String>,
}

/// One mark.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "keys of YAML, each of its own"
)]
pub struct Mark {
    /// Its canonical form, with the house mark where the owner writes it.
    pub name: String,
    /// Without the house mark it is an ordinary word, so that it counts only with it
    /// or in one of `forms`.
    #[serde(default)]
    pub word: bool,
    /// Although it is an ordinary word, it counts where the repository speaks of any
    /// other product of the owner or calls a host of it.
    #[serde(default)]
    pub near: bool,
    /// Add-ons are conventionally named for it, as its owner asks or suffers: quiet
    /// in a name unless the house mark leads or nothing else stands there.
    #[serde(default)]
    pub technology: bool,
    /// Without the house mark it is so ordinary a word that it never counts.
    #[serde(default)]
    pub house_only: bool,
    /// Its bare name, its `versions` and its abbreviations tell a platform: quiet in a
    /// name unless nothing else stands there; with the house mark it counts.
    #[serde(default)]
    pub platform: bool,
    /// The name with a version, which means nothing else.
    #[serde(default)]
    pub versions: Vec<String>,
    /// Although it is an ordinary word, a display name that begins with it, written
    /// with a capital, means the product.
    #[serde(default)]
    pub distinct: bool,
    /// Further forms that mean nothing else.
    #[serde(default)]
    pub forms: Vec<String>,
    /// Short forms in names that mean nothing else.
    #[serde(default)]
    pub abbreviations: Vec<String>,
    /// Short forms in names that may mean something else: they count in a repository
    /// whose prose speaks of the mark.
    #[serde(default)]
    pub ambiguous: Vec<String>,
}

impl Mark {
    /// The name without the house mark.
    pub fn short<'a>(&'a self, house: &str) -> &'a str {
        self.name
            .strip_prefix(house)
            .map_or(self.name.as_str(), str::trim_start)
    }
}

impl Vocabulary for Marks {
    const FILE: &'static str = "marks.yaml";

    fn validate(&self) -> Result<(), (String, String)> {
        if self.house.trim().is_empty() && !self.marks.is_empty() {
            return Err(("house".to_owned(), "the house mark is empty".to_owned()));
        }
        for (index, mark) in self.marks.iter().enumerate() {
            if mark.name.trim().is_empty() {
                return Err((
                    format!("marks.{index}.name"),
                    "the name is empty".to_owned(),
                ));
            }
            if self.marks[..index]
                .iter()
                .any(|other| other.name == mark.name)
            {
                return Err((
                    format!("marks.{index}.name"),
                    format!("`{}` stands here twice", mark.name),
                ));
            }
        }
        Ok(())
    }
}

/// A mark found in prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkHit<'a> {
    /// Canonical form of the mark.
    pub mark: &'a str,
    /// Bytes of the text that was searched.
    pub range: Range<usize>,
    /// The house mark stands there too.
    pub house: bool,
}

/// Finds marks; each part is compiled when first asked.
#[derive(Clone, Debug)]
pub struct MarkFinder {
    phrases: PhraseSet<(String, bool)>,
    marks: Marks,
    names: OnceLock<NameReader>,
    literals: Vec<String>,
}

impl Marks {
    /// Finds the marks; the same for all who ask.
    pub fn finder(&self) -> Arc<MarkFinder> {
        Arc::clone(self.finder.get_or_init(|| Arc::new(self.compile())))
    }

    fn compile(&self) -> MarkFinder {
        let house = self.house.as_str();
        let mut phrases = vec![(house.to_owned(), (house.to_owned(), true))];
        let mut literals = vec![house.to_owned()];
        for mark in self.marks.iter().filter(|mark| mark.name != house) {
            let short = mark.short(house);
            let value = |house| (mark.name.clone(), house);
            phrases.push((format!("{house} {short}"), value(true)));
            for form in mark.forms.iter().chain(&mark.versions) {
                phrases.push((form.clone(), value(form.starts_with(house))));
                phrases.push((format!("{house} {form}"), value(true)));
                literals.push(form.clone());
            }
            if !mark.word && !mark.house_only {
                phrases.push((short.to_owned(), value(false)));
                literals.push(short.to_owned());
            }
        }
        if house.is_empty() {
            phrases.clear();
            literals.clear();
        }
        literals.sort();
        literals.dedup();
        MarkFinder {
            phrases: PhraseSet::new(phrases),
            marks: self.clone(),
            names: OnceLock::new(),
            literals,
        }
    }
}

impl MarkFinder {
    /// Marks in prose, in order. Ordinary words count only with the house mark or in
    /// a form that means nothing else.
    pub fn in_prose(&self, text: &str) -> Vec<MarkHit<'_>> {
        self.phrases
            .find(text)
            .into_iter()
            .map(|hit| MarkHit {
                mark: &hit.value.0,
                range: hit.range,
                house: hit.value.1,
            })
            .collect()
    }

    /// Whether words join the parts of an enumeration.
    pub fn is_joiner(&self, word: &str) -> bool {
        let mut joiners = self.marks.joiners.iter();
        joiners.any(|own| own.eq_ignore_ascii_case(word))
    }

    /// Whether a mark is of a product, not of what the whole world builds for and with.
    pub fn is_product(&self, mark: &str) -> bool {
        let mut marks = self.marks.marks.iter();
        !marks.any(|own| own.name == mark && (own.technology || own.platform))
    }

    /// How a project's name uses a mark, if it does.
    pub fn in_name(&self, name: &str) -> Option<super::NameUse> {
        self.names
            .get_or_init(|| NameReader::new(&self.marks))
            .read(name)
    }

    /// Whether a project's name is that of an exam or course of the owner: `AZ-900 Notes`.
    pub fn is_of_exam(&self, name: &str) -> bool {
        self.names
            .get_or_init(|| NameReader::new(&self.marks))
            .is_of_exam(name)
    }

    /// Literals, compared with case, one of which stands in every text that
    /// [`Self::in_prose`] finds something in (spaces may be others).
    pub fn literals(&self) -> &[String] {
        &self.literals
    }
}
