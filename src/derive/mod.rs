//! From a licence page, in any of the languages of documentation, to what it says:
//! limits, licences, marks, addresses. Every fact carries the words that say it;
//! what was looked for in vain is told. Knows no vendor; the words are data,
//! `rules/common/page-words.yaml`.

mod dates;
pub mod drift;
pub mod edition;
mod guess;
mod licence;
mod limits;
mod links;
mod marks;
mod metadata;
mod names;
mod owner;
mod product;
mod tables;
mod text;
pub mod verify;
mod words;
pub mod write;

use sha2::{Digest, Sha256};

use crate::finding::Confidence;
use crate::pack::Pack;
use crate::pack::page::{Evidence, Fact, NotFound, PageDocument, PageFacts, SCHEMA};
use text::Page;
use words::PageWords;

/// An owner whose names are known from a pack: other scripts write them in their own
/// letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownOwner {
    /// The name.
    pub name: String,
    /// Its other forms.
    pub aliases: Vec<String>,
}

/// What is said of a page on the command line: it counts more than the page's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Who owns the marks and the documentation.
    pub owner: Option<String>,
    /// What the page is about.
    pub product: Option<String>,
    /// Where the page is published.
    pub url: Option<String>,
}

/// Where evidence comes from that no page has.
pub const COMMAND_LINE: &str = "command line";

impl Given {
    /// A fact that was given with an option.
    fn fact(option: &str, value: Option<&String>) -> Option<Fact> {
        let value = value?.trim();
        (!value.is_empty()).then(|| Fact {
            value: value.to_owned(),
            evidence: Evidence {
                section: String::new(),
                line: 1,
                bytes: crate::pack::page::ByteRange::default(),
                quote: format!("{option} {value}"),
                confidence: Confidence::High,
                file: Some(COMMAND_LINE.to_owned()),
            },
        })
    }
}

/// What is known before a page is read: what packs know that it may refer to, and what
/// the command line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Owners.
    pub owners: Vec<KnownOwner>,
    /// Short addresses, and where each leads.
    pub redirects: Vec<(String, String)>,
    /// What is given.
    pub given: Given,
}

impl Known {
    /// What some packs know.
    pub fn of(packs: &[Pack]) -> Self {
        Self {
            owners: packs
                .iter()
                .map(|pack| KnownOwner {
                    name: pack.owner.name.clone(),
                    aliases: pack.notices.owner_names.clone(),
                })
                .collect(),
            redirects: packs
                .iter()
                .flat_map(|pack| pack.redirects.clone())
                .collect(),
            given: Given::default(),
        }
    }
}

/// Reads a page. `name` is its file name, by which HTML is told from Markdown.
pub fn derive(name: &str, bytes: Vec<u8>, known: &Known) -> PageFacts {
    let page = Page::parse(name, bytes);
    let mut not_found = Vec::new();
    let Some(words) = PageWords::shipped() else {
        return PageFacts::default();
    };
    let mut miss = |fact: &str, why: &str| {
        not_found.push(NotFound {
            fact: fact.to_owned(),
            why: why.to_owned(),
            unread: String::new(),
        });
    };
    let title = metadata::title(&page);
    let language = metadata::language(&page, words);
    let date = dates::date(&page, words);
    let revision = metadata::revision(&page);
    let given = &known.given;
    let url = Given::fact("--url", given.url.as_ref()).or_else(|| metadata::address(&page));
    let mut marks = marks::read(
        &page,
        words,
        &known.owners,
        title.as_ref().map(|title| title.quote.as_str()),
    );
    marks.owner = Given::fact("--owner", given.owner.as_ref()).or(marks.owner);
    let product = Given::fact("--product", given.product.as_ref())
        .or_else(|| product::product(&page, words, title.as_ref(), language.as_ref(), &marks));
    let product_name = product.as_ref().map(|fact| fact.value.as_str());
    let aliases = product_name.map_or_else(Vec::new, |name| {
        product::aliases(&page, words, name, &known.owners)
    });
    let site = links::Site {
        url: url.as_ref().map(|fact| fact.value.as_str()),
        names: [&marks.owner, &product]
            .into_iter()
            .flatten()
            .chain(&marks.marks)
            .map(|fact| fact.value.as_str())
            .collect(),
    };
    let links = links::read(&page, words, &known.redirects, &site);
    let known_names = [
        title.as_ref().map(|title| title.quote.as_str()),
        product_name,
        marks.owner.as_ref().map(|fact| fact.value.as_str()),
    ];
    let names: Vec<&str> = site.names.clone();
    let licences = licence::read(&page, words, &names);
    let about = limits::About {
        language: language.as_ref().map(|fact| fact.value.as_str()),
        names: known_names
            .into_iter()
            .flatten()
            .flat_map(|name| name.split(|c: char| !c.is_alphanumeric()))
            .filter(|word| !word.is_empty())
            .collect(),
    };
    let limits = limits::read(&page, words, &about);

    for (fact, found, why) in [
        (
            "page.title",
            title.is_some(),
            "no heading of the first level and no title in the metadata",
        ),
        (
            "page.url",
            url.is_some(),
            "the page does not say where it is published",
        ),
        (
            "page.language",
            language.is_some(),
            "the metadata names none, and the words tell none",
        ),
        (
            "page.revision",
            revision.is_some(),
            "the metadata names no commit",
        ),
        ("product", product.is_some(), "the title names none"),
        (
            "owner",
            marks.owner.is_some(),
            "no reservation, copyright line or address tells one for sure",
        ),
    ] {
        if !found {
            miss(fact, why);
        }
    }
    match &date {
        Ok(None) => miss("page.date", "the metadata names none"),
        Err(why) => miss("page.date", why),
        Ok(Some(_)) => {}
    }
    let first = limits.doubts.first();
    if limits.limits.is_empty() && first.is_none() {
        miss("limits", "no table or sentence states one");
    }
    let no_licence = licences.why_no_licence.as_deref();
    if licences.licence.is_none() {
        miss(
            "licence",
            no_licence.unwrap_or("no sentence names one of the documentation"),
        );
    }
    if licences.code.is_none() {
        let why = licences.why_no_code.as_deref();
        miss(
            "code_licence",
            why.unwrap_or("no sentence names one of code"),
        );
    }
    if let Some(why) = &marks.why_no_marks {
        miss("marks", why);
    }
    if marks.reservation.is_none() {
        miss("reservation", "no sentence reserves marks");
    }
    for (key, link) in links.links.all() {
        if link.is_none() {
            let doubt = links.doubts.iter().find(|(of, _)| *of == key);
            let why = doubt.map_or("no address is one by its words", |(_, why)| why.as_str());
            miss(&format!("links.{key}"), why);
        }
    }
    for (index, doubt) in limits.doubts.iter().enumerate() {
        let none = limits.limits.is_empty() && index == 0;
        not_found.push(NotFound {
            fact: if none { "limits" } else { "limits.further" }.to_owned(),
            why: doubt.why.clone(),
            unread: doubt.unread.clone(),
        });
    }
    PageFacts {
        schema: SCHEMA,
        page: PageDocument {
            file: page.source.file_name().to_owned(),
            sha256: digest(&page.source.text),
            title,
            url,
            language,
            date: date.ok().flatten(),
            revision,
        },
        owner: marks.owner,
        product,
        aliases,
        limits: limits.limits,
        licence: licences.licence,
        code_licence: licences.code,
        marks: marks.marks,
        reservation: marks.reservation,
        links: links.links,
        further: Vec::new(),
        not_found,
    }
}

/// SHA-256 of a text, in hexadecimal digits.
fn digest(text: &str) -> String {
    use std::fmt::Write as _;
    let bytes = Sha256::digest(text.as_bytes());
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
