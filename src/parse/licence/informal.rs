//! Kind words that grant nothing: "feel free to fork". They are told apart from a
//! licence, and said to be none.

use std::ops::Range;

use super::words::words;

/// The informal permission that `text` gives, if it gives one.
pub fn informal(text: &str) -> Option<Range<usize>> {
    words()?.informal.find(text).map(|found| found.range())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kind_words() {
        for (text, words) in [
            ("Please feel free to fork this.", "feel free to fork"),
            (
                "Feel free to copy, modify and share it.",
                "Feel free to copy",
            ),
            ("Do whatever you want with it.", "Do whatever you want"),
            ("Free for everybody.", "Free for everybody"),
            (
                "N'hésitez pas à le réutiliser.",
                "N'hésitez pas à le réutiliser",
            ),
            ("ご自由にお使いください。", "ご自由にお使い"),
        ] {
            let found = informal(text).map(|range| &text[range]);
            assert_eq!(found, Some(words), "{text}");
        }
        for text in [
            "Feel free to open an issue.",
            "Do what the manual says.",
            "The free tier is for personal use.",
            "Use this as a template.",
        ] {
            assert_eq!(informal(text), None, "{text}");
        }
    }
}
