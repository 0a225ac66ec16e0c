//! The words of licence pages, `rules/common/page-words.yaml`, as patterns: one for
//! each role, over all languages at once, since pages mix languages.

mod phrases;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::parse::rates::{Reader, is_joined};
pub(super) use phrases::Words;

/// `page-words.yaml` as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    languages: BTreeMap<String, RawLanguage>,
    creative_commons: Vec<String>,
    legal_forms: Vec<String>,
    title_words: Vec<String>,
    parts: Vec<String>,
    addresses: BTreeMap<String, Vec<String>>,
    header_names: Vec<String>,
    copyright_words: Vec<String>,
    possessives: Vec<String>,
    public_hosts: BTreeMap<String, usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawLanguage {
    trademark: Vec<String>,
    attributive: Vec<String>,
    complaints: Vec<String>,
    guidelines: Vec<String>,
    privacy: Vec<String>,
    terms: Vec<String>,
    documentation: Vec<String>,
    code: Vec<String>,
    licence: Vec<String>,
    others: Vec<String>,
    images: Vec<String>,
    unless: Vec<String>,
    not: Vec<String>,
    past: Vec<String>,
    doubt: Vec<String>,
    conditional: Vec<String>,
    exceed: Vec<String>,
    samples: Vec<String>,
    failures: Vec<String>,
    other_numbers: Vec<String>,
    limits: Vec<String>,
    allow: Vec<String>,
    updated: Vec<String>,
    names: Vec<String>,
    articles: Vec<String>,
    and: Vec<String>,
    of: Vec<String>,
    by: Vec<String>,
    noncommercial: Vec<String>,
    sharealike: Vec<String>,
    noderivatives: Vec<String>,
    per: Vec<String>,
    per_after: Vec<String>,
    scopes: BTreeMap<String, Vec<String>>,
    common: Vec<String>,
    tiers: Vec<String>,
    tier_heads: Vec<String>,
    tier_names: Vec<String>,
    endpoint_heads: Vec<String>,
    scope_heads: Vec<String>,
    own_case: Vec<String>,
    bids: Vec<String>,
    copula: Vec<String>,
    no_names: Vec<String>,
    small: Vec<String>,
    crediting: Vec<String>,
    no_rights: Vec<String>,
    behind: Vec<String>,
    data: Vec<String>,
    links: Vec<String>,
    months: Vec<String>,
}

macro_rules! roles {
    (tell: $($(#[$doc:meta])* $name:ident),*; quiet: $($(#[$quiet_doc:meta])* $quiet:ident),* $(,)?) => {
        /// The words, compiled.
        pub(super) struct PageWords {
            $($(#[$doc])* pub(super) $name: Words,)*
            $($(#[$quiet_doc])* pub(super) $quiet: Words,)*
            /// Every word of every role, and of titles.
            pub(super) generic: Words,
            /// Names of HTTP headers.
            pub(super) header_names: Words,
            /// What stands between the sign and the holder in a copyright line.
            pub(super) copyright_words: Words,
            /// What joins a thing to whose it is without a space.
            pub(super) possessives: Vec<String>,
            /// Hosts of other people's pages, with the parts of the path that tell whose.
            pub(super) public_hosts: BTreeMap<String, usize>,
            /// The months of each language, January first, in lower case.
            pub(super) months: Vec<Vec<String>>,
            /// "Creative Commons" in any script.
            pub(super) creative_commons: Words,
            /// Legal forms of companies, in lower case.
            legal_forms: Vec<String>,
            /// Words of titles that are part of no product's name, in lower case.
            title_words: Vec<String>,
            /// What a limit is counted by, by its name.
            pub(super) scopes: Vec<(String, Words)>,
            /// Every word by language.
            common: Vec<(String, Words)>,
            /// What parts a sentence that speaks of two licences.
            pub(super) parts: Vec<String>,
            /// Parts of addresses by what stands there.
            pub(super) addresses: BTreeMap<String, Vec<String>>,
        }

        impl PageWords {
            fn load(words: &str) -> Result<Self, serde_yaml::Error> {
                let raw: Raw = serde_yaml::from_str(words)?;
                let all = |of: fn(&RawLanguage) -> &Vec<String>| {
                    Words::new(raw.languages.values().flat_map(|language| of(language)))
                };
                let lower = |words: &[String]| words.iter().map(|word| word.to_lowercase()).collect();
                let mut scopes: BTreeMap<&String, Vec<&String>> = BTreeMap::new();
                for (scope, words) in raw.languages.values().flat_map(|language| &language.scopes) {
                    scopes.entry(scope).or_default().extend(words);
                }
                let generic = raw.languages.values().flat_map(|language| {
                    let roles = [$(&language.$name,)* $(&language.$quiet,)* &language.common];
                    let scopes = language.scopes.values();
                    roles.into_iter().chain(scopes).flatten()
                });
                Ok(Self {
                    $($name: all(|language| &language.$name),)*
                    $($quiet: all(|language| &language.$quiet),)*
                    generic: Words::new(generic.chain(&raw.title_words)),
                    header_names: Words::new(&raw.header_names),
                    copyright_words: Words::new(&raw.copyright_words),
                    months: raw
                        .languages
                        .values()
                        .map(|language| lower(&language.months))
                        .filter(|months: &Vec<String>| !months.is_empty())
                        .collect(),
                    possessives: raw.possessives,
                    public_hosts: raw.public_hosts,
                    creative_commons: Words::new(&raw.creative_commons),
                    legal_forms: lower(&raw.legal_forms),
                    title_words: lower(&raw.title_words),
                    scopes: scopes
                        .into_iter()
                        .map(|(scope, words)| (scope.clone(), Words::new(words)))
                        .collect(),
                    common: raw
                        .languages
                        .iter()
                        .map(|(id, language)| {
                            let all = [$(&language.$name),*].into_iter().flatten();
                            (id.clone(), Words::new(all.chain(&language.common)))
                        })
                        .collect(),
                    parts: raw.parts,
                    addresses: raw.addresses,
                })
            }
        }
    };
}

roles! {
    tell:
    /// A sentence about trademarks.
    trademark,
    /// "Trademark law" and the like, which speak of no mark.
    attributive,
    /// Where to complain of a misuse.
    complaints,
    /// What an owner publishes on the use of its marks.
    guidelines,
    /// A privacy statement.
    privacy,
    /// Terms of use.
    terms,
    /// What the documentation's licence is of.
    documentation,
    /// What a licence for code is of.
    code,
    /// A licence, to license.
    licence,
    /// Somebody else's work.
    others,
    /// Pictures, whose licence is not the text's.
    images,
    /// "Unless stated otherwise": the rule, not the exception.
    unless,
    /// Negations.
    not,
    /// What no longer holds.
    past,
    /// Examples, plans, advice.
    doubt,
    /// Of one case only: "if a file".
    conditional,
    /// Going over a limit, which states it even after "if".
    exceed,
    /// Headings over examples.
    samples,
    /// Calls that failed.
    failures,
    /// Numbers that count no calls.
    other_numbers,
    /// Headings over limits.
    limits,
    /// Lets somebody do so much.
    allow,
    /// Before the date of the last change.
    updated,
    /// Nouns beside a mark that are no part of it.
    names,
    /// Articles.
    articles,
    /// Joins the last name of a list.
    and,
    /// Stands before an owner.
    of,
    /// Attribution as an element of a licence.
    by,
    /// Non-commercial.
    noncommercial,
    /// Share alike.
    sharealike,
    /// No derivatives.
    noderivatives,
    /// Before the word that a limit is counted by.
    per,
    /// Behind it.
    per_after;
    quiet:
    /// For whom an alternative limit holds.
    tiers,
    /// Headers of columns of these.
    tier_heads,
    /// The same as `tiers` where nothing stands beside them.
    tier_names,
    /// Headers of columns of endpoints.
    endpoint_heads,
    /// Headers of columns that tell what is counted together.
    scope_heads,
    /// Speaks of a reader's own limit.
    own_case,
    /// Forbids in the words of advice.
    bids,
    /// Joins a mark to the word for trademark.
    copula,
    /// No mark or owner by themselves.
    no_names,
    /// Small words, which begin no name either.
    small,
    /// Speaks of how somebody has to be credited.
    crediting,
    /// Grants no right.
    no_rights,
    /// Doubtful before a rate, and nothing to one that stands before it.
    behind,
    /// What a licence may be of that is no documentation.
    data,
    /// Joins the parts of a product's name.
    links,
}

impl PageWords {
    /// The words that ship; `None` can't happen in a tested build.
    pub(super) fn shipped() -> Option<&'static Self> {
        static WORDS: LazyLock<Option<PageWords>> = LazyLock::new(|| {
            PageWords::load(include_str!("../../rules/common/page-words.yaml")).ok()
        });
        WORDS.as_ref()
    }

    /// Whether a word is a company's legal form.
    pub(super) fn is_legal_form(&self, word: &str) -> bool {
        // "B.V" of "B.V.", whose last stop ends a sentence.
        let plain = |word: &str| word.to_lowercase().replace('.', "");
        let word = plain(word);
        !word.is_empty() && self.legal_forms.iter().any(|form| plain(form) == word)
    }

    /// Whether what is left of a text names something: words that are neither known to
    /// pages of this kind nor to limits, nor among `known`.
    pub(super) fn names_something(&self, text: &str, known: &[&str]) -> bool {
        self.things(text, known, |_| true)
    }

    /// Whether a sentence begins with a thing that is no name: "the mosaics are under …" speaks
    /// of something that these lists do not know, "Harbour is under …" of what the page is about
    /// (page licence-of-something-that-no-list-knows).
    pub(super) fn begins_with_a_thing(&self, text: &str, known: &[&str]) -> bool {
        let mut words = text.split_whitespace();
        let article = words.next().is_some_and(|word| self.articles.is(word));
        let thing = words.next().filter(|_| article);
        thing.is_some_and(|word| {
            self.things(word, known, |word| word.chars().all(char::is_lowercase))
        })
    }

    fn things(&self, text: &str, known: &[&str], counts: impl Fn(&str) -> bool) -> bool {
        let mut rest = Reader::shared().rest(text);
        for range in self.generic.all(&rest.clone()) {
            rest.replace_range(range.clone(), &" ".repeat(range.len()));
        }
        rest.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 2 || word.chars().any(is_joined))
            .filter(|word| !word.chars().all(char::is_numeric))
            .filter(|word| !known.iter().any(|known| known.eq_ignore_ascii_case(word)))
            .any(counts)
    }

    /// Whether a name is none: pronouns, articles, places and legal forms, or one of the
    /// words of pages alone.
    pub(super) fn is_no_name(&self, name: &str) -> bool {
        let mut words = name.split_whitespace();
        words.all(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            word.is_empty()
                || self.no_names.is(word)
                || self.small.is(word)
                || self.is_legal_form(word)
                || self.names.is(word)
                || self.articles.is(word)
                || self.trademark.is(word)
                || word.chars().all(char::is_numeric)
        })
    }

    /// Whether a word belongs to titles rather than to names.
    pub(super) fn is_title_word(&self, word: &str) -> bool {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        self.title_words.contains(&word.to_lowercase())
            || [
                &self.limits,
                &self.terms,
                &self.documentation,
                &self.guidelines,
            ]
            .iter()
            .any(|words| words.is(word))
            || Reader::shared().limiting(word)
            || Reader::shared().counts_calls(word)
    }

    /// How many words of each language stand in a text, most first.
    pub(super) fn languages(&self, text: &str) -> Vec<(&str, usize)> {
        let mut counts: Vec<_> = self
            .common
            .iter()
            .map(|(id, words)| (id.as_str(), words.all(text).count()))
            .collect();
        counts.sort_by_key(|&(id, count)| (std::cmp::Reverse(count), id));
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound() {
        let words = PageWords::load(include_str!("../../rules/common/page-words.yaml"))
            .expect("page-words.yaml loads");
        assert_eq!(words.common.len(), 19);
        for role in [
            &words.trademark,
            &words.privacy,
            &words.terms,
            &words.guidelines,
            &words.licence,
        ] {
            assert!(role.regex().is_some());
        }
        for (language, words) in words.common.iter().chain(&words.scopes) {
            assert!(words.regex().is_some(), "{language}");
        }
    }

    #[test]
    fn phrases_are_whole_words_or_stems() {
        let words = Words::new(&["znak* towarow*".to_owned(), "商標".to_owned()]);
        assert!(words.stand_in("są znakami  towarowymi firmy"));
        assert!(words.stand_in("の登録商標です"));
        assert!(!words.stand_in("oznaki towarowe"));
    }
}
