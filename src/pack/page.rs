//! `page.yaml`: what one licence page says, each fact with the words that say it. It
//! is written by `termscheck derive` and read as part of a pack: its document becomes
//! a source, its sentences clauses, its limit the pack's default, its marks marks.

mod held;

pub use held::Held;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::schema::Clause;
use super::vocabulary::{Mark, Marks, Vocabulary, Window};
use crate::finding::Confidence;

/// Version of the file's form.
pub const SCHEMA: u32 = 1;

/// Clauses that a page gives to its pack, by the fact that each rests on.
pub const CLAUSES: [&str; 3] = [
    "throttling-limits",
    "legal-notices-licence",
    "legal-notices-trademarks",
];

/// Identifier of the default limit that a page gives to its pack.
pub const LIMIT: &str = "licence-page";

/// Where a fact stands, and how sure it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Heading of the section; empty above the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub section: String,
    /// One-based line of the page.
    pub line: u32,
    /// Bytes of the page, `start..end`.
    #[schemars(with = "String")]
    pub bytes: ByteRange,
    /// The page's own words.
    pub quote: String,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// The edition that says it, when it is not the page itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// A byte range, written `start..end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByteRange {
    /// First byte.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

impl Serialize for ByteRange {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}..{}", self.start, self.end))
    }
}

impl<'de> Deserialize<'de> for ByteRange {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let parts = text.split_once("..").and_then(|(start, end)| {
            Some(Self {
                start: start.parse().ok()?,
                end: end.parse().ok()?,
            })
        });
        parts
            .filter(|range| range.start <= range.end)
            .ok_or_else(|| serde::de::Error::custom("bytes are written `start..end`"))
    }
}

/// One thing that the page says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// What.
    pub value: String,
    /// Where and how sure.
    pub evidence: Evidence,
}

/// An address that the page gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageLink {
    /// As the page writes it.
    pub url: String,
    /// Where a known short address leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Where and how sure.
    pub evidence: Evidence,
}

/// A limit that the page states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageLimit {
    /// What it is of, in the page's words; empty when it does not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// It holds for what `name` says alone: one endpoint, one kind of call.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub specific: bool,
    /// The endpoints that it holds for, as the page names them: `GET /items`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endpoints: Vec<String>,
    /// For whom it holds alone, in the page's words: `free plan`, `unauthenticated`.
    /// Limits of different conditions are alternatives; all others hold together.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub condition: String,
    /// Windows that hold at the same time, the shortest first.
    pub windows: Vec<Window>,
    /// What is counted together: `connection`, `user`…
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Where and how sure.
    pub evidence: Evidence,
}

/// Something that was looked for in vain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotFound {
    /// The key of the fact: `licence`, `links.privacy`.
    pub fact: String,
    /// Why it was not found.
    pub why: String,
    /// Words that seem to state it and could not be read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unread: String,
}

/// The page itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PageDocument {
    /// Name of the file that was read.
    pub file: String,
    /// SHA-256 of its text.
    pub sha256: String,
    /// Title, from the heading or the metadata: its words are the quotation.
    #[serde(deserialize_with = "title")]
    pub title: Option<Evidence>,
    /// Where it is published.
    pub url: Option<Fact>,
    /// BCP 47.
    pub language: Option<Fact>,
    /// ISO 8601.
    pub date: Option<Fact>,
    /// Commit of the source that it was made from.
    pub revision: Option<Fact>,
}

/// A title as it is written, or as it was before: with a value that said its words again.
fn title<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Evidence>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Title {
        Fact(Fact),
        Words(Evidence),
    }
    Ok(
        Option::<Title>::deserialize(deserializer)?.map(|title| match title {
            Title::Words(evidence) => evidence,
            Title::Fact(fact) => Evidence {
                quote: fact.value,
                ..fact.evidence
            },
        }),
    )
}

/// The addresses that are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PageLinks {
    /// Terms of use.
    pub terms: Option<PageLink>,
    /// Trademark guidelines.
    pub trademark_guidelines: Option<PageLink>,
    /// Privacy statement.
    pub privacy: Option<PageLink>,
}

/// Everything that a page says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PageFacts {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The page itself.
    pub page: PageDocument,
    /// Other pages that the facts were read from, each with its own address.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<PageDocument>,
    /// Who owns marks and documentation.
    pub owner: Option<Fact>,
    /// What the page is about.
    pub product: Option<Fact>,
    /// Other names of the product on the page.
    pub aliases: Vec<Fact>,
    /// Every limit.
    pub limits: Vec<PageLimit>,
    /// The documentation's licence, an SPDX identifier.
    pub licence: Option<Fact>,
    /// The licence of code on the documentation's pages, an SPDX identifier.
    pub code_licence: Option<Fact>,
    /// The marks that the reservation names.
    pub marks: Vec<Fact>,
    /// The sentence that reserves them.
    pub reservation: Option<Evidence>,
    /// Addresses.
    pub links: PageLinks,
    /// What was looked for in vain.
    pub not_found: Vec<NotFound>,
}

impl PageFacts {
    /// Every piece of evidence with the key of its fact.
    pub fn evidence(&self) -> Vec<(String, &Evidence)> {
        let mut out: Vec<(String, &Evidence)> = Vec::new();
        out.extend(
            self.page
                .title
                .iter()
                .map(|title| ("page.title".to_owned(), title)),
        );
        let singles = [
            ("page.url", &self.page.url),
            ("page.language", &self.page.language),
            ("page.date", &self.page.date),
            ("page.revision", &self.page.revision),
            ("owner", &self.owner),
            ("product", &self.product),
            ("licence", &self.licence),
            ("code_licence", &self.code_licence),
        ];
        for (key, fact) in singles {
            out.extend(fact.iter().map(|fact| (key.to_owned(), &fact.evidence)));
        }
        for (key, facts) in [("aliases", &self.aliases), ("marks", &self.marks)] {
            let facts = facts.iter().enumerate();
            out.extend(facts.map(|(index, fact)| (format!("{key}.{index}"), &fact.evidence)));
        }
        let limits = self.limits.iter().enumerate();
        out.extend(limits.map(|(index, limit)| (format!("limits.{index}"), &limit.evidence)));
        out.extend(
            self.reservation
                .iter()
                .map(|at| ("reservation".to_owned(), at)),
        );
        for (key, link) in self.links.all() {
            out.extend(link.map(|link| (format!("links.{key}"), &link.evidence)));
        }
        out
    }

    /// Title and address of the page, as a source of clauses.
    pub fn document(&self) -> (String, String) {
        self.page.document()
    }

    /// Title and address of the page that says a fact.
    pub fn document_of(&self, evidence: &Evidence) -> (String, String) {
        let (_, own) = self.document();
        let mut further = self.further.iter();
        let page = further.find(|page| Some(&page.file) == evidence.file.as_ref());
        let (title, url) = page.unwrap_or(&self.page).document();
        (title, if url.is_empty() { own } else { url })
    }

    /// The words that the page's clauses quote, in the order of [`CLAUSES`].
    pub fn quoted(&self) -> [Option<&Evidence>; 3] {
        [
            self.default_limit().map(|held| held.evidence),
            self.licence.as_ref().map(|fact| &fact.evidence),
            self.reservation.as_ref(),
        ]
    }

    /// The clauses that the page gives.
    pub fn clauses(&self) -> Vec<Arc<Clause>> {
        CLAUSES
            .iter()
            .zip(self.quoted())
            .filter_map(|(id, evidence)| {
                let evidence = evidence?;
                let (document, url) = self.document_of(evidence);
                Some(Arc::new(Clause {
                    id: (*id).to_owned(),
                    source: "page".to_owned(),
                    document,
                    name: String::new(),
                    url,
                    section: evidence.section.clone(),
                    quote: evidence.quote.clone(),
                    place: None,
                }))
            })
            .collect()
    }

    /// Adds the marks that `marks.yaml` does not describe already.
    pub fn add_marks(&self, marks: &mut Marks) {
        for fact in &self.marks {
            if !marks.marks.iter().any(|mark| mark.name == fact.value) {
                marks.marks.push(Mark {
                    name: fact.value.clone(),
                    ..Mark::default()
                });
            }
        }
    }
}

impl PageDocument {
    /// Its title, else the name of its file, and its address.
    fn document(&self) -> (String, String) {
        let title = self.title.as_ref().map(|title| title.quote.clone());
        let url = self.url.as_ref().map(|fact| fact.value.clone());
        (
            title.unwrap_or_else(|| self.file.clone()),
            url.unwrap_or_default(),
        )
    }
}

impl PageLinks {
    /// Each by its key.
    pub fn all(&self) -> [(&'static str, Option<&PageLink>); 3] {
        [
            ("terms", self.terms.as_ref()),
            ("trademark_guidelines", self.trademark_guidelines.as_ref()),
            ("privacy", self.privacy.as_ref()),
        ]
    }
}

impl Vocabulary for PageFacts {
    const FILE: &'static str = "page.yaml";

    fn validate(&self) -> Result<(), (String, String)> {
        let fault = |key: String, message: String| Err((key, message));
        if self.schema != SCHEMA {
            let message = format!("this version of termscheck reads schema {SCHEMA}");
            return fault("schema".to_owned(), message);
        }
        for (index, limit) in self.limits.iter().enumerate() {
            let key = format!("limits.{index}.windows");
            if limit.windows.is_empty() {
                return fault(key, "a limit needs at least one window".to_owned());
            }
            for (at, window) in limit.windows.iter().enumerate() {
                window
                    .judge()
                    .map_err(|message| (format!("{key}.{at}"), message))?;
            }
        }
        for (key, fact) in [
            ("licence", &self.licence),
            ("code_licence", &self.code_licence),
        ] {
            if let Some(fact) = fact
                && spdx::Expression::parse(&fact.value).is_err()
            {
                let message = format!("{:?} is no SPDX expression", fact.value);
                return fault(format!("{key}.value"), message);
            }
        }
        for (key, evidence) in self.evidence() {
            if evidence.quote.trim().is_empty() || evidence.line == 0 {
                let message = "a fact needs the page's words and the line they stand on";
                return fault(format!("{key}.evidence"), message.to_owned());
            }
        }
        let address = |fact: &Fact| {
            fact.value.starts_with("https://") && !fact.value.contains(char::is_whitespace)
        };
        if !self.page.url.as_ref().is_some_and(address) {
            let message = "a page needs the https:// address it is published at";
            return fault("page.url".to_owned(), message.to_owned());
        }
        Ok(())
    }
}
