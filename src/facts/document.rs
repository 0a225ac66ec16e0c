//! What documents are made of beside prose: headings, links, tables, front
//! matter, DocFX marks, fenced code.

use crate::source::Span;

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// The heading's text in the source.
    pub span: Span,
}

/// A link or image.
#[derive(Clone, Debug)]
pub struct Link {
    /// The target as written, reference links resolved.
    pub url: String,
    /// The whole construct.
    pub span: Span,
    /// Its visible text, or the image's alternative text.
    pub text: String,
    /// An image rather than a link.
    pub image: bool,
}

/// One cell of a table.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Its text, the hidden half of bilingual pages left out.
    pub text: String,
    /// Its source bytes.
    pub span: Span,
}

/// A table of any markup.
#[derive(Clone, Debug)]
pub struct Table {
    /// Header cells; empty when the markup has none.
    pub header: Vec<Cell>,
    /// Body rows.
    pub rows: Vec<Vec<Cell>>,
    /// The whole table.
    pub span: Span,
    /// Index in `FileFacts::headings` of the heading above it.
    pub heading: Option<usize>,
}

/// One entry of a YAML front matter or metadata file. Nested keys are joined by
/// `.`, sequence items carry their index (`info.tags.0`).
#[derive(Clone, Debug)]
pub struct FrontMatterEntry {
    /// Key path.
    pub key: String,
    /// Scalar value as text.
    pub value: String,
    /// The key's bytes.
    pub key_span: Span,
    /// The value's bytes, quotes left out.
    pub value_span: Span,
}

/// A DocFX construct, evidence that a page was written for a DocFX site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocfxMark {
    /// Which one.
    pub kind: DocfxKind,
    /// Where.
    pub span: Span,
}

/// The DocFX constructs that are recognised.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum DocfxKind {
    /// `[!INCLUDE [text](path)]`.
    Include,
    /// `:::image`, `:::row`, `:::zone` and the like.
    TripleColon,
    /// `[!div class=…]`, `[!VIDEO …]`, `[!code-…]`.
    Extension,
    /// `<a name="slug"></a>` at the start of a heading, left by localisation.
    LocalisedAnchor,
    /// `[!NOTE]` and the like: weak, other sites use it too.
    Alert,
    /// `<xref:…>` or `@uid` references.
    Xref,
}

/// A fenced or indented code block of a document.
#[derive(Clone, Debug)]
pub struct FencedCode {
    /// The info string's first word, lower case; empty when none.
    pub language: String,
    /// The code's bytes in the source, fences left out.
    pub span: Span,
}
