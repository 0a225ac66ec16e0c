//! Texts that go on to a line with a name.

use super::{Literal, Literals, Way};
use crate::facts::Language;
use crate::parse::code::nesting::is_word;

/// Longest name of the line that ends a text.
const MAX_NAME: usize = 64;

impl<'a> Literals<'a> {
    /// Keeps the name of the line that ends a text, when one is named here: `<<~NAME`.
    pub(super) fn note_here(&mut self, rest: &'a [u8]) {
        let spaced = self.language != Language::Ruby;
        let sign = |byte: &&u8| matches!(byte, b'-' | b'~') || spaced && **byte == b' ';
        let signs = rest.iter().take_while(sign).count();
        let rest = &rest[signs.min(3)..];
        let quoted = rest
            .first()
            .copied()
            .filter(|byte| matches!(byte, b'\'' | b'"'));
        let rest = &rest[usize::from(quoted.is_some())..];
        let length = rest.iter().take_while(|byte| is_word(**byte)).count();
        let name = &rest[..length];
        let named = name.first().is_some_and(|byte| !byte.is_ascii_digit());
        // `list << item` of Ruby is no such text: names of those are in capitals.
        let capitals = name.iter().all(|byte| !byte.is_ascii_lowercase());
        if named && length <= MAX_NAME && (capitals || self.language != Language::Ruby) {
            let code: &'static [&'static str] = match (self.language, quoted) {
                (_, Some(b'\'')) => &[],
                (Language::Ruby, _) => &["#{"],
                (Language::Php, _) => &["{$", "${"],
                _ => &["$(", "${"],
            };
            self.pending.push((name, code));
        }
    }

    /// The text that begins behind the line that ends here.
    pub(in crate::parse::code::nesting) fn here(
        &mut self,
        newline: usize,
    ) -> Option<(Literal<'a>, usize)> {
        if self.pending.is_empty() {
            return None;
        }
        let (name, code) = self.pending.remove(0);
        Some((Literal::Here(name, code), newline))
    }

    /// To the end of the line that is a name.
    pub(super) fn to_line(&self, name: &[u8], code: &[&str], from: usize) -> Way {
        let end = self.text.len().min(from.saturating_add(self.patience));
        let mut at = from;
        while at < end {
            let rest = &self.text[at..end];
            if rest[0] == b'\n' {
                let line = rest[1..].trim_ascii_start();
                let behind = line.strip_prefix(name);
                if behind.is_some_and(|rest| !rest.first().is_some_and(|&byte| is_word(byte))) {
                    let skipped = rest.len() - line.len();
                    return Way::Ends(at + skipped + name.len());
                }
                at += 1;
            } else if rest[0] == b'\\' {
                at += 2;
            } else if let Some(open) = code.iter().find(|open| rest.starts_with(open.as_bytes())) {
                return Way::Code(at + open.len());
            } else {
                at += 1;
            }
        }
        Way::Nowhere
    }
}
