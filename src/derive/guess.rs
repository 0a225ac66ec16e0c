//! Who may own a page that does not say it: by its title and its address. Good for the
//! names in a pack, never a fact of the page.

use super::owner::host_label;
use super::product;
use super::words::PageWords;
use crate::pack::page::PageFacts;

/// A name and what tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) name: String,
    /// For messages: `the title`.
    pub(super) by: &'static str,
}

/// The likeliest owner: the name in the title that the address has, too; else the one of
/// the address; else the title's.
pub(super) fn owner(words: &PageWords, facts: &PageFacts) -> Option<Guess> {
    let title = facts.page.title.as_ref().map(|title| title.quote.as_str());
    let mut names: Vec<String> = facts
        .product
        .iter()
        .map(|fact| fact.value.clone())
        .collect();
    names.extend(
        title
            .into_iter()
            .flat_map(|title| product::products_in(words, title)),
    );
    names.retain(|name| !words.is_no_name(name));
    let url = facts.page.url.as_ref().map(|fact| fact.value.as_str());
    let label = url.and_then(|url| label(words, url));
    if let Some(label) = label {
        let same = |name: &&str| name.to_lowercase() == label;
        let whole = names
            .iter()
            .map(String::as_str)
            .find(|name| name.to_lowercase().replace(' ', "") == label);
        let word = || {
            names
                .iter()
                .flat_map(|name| name.split_whitespace())
                .find(same)
        };
        return Some(match whole.or_else(word) {
            Some(name) => Guess {
                name: name.to_owned(),
                by: "the title and the address",
            },
            None => Guess {
                name: capital(&label),
                by: "the address",
            },
        });
    }
    names.into_iter().max_by_key(String::len).map(|name| Guess {
        name,
        by: "the title",
    })
}

/// The name in an address: of the host, or of whom a public host says it publishes for.
pub(super) fn label(words: &PageWords, url: &str) -> Option<String> {
    let parsed = url::Url::parse(url).ok()?;
    let host = parsed.host_str()?.trim_start_matches("www.");
    let public = words
        .public_hosts
        .iter()
        .find(|(known, _)| host == known.as_str() || host.ends_with(&format!(".{known}")));
    let Some((known, parts)) = public else {
        return host_label(url);
    };
    let sub = host.strip_suffix(known.as_str()).unwrap_or_default();
    if !sub.is_empty() && *parts == 0 {
        return sub
            .trim_end_matches('.')
            .rsplit('.')
            .next()
            .map(str::to_owned);
    }
    let mut segments = parsed.path_segments()?;
    segments
        .next()
        .filter(|first| !first.is_empty() && *parts > 0)
        .map(str::to_lowercase)
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// The part of public addresses that is the documentation's own: the host, or on a host
/// of many the path that tells whose. `None` when nothing of it is.
pub(super) fn place(words: &PageWords, url: &str) -> Option<String> {
    let parsed = url::Url::parse(url).ok()?;
    let host = parsed.host_str()?.trim_start_matches("www.");
    let Some(parts) = words.public_hosts.get(host) else {
        return Some(host.to_owned());
    };
    let segments: Vec<&str> = parsed
        .path_segments()?
        .filter(|segment| !segment.is_empty())
        .take(*parts)
        .collect();
    (*parts > 0 && segments.len() == *parts).then(|| format!("{host}/{}", segments.join("/")))
}

/// The folder of an address that was given as the documentation's.
pub(super) fn folder(url: &str) -> Option<String> {
    let parsed = url::Url::parse(url).ok()?;
    let host = parsed.host_str()?.trim_start_matches("www.");
    Some(format!("{host}{}", parsed.path().trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_host_is_nobodys_documentation() {
        let words = PageWords::shipped().expect("page words");
        let place = |url| place(words, url);
        assert_eq!(
            place("https://github.com/lantern/docs/blob/main/page.md").as_deref(),
            Some("github.com/lantern/docs")
        );
        assert_eq!(place("https://github.com/lantern"), None);
        assert_eq!(place("https://github.io/"), None);
        assert_eq!(
            place("https://lantern.readthedocs.io/en/latest/").as_deref(),
            Some("lantern.readthedocs.io")
        );
        assert_eq!(
            place("https://www.lantern.example/terms").as_deref(),
            Some("lantern.example")
        );
    }
}
