//! Rates in quotation marks: whose words they are.

use std::ops::Range;

/// Pairs of quotation marks; an apostrophe is none.
const QUOTES: [(char, char); 8] = [
    ('“', '”'),
    ('„', '“'),
    ('„', '”'),
    ('«', '»'),
    ('»', '«'),
    ('「', '」'),
    ('『', '』'),
    ('"', '"'),
];

/// What stands in quotation marks, as ranges of `text` without the marks.
pub(super) fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        if let Some((start, opening)) = open
            && QUOTES.contains(&(opening, c))
        {
            found.push(start..at);
            open = None;
        } else if open.is_none() && QUOTES.iter().any(|(opening, _)| *opening == c) {
            open = Some((at + c.len_utf8(), c));
        }
    }
    found
}

/// Whether a rate stands in a quotation that says more than the rate: the quotation of a
/// sentence. The number alone in quotation marks is the author's.
pub(super) fn is_quoted(text: &str, quotations: &[Range<usize>], rate: &Range<usize>) -> bool {
    let next = quotations.partition_point(|own| own.end < rate.end);
    let around = quotations.get(next).filter(|own| own.start <= rate.start);
    around.is_some_and(|own| {
        let before = text.get(own.start..rate.start).unwrap_or("");
        let after = text.get(rate.end..own.end).unwrap_or("");
        let words = [before, after].map(|part| part.split_whitespace().count());
        words.iter().sum::<usize>() > 1 || before.chars().count() + after.chars().count() > 12
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_says_more_than_the_number() {
        for (text, expected) in [
            ("It says: \"The API allows 300 calls.\"", true),
            ("“The API allows 300 calls”, they say", true),
            ("「API は 300 calls を許可します。この値です」", true),
            ("The limit is \"300 calls\".", false),
            ("“a” 300 calls “b”", false),
            ("a 5\" disk, 300 calls", false),
        ] {
            let at = text.find("300 calls").expect("it stands there");
            let found = is_quoted(text, &quotations(text), &(at..at + 9));
            assert_eq!(found, expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn quotations_are_in_order_and_apart(text in "([“”„«»「」\"]|\\PC){0,40}") {
            let mut end = 0;
            for range in quotations(&text) {
                proptest::prop_assert!(range.start >= end && text.get(range.clone()).is_some());
                end = range.end;
            }
        }
    }
}
