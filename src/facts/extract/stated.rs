//! The address of its original that a page states.

use super::tokens::{Tokens, address_in};
use crate::facts::signals::ProvenanceKind;
use crate::facts::{FileFacts, Signals};
use crate::source::{Source, floor_boundary};

/// The address in the words that say where a text comes from.
pub(super) fn stated_address(
    source: &Source,
    facts: &FileFacts,
    tokens: &Tokens,
    signals: &Signals,
) -> Option<String> {
    let mut marks = signals.provenance.iter();
    let words = marks
        .find(|mark| mark.kind == ProvenanceKind::Statement)?
        .span;
    let links = facts.links.iter();
    let mut linked = links
        .filter(|link| !link.image && link.span.start < words.end && words.start < link.span.end);
    if let Some(link) = linked.find(|link| address_in(&tokens.replace(&link.url)).is_some()) {
        return Some(link.url.clone());
    }
    // The words may end before the address that the sentence goes on to give.
    let text = source.slice(words);
    let rest = source.text.get(words.end as usize..).unwrap_or("");
    let end = sentence_end(rest);
    let rest = rest.get(..end).unwrap_or("");
    let address = |text: &str| {
        let mut found = tokens.find(text).into_iter();
        let address = found.find(|token| address_in(&token.stands_as.to_string()).is_some())?;
        text.get(address.range).map(str::to_owned)
    };
    let specific = |address: &String| {
        let path = address
            .split_once("://")
            .map_or(address.as_str(), |(_, path)| path);
        path.trim_end_matches('/').contains('/')
    };
    let own = address(text);
    let written = match own {
        Some(own) if specific(&own) => own,
        own => address(rest).or(own)?,
    };
    Some(if written.contains("://") {
        written
    } else {
        format!("https://{written}")
    })
}

/// Where the sentence ends that goes on with `rest`: at a full stop before white space,
/// or at a blank line; the longest is short.
fn sentence_end(rest: &str) -> usize {
    const LONGEST: usize = 300;
    let head = rest.get(..floor_boundary(rest, LONGEST)).unwrap_or("");
    let ends = [". ", ".\n", "! ", "? ", "。", "\n\n", "\n\r\n"];
    let end = ends.iter().filter_map(|end| head.find(end)).min();
    end.unwrap_or(head.len())
}
