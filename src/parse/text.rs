//! reStructuredText, AsciiDoc, HTML and plain text, as prose by paragraph.

use crate::facts::FileFacts;
use crate::source::Source;

/// Parses a document that is no Markdown.
pub fn parse(_source: &Source, _facts: &mut FileFacts) {}
