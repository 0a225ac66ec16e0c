//! Blocks that a site's template language sets: `{% highlight %}` and its like hold
//! code, as a fence does.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

/// A block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// With its tags.
    pub whole: Range<usize>,
    /// What stands between them.
    pub code: Range<usize>,
    /// The first word after the tag's name, lower case; empty when none.
    pub language: String,
}

/// How such a block opens and closes: Jekyll and Liquid, Octopress and Hexo, Hugo,
/// Django and Pelican.
const TAGS: [(&str, &str, &str); 7] = [
    ("{%", "highlight", "endhighlight"),
    ("{%", "codeblock", "endcodeblock"),
    ("{%", "code_block", "endcode_block"),
    ("{{<", "highlight", "/highlight"),
    ("{{%", "highlight", "/highlight"),
    ("{{<", "code", "/code"),
    ("{{<", "mermaid", "/mermaid"),
];

/// The blocks of a text, in order. One that nothing closes is none.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    // Closing tags that do not stand in the rest of the text.
    let mut missing: Vec<&str> = Vec::new();
    // Where the line starts, as far as the text was looked at.
    let (mut line, mut seen) = (0, 0);
    while let Some(found) = memchr::memchr(b'{', &text.as_bytes()[at..]) {
        let start = at + found;
        at = start + 1;
        line = text[seen..start]
            .rfind('\n')
            .map_or(line, |end| seen + end + 1);
        seen = start;
        let before = &text[line..start];
        if !before.trim().is_empty() {
            continue;
        }
        let Some((open, close)) = opening(&text[start..]) else {
            continue;
        };
        if missing.contains(&close) {
            continue;
        }
        let Some(end) = text[start..].find('}').map(|end| start + end) else {
            break;
        };
        let line_end = text[end..].find(|c| c != '}').map(|behind| end + behind);
        let Some(code) = line_end else { continue };
        let Some(end) = closing(text, code, close) else {
            missing.push(close);
            continue;
        };
        let language = text[start + open..code]
            .split(|c: char| !(c.is_alphanumeric() || "+#-_".contains(c)))
            .find(|word| !word.is_empty())
            .unwrap_or("")
            .to_lowercase();
        let code = code + text[code..end.start].len()
            - text[code..end.start].trim_start_matches(['\r', '\n']).len();
        blocks.push(Block {
            whole: start..end.end,
            code: code.min(end.start)..end.start,
            language,
        });
        at = end.end;
    }
    blocks
}

/// The text with spaces for the blocks.
pub fn mask<'a>(text: Cow<'a, str>, blocks: &[Block], base: usize) -> Cow<'a, str> {
    if blocks.is_empty() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for block in blocks {
        let (start, end) = (block.whole.start - base, block.whole.end - base);
        out.push_str(&text[out.len()..start]);
        for c in text[start..end].chars() {
            if matches!(c, '\n' | '\r') {
                out.push(c);
            } else {
                out.extend(std::iter::repeat_n(' ', c.len_utf8()));
            }
        }
    }
    out.push_str(&text[out.len()..]);
    Cow::Owned(out)
}

/// The length of an opening tag up to its name's end, and the closing tag's name.
fn opening(rest: &str) -> Option<(usize, &'static str)> {
    TAGS.iter().find_map(|(mark, name, close)| {
        let inner = rest.strip_prefix(mark)?;
        let word = inner.trim_start_matches(['-', ' ', '\t']);
        let after = word.strip_prefix(name)?;
        (!after.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
            .then(|| (rest.len() - after.len(), *close))
    })
}

/// The closing tag of this name from `from` on, all of it.
fn closing(text: &str, from: usize, name: &str) -> Option<Range<usize>> {
    for found in memmem::find_iter(&text.as_bytes()[from..], name) {
        let at = from + found;
        let before = text[..at].trim_end_matches(['-', ' ', '\t']);
        let Some(start) = ["{%", "{{<", "{{%"]
            .iter()
            .find_map(|mark| before.strip_suffix(mark))
        else {
            continue;
        };
        if start.len() >= from
            && let Some(end) = text[at..].find('}')
        {
            let end = at + end;
            let end = end + text[end..].len() - text[end..].trim_start_matches('}').len();
            return Some(start.len()..end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_code() {
        let text = "a\n{% highlight sh linenos %}\nécho {x}\n{%- endhighlight -%}\nb {% highlight x %} c\n{{< highlight go >}}\nx\n{{< /highlight >}}\n{% codeblock %}\nopen";
        let found = blocks(text);
        let shown: Vec<_> = found
            .iter()
            .map(|block| (block.language.as_str(), &text[block.code.clone()]))
            .collect();
        assert_eq!(shown, [("sh", "écho {x}\n"), ("go", "x\n")]);
        let masked = mask(Cow::Borrowed(text), &found, 0);
        assert_eq!(masked.len(), text.len());
        assert!(!masked.contains("cho") && masked.contains("b {% highlight x %} c"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_keeps_its_length(text in "(\\PC|\\n|\\{% highlight %\\}|\\{% endhighlight %\\}|\\{\\{< code >\\}\\}|/code|\\}){0,30}") {
            let found = blocks(&text);
            proptest::prop_assert_eq!(mask(Cow::Borrowed(&text), &found, 0).len(), text.len());
        }
    }
}
