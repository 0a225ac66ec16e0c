//! Prose from a value whose written form differs from it: escapes, entities,
//! doubled quotes, folded lines.

use std::ops::Range;

use crate::facts::{Prose, ProseContext};

/// How far an escape or a line break with its indentation reaches at most.
const MAX_STEP: usize = 256;
/// Characters that must agree before both sides count as in step again.
const IN_STEP: usize = 4;

/// Prose of `value`, which is written as `raw` at byte `start` of the source. Words
/// that stand in both keep their own bytes.
pub fn prose(context: ProseContext, value: &str, raw: &str, start: usize) -> Prose {
    let mut prose = Prose::new(context);
    let mut at = 0;
    let mut raw_at = 0;
    while at < value.len() {
        let same = common_prefix(&value[at..], &raw[raw_at..]);
        push(
            &mut prose,
            &value[at..at + same],
            start + raw_at..start + raw_at + same,
        );
        at += same;
        raw_at += same;
        if at == value.len() {
            break;
        }
        let Some((taken, raw_taken)) = step(&value[at..], &raw[raw_at..]) else {
            push(&mut prose, &value[at..], start + raw_at..start + raw.len());
            break;
        };
        push(
            &mut prose,
            &value[at..at + taken],
            start + raw_at..start + raw_at + raw_taken,
        );
        at += taken;
        raw_at += raw_taken;
    }
    prose
}

fn push(prose: &mut Prose, text: &str, range: Range<usize>) {
    prose.push(text, range);
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.char_indices()
        .zip(b.chars())
        .find(|((_, a), b)| a != b)
        .map_or(a.len().min(b.len()), |((at, _), _)| at)
}

/// Bytes of value and source to pass over, up to where both agree again: the fewer
/// characters agree, the less may be passed over.
fn step(value: &str, raw: &str) -> Option<(usize, usize)> {
    let first = value.chars().next()?.len_utf8();
    [(IN_STEP, MAX_STEP), (2, 16), (1, 8)]
        .into_iter()
        .find_map(|(in_step, most)| {
            [first, 0].into_iter().find_map(|taken| {
                let ahead: String = value[taken..].chars().take(in_step).collect();
                raw.char_indices()
                    .map(|(at, _)| at)
                    .chain([raw.len()])
                    .skip(1)
                    .take_while(|&at| at <= most)
                    .find(|&at| {
                        if ahead.is_empty() {
                            at == raw.len()
                        } else {
                            raw[at..].starts_with(&ahead)
                        }
                    })
                    .map(|raw_taken| (taken, raw_taken))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn bytes<'a>(value: &str, raw: &'a str, word: &str) -> &'a str {
        let prose = prose(ProseContext::Paragraph, value, raw, 5);
        assert_eq!(prose.text, value);
        let at = value.find(word).unwrap_or_default();
        let range = prose.span(FileId(0), at..at + word.len()).range();
        &raw[range.start - 5..range.end - 5]
    }

    #[test]
    fn words_keep_their_bytes_behind_escapes() {
        assert_eq!(bytes("a \"b\" c", r#"a \"b\" c"#, "c"), "c");
        assert_eq!(bytes("é & word", r"\u00e9 &amp; word", "word"), "word");
        assert_eq!(bytes("it's one", "it''s one", "one"), "one");
        assert_eq!(bytes("one two end", "one\n    two\n    end", "two"), "two");
        assert_eq!(bytes("x\ty", r"x\ty", "y"), "y");
    }

    proptest::proptest! {
        #[test]
        fn the_text_is_the_value_and_spans_lie_within(value in "[a-cé\"\\\\ \n]{0,20}", raw in "[a-cé\"\\\\ \n]{0,20}") {
            let prose = prose(ProseContext::Paragraph, &value, &raw, 5);
            proptest::prop_assert_eq!(&prose.text, &value);
            let whole = prose.whole(FileId(0)).range();
            proptest::prop_assert!(value.is_empty() || (whole.start >= 5 && whole.end <= 5 + raw.len()));
            proptest::prop_assert!(value.is_empty() || raw.get(whole.start - 5..whole.end - 5).is_some());
        }
    }
}
