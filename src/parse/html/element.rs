//! The elements of HTML that bear on how text is read.

use crate::parse::writer::Element;

/// How a start tag is handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Opens an element.
    Element(Element),
    /// A link when it has a target.
    Anchor,
    /// A table row.
    Row,
    /// A table cell.
    Cell,
    /// A line break.
    Break,
    /// A thematic break.
    Rule,
    /// An image.
    Image,
    /// Metadata of the page.
    Meta,
    /// The page as a whole.
    Page,
    /// What another document is to the page.
    Relation,
    /// What the page's addresses are relative to.
    Base,
    /// Raw text up to the end tag follows.
    Raw,
    /// Known to have no content.
    Nothing,
}

/// The element of this name, in whatever case.
pub fn describe(name: &str) -> Option<(&'static str, Kind)> {
    const LONGEST: usize = 10;
    let mut buffer = [0; LONGEST];
    let lower = buffer.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    // Components are told from elements by their capital; `<DIV>` is an element.
    if name.len() > 1
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name[1..].contains(|c: char| c.is_ascii_lowercase())
    {
        return None;
    }
    lower.make_ascii_lowercase();
    let found = ELEMENTS
        .binary_search_by(|(known, _)| known.as_bytes().cmp(lower))
        .ok()?;
    Some(ELEMENTS[found])
}

const BLOCK: Kind = Kind::Element(Element::Block);
const INLINE: Kind = Kind::Element(Element::Inline);
const CODE: Kind = Kind::Element(Element::Hidden(false));

/// Sorted by name.
const ELEMENTS: &[(&str, Kind)] = &[
    ("a", Kind::Anchor),
    ("abbr", INLINE),
    ("address", BLOCK),
    ("article", BLOCK),
    ("aside", BLOCK),
    ("b", INLINE),
    ("base", Kind::Base),
    ("big", INLINE),
    ("blockquote", Kind::Element(Element::Quote)),
    ("body", BLOCK),
    ("br", Kind::Break),
    ("button", BLOCK),
    ("caption", BLOCK),
    ("center", BLOCK),
    ("cite", INLINE),
    ("code", CODE),
    ("dd", BLOCK),
    ("del", Kind::Element(Element::Struck)),
    ("details", BLOCK),
    ("div", BLOCK),
    ("dl", BLOCK),
    ("dt", BLOCK),
    ("em", INLINE),
    ("fieldset", BLOCK),
    ("figcaption", BLOCK),
    ("figure", BLOCK),
    ("font", INLINE),
    ("footer", BLOCK),
    ("form", BLOCK),
    ("h1", Kind::Element(Element::Heading(1))),
    ("h2", Kind::Element(Element::Heading(2))),
    ("h3", Kind::Element(Element::Heading(3))),
    ("h4", Kind::Element(Element::Heading(4))),
    ("h5", Kind::Element(Element::Heading(5))),
    ("h6", Kind::Element(Element::Heading(6))),
    ("head", Kind::Element(Element::Hidden(true))),
    ("header", BLOCK),
    ("hr", Kind::Rule),
    ("html", Kind::Page),
    ("i", INLINE),
    ("iframe", Kind::Raw),
    ("img", Kind::Image),
    ("input", Kind::Nothing),
    ("ins", INLINE),
    ("kbd", CODE),
    ("label", INLINE),
    ("legend", BLOCK),
    ("li", Kind::Element(Element::Item)),
    ("link", Kind::Relation),
    ("main", BLOCK),
    ("mark", INLINE),
    ("math", CODE),
    ("menu", BLOCK),
    ("meta", Kind::Meta),
    ("nav", BLOCK),
    ("noembed", Kind::Raw),
    ("noscript", BLOCK),
    ("ol", BLOCK),
    ("option", BLOCK),
    ("p", BLOCK),
    ("picture", INLINE),
    ("pre", Kind::Element(Element::Hidden(true))),
    ("q", INLINE),
    ("s", Kind::Element(Element::Struck)),
    ("samp", CODE),
    ("script", Kind::Raw),
    ("section", BLOCK),
    ("select", BLOCK),
    ("small", INLINE),
    ("source", Kind::Nothing),
    ("span", INLINE),
    ("strike", Kind::Element(Element::Struck)),
    ("strong", INLINE),
    ("style", Kind::Raw),
    ("sub", INLINE),
    ("summary", BLOCK),
    ("sup", Kind::Element(Element::Raised)),
    ("svg", CODE),
    ("table", Kind::Element(Element::Table)),
    ("tbody", BLOCK),
    ("td", Kind::Cell),
    ("template", BLOCK),
    ("textarea", Kind::Raw),
    ("tfoot", BLOCK),
    ("th", Kind::Cell),
    ("thead", BLOCK),
    ("title", Kind::Raw),
    ("tr", Kind::Row),
    ("tt", CODE),
    ("u", INLINE),
    ("ul", BLOCK),
    ("var", CODE),
    ("wbr", Kind::Nothing),
    ("xmp", Kind::Raw),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_is_found() {
        for &(name, kind) in ELEMENTS {
            assert_eq!(describe(name), Some((name, kind)));
            assert_eq!(describe(&name.to_uppercase()), Some((name, kind)));
        }
        for name in ["", "Table", "Card", "custom-element", "verylongname"] {
            assert_eq!(describe(name), None);
        }
    }
}
