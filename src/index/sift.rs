//! The words of a file that is not parsed yet, markup and all: enough to tell whether it is
//! worth parsing.

use super::words::Words;
use crate::facts::FileKind;
use crate::parse::kind::is_document;

/// The words of a document, or of what looks like comments in code; nothing of what is
/// never compared.
pub(super) fn words(kind: FileKind, bytes: &[u8]) -> Option<Words> {
    let code = matches!(kind, FileKind::Code(_));
    if !code && !is_document(kind) {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let mut words = Words::default();
    // What stands between three quotation marks has no sign at each line.
    if !code || text.contains("\"\"\"") || text.contains("'''") || text.contains("=begin") {
        words.add(text, 0);
        return Some(words);
    }
    let mut block = false;
    for line in text.lines() {
        let line = line.trim_start();
        let begins = line.starts_with("/*") || line.starts_with("<#") || line.starts_with("--[[");
        block |= begins;
        let comment = ["//", "#", "*", "--"]
            .iter()
            .any(|sign| line.starts_with(sign));
        if block || comment {
            words.add(line, 0);
        }
        block &= !(line.contains("*/") || line.contains("#>") || line.contains("]]"));
    }
    Some(words)
}
