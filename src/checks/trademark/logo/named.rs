//! Whose logo a picture is by its name and its alternative text.

use std::sync::Arc;

use super::Evidence;
use crate::checks::addressed::flat;
use crate::checks::trademark::spoken::Spoken;
use crate::pack::Pack;
use crate::pack::vocabulary::{Lead, MarkFinder, NameShape, NameUse};

/// Reads names of pictures.
pub(super) struct Namer<'a> {
    pack: &'a Pack,
    finder: Arc<MarkFinder>,
    spoken: Spoken<'a>,
}

impl<'a> Namer<'a> {
    pub(super) fn new(pack: &'a Pack, spoken: Spoken<'a>) -> Self {
        Self {
            pack,
            finder: pack.marks.finder(),
            spoken,
        }
    }

    /// The mark whose logo a picture is by its words, and how sure that is: "Acme Cloud
    /// logo" and `acme-cloud-logo.png` say it, `acme-cloud.png` may be anything of it.
    /// The name of a picture that is one's own (`own`) says nothing; its alternative text
    /// does.
    pub(super) fn of(&self, alt: &str, target: &str, own: bool) -> Option<(Evidence, String)> {
        let stem = stem(target);
        let texts = [alt, &stem];
        let telling = &texts[..if own { 1 } else { 2 }];
        let called = telling.iter().find_map(|text| {
            let (rest, called) = self.without_logo_words(text);
            called.then(|| self.exactly(&rest)).flatten()
        });
        if let Some(mark) = called {
            return Some((Evidence::Called, mark));
        }
        // A logo of something else is none, whatever stands beside it.
        if own || texts.iter().any(|text| self.without_logo_words(text).1) {
            return None;
        }
        let mark = self.exactly(&stem)?;
        let alt = self.exactly(alt);
        (alt.is_none() || alt.as_ref() == Some(&mark)).then_some((Evidence::Named, mark))
    }

    /// Whether the front page speaks of a mark.
    pub(super) fn speaks_of(&self, mark: &str) -> bool {
        self.spoken.has(mark)
    }

    /// The mark that the name of an icon in a collection stands for: `acmecloud`. In a
    /// collection of nothing but brands an ordinary word is one.
    pub(super) fn slug(&self, slug: &str, brands: bool) -> Option<String> {
        let wanted = flat(slug);
        let house = &self.pack.marks.house;
        let mut products = self.pack.marks.marks.iter().filter(|mark| !mark.technology);
        let found = products.find(|mark| {
            let short = mark.short(house);
            let with_house = flat(&format!("{house} {short}"));
            // The icon of an ordinary word is any icon.
            let alone = (brands || !mark.word) && !mark.house_only && flat(short) == wanted;
            with_house == wanted || flat(&mark.name) == wanted || alone
        });
        found.map(|mark| mark.name.clone())
    }

    /// The mark whose icon a picture is by its name, where it lies in a set of the owner's.
    pub(super) fn of_a_set(&self, path: &str) -> Option<String> {
        let found = self.finder.in_name(&stem(path))?;
        let product = found.shape == NameShape::Exact && !self.is_technology(&found);
        product.then_some(found.mark)
    }

    /// The mark that a text names and nothing else.
    fn exactly(&self, text: &str) -> Option<String> {
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '#' | '+'))
            .filter(|word| !word.is_empty() && !self.is_beside(word))
            .collect();
        let found = self.finder.in_name(&words.join(" "))?;
        // Two names joined are that of something else: the logo of “edge-onedrive”.
        let telling = found.shape == NameShape::Exact
            && found.lead != Lead::Something
            && !self.is_technology(&found)
            && (!found.ambiguous || self.spoken.means(&found));
        telling.then_some(found.mark)
    }

    fn is_beside(&self, word: &str) -> bool {
        let beside = &self.pack.logos.beside;
        beside.iter().any(|own| own.eq_ignore_ascii_case(word))
    }

    /// Whether the whole world builds for and with it. A platform's logo is its owner's
    /// all the same.
    fn is_technology(&self, found: &NameUse) -> bool {
        let mut marks = self.pack.marks.marks.iter();
        marks.any(|mark| mark.name == found.mark && mark.technology)
    }

    /// A text without the words for a logo, and whether one stood there. In scripts
    /// without spaces the word ends another.
    fn without_logo_words(&self, text: &str) -> (String, bool) {
        let words = &self.pack.marks.logos.words;
        let is_logo = |word: &str| {
            words
                .iter()
                .any(|own| own.to_lowercase() == word.to_lowercase())
        };
        let mut called = false;
        let mut rest: Vec<&str> = Vec::new();
        for word in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '#' | '+')) {
            if is_logo(word) {
                called = true;
                continue;
            }
            let ending = words
                .iter()
                .filter(|own| !own.is_ascii())
                .find_map(|own| word.strip_suffix(own.as_str()));
            called |= ending.is_some();
            rest.push(ending.unwrap_or(word));
        }
        (rest.join(" ").trim().to_owned(), called)
    }
}

/// The file name of a path or address, without its extension, sizes and variants.
fn stem(target: &str) -> String {
    let path = target.split(['?', '#']).next().unwrap_or(target);
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = stem.split(|c: char| !c.is_alphanumeric() && c != '.');
    let kept = words.filter(|word| !is_size(word));
    kept.collect::<Vec<_>>().join(" ")
}

/// `128`, `128x128`, `2x`, `512px`.
fn is_size(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let bare = word.strip_suffix("px").unwrap_or(&word);
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    match bare.split_once('x') {
        Some((wide, high)) => !wide.is_empty() && digits(wide) && digits(high),
        None => bare.len() > 1 && bare != "365" && bare != "360" && digits(bare),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_no_part_of_a_name() {
        for (target, expected) in [
            ("img/acme-cloud-logo_128x128.png", "acme cloud logo"),
            ("https://a.b/Acme%20Logo.svg?raw=1", "Acme 20Logo"),
            ("office-365@2x.png", "office 365"),
            ("icon-512px.png", "icon"),
            ("logo", "logo"),
        ] {
            assert_eq!(stem(target), expected, "{target}");
        }
    }
}
