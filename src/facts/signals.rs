//! What the packs' vocabularies find in a file's facts: provenance, attribution,
//! notices, use of marks. Kept after the per-file stage, so small by design.

use std::sync::Arc;

use crate::facts::picture::Logo;
use crate::index::Page;
use crate::source::Span;

/// Evidence that a file is derived from the licensed documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvenanceMark {
    /// What it is, for messages: `front matter key ms.author`.
    pub what: String,
    /// Independent marks have different kinds: front matter, DocFX, statement.
    pub kind: ProvenanceKind,
    /// Weight in hundredths; a file is derived when the sum over its marks reaches the
    /// pack's threshold.
    pub weight: u32,
    /// Where.
    pub span: Span,
}

/// Kinds of provenance evidence, independent of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProvenanceKind {
    /// Provenance keys in front matter.
    FrontMatter,
    /// DocFX constructs.
    Docfx,
    /// An explicit statement near the content.
    Statement,
    /// Sentences that the documentation repeats on many of its pages.
    Passage,
    /// Links that lead somewhere on the documentation's own site alone, and names that its
    /// publishing gives to pictures.
    Link,
    /// Text in common with a page of the documentation.
    Text,
}

/// Text that a file has in common with a page of the documentation.
#[derive(Clone, Debug)]
pub struct Copied {
    /// The page.
    pub page: Arc<Page>,
    /// Each passage, with its first and last line on the page.
    pub passages: Vec<(Span, (u32, u32))>,
    /// Words of the passages.
    pub words: u32,
    /// Of a hundred words of the file.
    pub share: u32,
}

/// The elements of an attribution, CC BY 4.0 §3(a)(1).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum AttributionElement {
    /// (A)(i) the creator.
    Creator,
    /// (A)(iii) and (C): the licence named.
    LicenceNotice,
    /// (C): the licence's text, URI or link.
    LicenceLink,
    /// (A)(v): a link to the material.
    SourceLink,
    /// (B): an indication of changes.
    Changes,
    /// (A)(iv): the disclaimer of warranties.
    Disclaimer,
    /// Words that say that the licence stands in a file of the repository: not an
    /// element by itself, it needs the file.
    LicencePointer,
    /// The licensor's own legal notice, as a fork keeps it.
    Grant,
    /// (A)(ii): a copyright notice, to be kept where the original has one.
    CopyrightNotice,
    /// The adaptation is under the original's licence, as share-alike licences ask.
    ShareAlike,
    /// The licence of the code samples, with whose it is, as a short permissive licence
    /// asks of copies.
    CodeNotice,
    /// A place that a form left to be filled in, and nobody did: no element.
    Placeholder,
}

/// What a derived file says of the page it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Its title.
    pub title: Option<String>,
    /// The address of the original.
    pub url: Option<String>,
    /// Its front matter keeps an indication that it is a translation.
    pub translated: bool,
    /// Its metadata or its folder says that it is in another language than the
    /// original.
    pub foreign: bool,
}

/// A statement that disowns affiliation or names the owner of marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeMark {
    /// "… are trademarks of …" or "not affiliated with …".
    pub kind: NoticeKind,
    /// Where.
    pub span: Span,
}

/// Kinds of trademark notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    /// Names the owner of the marks.
    Ownership,
    /// Denies affiliation, sponsorship or endorsement.
    NonAffiliation,
}

/// Use of one mark in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkUse {
    /// The mark's canonical form.
    pub mark: String,
    /// Times it stands in prose.
    pub count: u32,
    /// Times it stands in the title or a heading.
    pub prominent: u32,
    /// The first use.
    pub first: Span,
    /// It stands where a project says what it is: the title or the first paragraph of
    /// a README, the description in a manifest.
    pub subject: bool,
}

/// All signals of one file.
#[derive(Clone, Debug, Default)]
pub struct Signals {
    /// Evidence of derivation.
    pub provenance: Vec<ProvenanceMark>,
    /// The pages that it has text in common with, most first.
    pub copied: Vec<Copied>,
    /// Attribution elements that stand in this file.
    pub attribution: Vec<(AttributionElement, Span)>,
    /// Those that stand in a comment of a document, which its readers do not see.
    pub hidden: Vec<(AttributionElement, Span)>,
    /// Trademark notices.
    pub notices: Vec<NoticeMark>,
    /// Marks used, by canonical form.
    pub marks: Vec<MarkUse>,
    /// The mark that a picture shows, if it shows one.
    pub logo: Option<Logo>,
    /// Of a file with provenance: where it comes from.
    pub origin: Option<Origin>,
    /// Of a README: it holds what the owner puts into its own.
    pub owners_readme: bool,
    /// Of a README: it is that of a course of the owner's.
    pub owners_course: bool,
    /// Of a README: repositories of the owner that it links, lower case.
    pub owners_repositories: Vec<String>,
}

impl Signals {
    /// What the signs of derivation from the documentation weigh together.
    pub fn provenance_weight(&self) -> u32 {
        self.provenance.iter().map(|mark| mark.weight).sum()
    }

    /// The sign that weighs most; of equals the first in the file.
    pub fn heaviest(&self) -> Option<&ProvenanceMark> {
        self.provenance
            .iter()
            .min_by_key(|mark| (std::cmp::Reverse(mark.weight), mark.span))
    }

    /// The heaviest mark of a file that is derived from the documentation: one whose
    /// marks together reach the pack's threshold. Of equals the first.
    pub fn derived(&self, threshold: u32) -> Option<&ProvenanceMark> {
        let marks = &self.provenance;
        let sentences = marks
            .iter()
            .all(|mark| mark.kind == ProvenanceKind::Passage);
        // A quotation with its source: sentences alone, and the source is linked.
        let sourced = self
            .attribution
            .iter()
            .any(|(element, _)| *element == AttributionElement::SourceLink);
        if self.provenance_weight() < threshold || (sentences && sourced) {
            return None;
        }
        self.heaviest()
    }
}
