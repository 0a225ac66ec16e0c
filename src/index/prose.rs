//! Which pieces of a file are compared.

use super::legal;
use super::words::Words;
use crate::facts::{FileFacts, Prose, ProseContext};

/// The words of a file that are its text: paragraphs, lists, cells and comments. Headings
/// are often changed and cut no text in two; code samples are no prose, and have a licence
/// of their own; statements about rights are everybody's. Quotations count where `quoted`
/// says so: on a page of documentation they are somebody else's.
pub fn of_facts(facts: &FileFacts, quoted: bool) -> Words {
    let mut words = Words::default();
    for (index, prose) in facts.prose.iter().enumerate() {
        if is_text(prose) && (quoted || !prose.quoted) {
            words.add(&prose.text, index as u32);
        }
    }
    words
}

fn is_text(prose: &Prose) -> bool {
    let text = matches!(
        prose.context,
        ProseContext::Paragraph
            | ProseContext::ListItem
            | ProseContext::TableCell
            | ProseContext::Comment
    );
    text && !prose.borrowed && !prose.alternate && !legal::is_statement(&prose.text)
}
