//! The place of what is found in a repository as a whole.

use super::texts::Texts;
use crate::facts::{FileRecord, NameRole, RepositoryFacts, Zone};
use crate::parse::kind::is_readme;
use crate::source::{FileId, Span};

/// Where a finding of the repository as a whole is shown, for viewers need a place:
/// the title of the README, else what a manifest names, else the first file.
pub fn stand_in(facts: &RepositoryFacts, texts: &mut Texts) -> Option<Span> {
    let depth = |path: &str| (path.matches('/').count(), path.len());
    let own = |record: &&FileRecord| !matches!(record.zone, Zone::Test | Zone::ThirdParty);
    let named = facts.files.iter().filter(own).flat_map(|record| {
        record.names.iter().filter_map(move |name| {
            let readme = name.role == NameRole::Title && is_readme(&record.path);
            let manifest = matches!(name.role, NameRole::Package | NameRole::Display);
            let rank = (!readme, depth(&record.path));
            Some((rank, name.span.filter(|_| readme || manifest)?))
        })
    });
    let readme = |path: &str| (!is_readme(path), depth(path));
    let file = (facts.files.iter().filter(own)).min_by_key(|record| readme(&record.path));
    let title = named.min_by_key(|(rank, span)| (*rank, *span));
    match (title, file) {
        (Some(((false, _), span)), _) => Some(span),
        (Some((_, span)), Some(file)) if !is_readme(&file.path) => Some(span),
        (_, Some(file)) => Some(first_line(file.id, texts)),
        (title, None) => title.map(|(_, span)| span),
    }
}

/// The first line of a file that is not blank.
fn first_line(id: FileId, texts: &mut Texts) -> Span {
    let start = Span::new(id, 0..0);
    texts.need(std::iter::once(start));
    let Some(source) = texts.sources().get(&id) else {
        return start;
    };
    let lines = 1..=source.line_starts().len() as u32;
    let line = lines
        .clone()
        .find(|&line| !source.line_text(line).trim().is_empty());
    line.map_or(start, |line| {
        let at = source.line_starts()[line as usize - 1] as usize;
        source.span(at..at + source.line_text(line).trim_end().len())
    })
}
