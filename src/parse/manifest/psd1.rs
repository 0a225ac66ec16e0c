//! PowerShell data files, tolerantly: `Key = value` pairs of nested hash tables.
//! Whatever is not a string, a list of strings or a table is passed over.

use std::ops::Range;

use super::flat::{Flat, MAX_DEPTH};
use crate::facts::Problem;
use crate::source::Source;

/// Reads a PowerShell data file.
pub fn read(source: &Source) -> Flat {
    let mut reader = Reader {
        source,
        text: &source.text,
        at: 0,
        flat: Flat::default(),
    };
    reader.read();
    reader.flat
}

enum Token {
    /// A word outside quotes: a key, a number, `$true`.
    Word(Range<usize>),
    /// A string: its bytes without quotes, its value.
    String(Range<usize>, String),
    Equals,
    /// `@{`, `{`, `@(`, `(`.
    Open,
    Close,
    Comma,
    /// A line break or `;`.
    End,
}

struct Reader<'a> {
    source: &'a Source,
    text: &'a str,
    at: usize,
    flat: Flat,
}

impl Reader<'_> {
    fn read(&mut self) {
        // The key of each open table or list, if it has one.
        let mut path: Vec<Option<String>> = Vec::new();
        let mut word: Option<(String, Range<usize>)> = None;
        let mut key: Option<(String, Range<usize>)> = None;
        let mut after_comma = false;
        let mut has_value = false;
        while let Some(token) = self.next() {
            let comma = std::mem::take(&mut after_comma);
            match token {
                Token::Word(range) => {
                    let text = self.text[range.clone()].to_owned();
                    if let Some((name, key_range)) = key.clone() {
                        if !has_value {
                            self.push(&path, &name, key_range, text, range);
                        }
                        has_value = true;
                    } else {
                        word = Some((text, range));
                    }
                }
                Token::String(range, value) => {
                    if let Some((name, key_range)) = key.clone() {
                        self.push(&path, &name, key_range, value, range);
                        has_value = true;
                    } else {
                        // A quoted key, or an item of a list.
                        word = Some((value.clone(), range.clone()));
                        if let Some(Some(_)) = path.last() {
                            self.push(&path, "", range.clone(), value, range);
                        }
                    }
                }
                Token::Equals => {
                    key = word.take();
                    has_value = false;
                }
                Token::Open => {
                    path.push(key.take().map(|(name, _)| name));
                    word = None;
                    if path.len() > MAX_DEPTH {
                        self.flat.problem(Problem {
                            span: Some(self.source.span(self.at..self.at)),
                            message: "nested too deeply to be read".to_owned(),
                        });
                        return;
                    }
                }
                Token::Close => {
                    path.pop();
                    key = None;
                    word = None;
                }
                Token::Comma => after_comma = true,
                Token::End if comma => after_comma = true,
                Token::End => {
                    // A value may stand on the line after its `=`.
                    if has_value || key.is_none() {
                        word = None;
                        key = None;
                    }
                }
            }
        }
    }

    fn push(
        &mut self,
        path: &[Option<String>],
        name: &str,
        key: Range<usize>,
        value: String,
        range: Range<usize>,
    ) {
        let mut full = String::new();
        for part in path.iter().flatten() {
            Flat::join(&mut full, part);
        }
        if !name.is_empty() {
            Flat::join(&mut full, name);
        }
        self.flat.push(self.source, full, value, key, range);
    }

    fn next(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        loop {
            let rest = &self.text[self.at..];
            let first = rest.chars().next()?;
            if first == '\n' || first == ';' {
                self.at += 1;
                return Some(Token::End);
            }
            if first.is_whitespace() || first == '`' {
                self.at += first.len_utf8();
            } else if rest.starts_with("<#") {
                self.at += rest.find("#>").map_or(rest.len(), |end| end + 2);
            } else if first == '#' {
                self.at = memchr::memchr(b'\n', &bytes[self.at..])
                    .map_or(bytes.len(), |end| self.at + end);
            } else {
                return Some(self.token(first, rest.len()));
            }
        }
    }

    fn token(&mut self, first: char, left: usize) -> Token {
        let rest = &self.text[self.at..self.at + left];
        let single = |length: usize, token: Token| (length, token);
        let (length, token) = match first {
            '=' => single(1, Token::Equals),
            ',' => single(1, Token::Comma),
            '@' if rest.starts_with("@{") || rest.starts_with("@(") => single(2, Token::Open),
            '{' | '(' => single(1, Token::Open),
            '}' | ')' => single(1, Token::Close),
            '@' if rest.starts_with("@'") || rest.starts_with("@\"") => return self.here_string(),
            '\'' | '"' | '‘' | '’' | '“' | '”' => return self.quoted(first),
            _ => {
                let length = rest
                    .find(|c: char| c.is_whitespace() || "=,;{}()'\"#".contains(c))
                    .filter(|&length| length > 0)
                    .unwrap_or(if rest.starts_with('#') { 1 } else { rest.len() });
                single(length, Token::Word(self.at..self.at + length))
            }
        };
        self.at += length;
        token
    }

    /// `@'` up to `'@` at the start of a line.
    fn here_string(&mut self) -> Token {
        let rest = &self.text[self.at..];
        let close = if rest.starts_with("@'") {
            "\n'@"
        } else {
            "\n\"@"
        };
        let newline = rest.find('\n').unwrap_or(rest.len());
        let body = (newline + 1).min(rest.len());
        // The closing mark may follow the opening line at once.
        let end = rest[newline..].find(close).map(|end| newline + end);
        let value_end = end.unwrap_or(rest.len()).max(body.min(rest.len()));
        let range = self.at + body..self.at + value_end;
        let value = self.text[range.clone()].trim_end_matches('\r').to_owned();
        let range = range.start..range.start + value.len();
        self.at += end.map_or(rest.len(), |end| end + close.len());
        Token::String(range, value)
    }

    /// A string in straight or typographic quotes; PowerShell takes both.
    fn quoted(&mut self, open: char) -> Token {
        let single = matches!(open, '\'' | '‘' | '’');
        let start = self.at + open.len_utf8();
        let mut value = String::new();
        let mut chars = self.text[start..].char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let closes = if single {
                matches!(c, '\'' | '‘' | '’')
            } else {
                matches!(c, '"' | '“' | '”')
            };
            if closes {
                if chars.peek().is_some_and(|&(_, next)| next == c) {
                    chars.next();
                } else {
                    self.at = start + at + c.len_utf8();
                    return Token::String(start..start + at, value);
                }
            } else if c == '`' && !single {
                if let Some((_, escaped)) = chars.next() {
                    value.push(match escaped {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        other => other,
                    });
                }
                continue;
            }
            value.push(c);
        }
        self.at = self.text.len();
        Token::String(start..self.text.len(), value)
    }
}

#[cfg(test)]
mod tests {
    use super::super::flat::testing::{entry, list};
    use super::*;
    use crate::source::FileId;

    fn flat(text: &str) -> Flat {
        read(&Source::from_text(FileId(0), "X.psd1", text))
    }

    #[test]
    fn keys_tables_lists_and_here_strings() {
        let text = "# c\n@{\n RootModule = 'X.psm1'; Author='É ''q'''\nCompanyName = \"a`\"b\"\n Description = @'\none\ntwo\n'@\n <# Nope = 'x' #>\nTags = @('a', 'b',\n 'c')\nFunctionsToExport = 'd', 'e'\nPrivateData = @{\n  PSData = @{\n   LicenseUri = 'https://l'\n 'Quoted' = 'z'\n }\n}\nOn = $true\nLater =\n  'v'\n}\n";
        let list = list(&flat(text), text);
        for expected in [
            entry("RootModule", "X.psm1", "X.psm1"),
            entry("Author", "É 'q'", "É ''q''"),
            entry("CompanyName", "a\"b", "a`\"b"),
            entry("Description", "one\ntwo", "one\ntwo"),
            entry("Tags", "b", "b"),
            entry("Tags", "c", "c"),
            entry("FunctionsToExport", "e", "e"),
            entry("PrivateData.PSData.LicenseUri", "https://l", "https://l"),
            entry("PrivateData.PSData.Quoted", "z", "z"),
            entry("On", "$true", "$true"),
            entry("Later", "v", "v"),
        ] {
            assert!(list.contains(&expected), "{expected:?} in {list:#?}");
        }
        assert!(list.iter().all(|(key, ..)| key != "Nope"));
    }

    #[test]
    fn depth_is_bounded() {
        assert!(flat(&"@{a=".repeat(10_000)).problem.is_some());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[@{}()='\"`#<>;,a\u{2019}é \r\n]{0,60}") {
            for entry in flat(&text).entries {
                proptest::prop_assert!(text.get(entry.value_span.range()).is_some());
            }
        }
    }
}
