//! Text in common with the pages of an index, as evidence that a file is derived from the
//! documentation of a pack.

use url::Url;

use crate::facts::signals::{Copied, Origin, ProvenanceKind, ProvenanceMark};
use crate::facts::{FileFacts, Prose, Signals};
use crate::index::{Passage, Shared};
use crate::pack::Pack;
use crate::source::{Source, Span};

/// A source that stands so many bytes beside a quotation is told with it.
const BESIDE: u32 = 400;

/// The pages of whose text a file holds some that are a pack's.
pub(super) struct SharedReader {
    hosts: Vec<String>,
    licences: Vec<String>,
    weight: u32,
}

impl SharedReader {
    pub(super) fn new(pack: &Pack) -> Self {
        Self {
            hosts: pack.provenance.hosts.clone(),
            licences: pack.notices.attribution.licences.clone(),
            weight: pack.provenance.threshold,
        }
    }

    /// Adds what a file has in common with the pack's pages to its signals.
    pub(super) fn read(&self, source: &Source, facts: &FileFacts, signals: &mut Signals) {
        for shared in facts.shared.iter().filter(|shared| self.is_ours(shared)) {
            let passages: Vec<(Span, (u32, u32))> = shared
                .passages
                .iter()
                .filter(|passage| !self.is_quoted(source, facts, passage))
                .map(|passage| (span(source, facts, passage), passage.lines))
                .collect();
            let Some((first, _)) = passages.first() else {
                continue;
            };
            signals.provenance.push(ProvenanceMark {
                what: shared.page.title.to_string(),
                kind: ProvenanceKind::Text,
                weight: self.weight,
                span: *first,
            });
            signals.copied.push(Copied {
                page: shared.page.clone(),
                passages,
                words: shared.words,
                share: shared.share,
            });
        }
    }

    /// What the file says of its origin, completed by what the index knows of the page.
    pub(super) fn origin(signals: &mut Signals) {
        let Some(page) = signals.copied.first().map(|copied| copied.page.clone()) else {
            return;
        };
        let origin = signals.origin.get_or_insert_with(Origin::default);
        // The title of the original, whatever the copy calls itself.
        origin.title = Some(page.title.to_string());
        if origin.url.is_none() && !page.url.is_empty() {
            origin.url = Some(page.url.to_string());
        }
    }

    /// Whether a page is published on a host of the pack, under a licence of it or one that
    /// nobody told.
    fn is_ours(&self, shared: &Shared) -> bool {
        let page = &shared.page;
        let host = Url::parse(&page.url).ok();
        let host = host.as_ref().and_then(Url::host_str).unwrap_or("");
        let ids = page
            .licence
            .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
        let mut own = ids.filter(|id| !id.is_empty()).peekable();
        let licensed =
            own.peek().is_none() || own.any(|id| self.licences.iter().any(|our| our == id));
        licensed && self.hosts.iter().any(|own| own == host)
    }

    /// Whether a passage is a quotation that names its source: in quotation marks or a block
    /// of its own, with an address of the documentation beside it.
    fn is_quoted(&self, source: &Source, facts: &FileFacts, passage: &Passage) -> bool {
        let pieces = passage.from.0..=passage.to.0;
        let prose = |index: u32| facts.prose.get(index as usize);
        let block = pieces.clone().filter_map(prose).all(|prose| prose.quoted);
        let marked = passage.from.0 == passage.to.0
            && prose(passage.from.0).is_some_and(|prose| in_marks(prose, passage));
        if !block && !marked {
            return false;
        }
        let own = span(source, facts, passage);
        let near = own.start.saturating_sub(BESIDE)..own.end.saturating_add(BESIDE);
        let published = |text: &str| self.hosts.iter().any(|host| text.contains(host.as_str()));
        let linked = facts.links.iter().any(|link| {
            published(&link.url) && link.span.end >= near.start && link.span.start <= near.end
        });
        linked
            || facts.prose.iter().any(|prose| {
                let place = prose.whole(source.id);
                place.end >= near.start && place.start <= near.end && published(&prose.text)
            })
    }
}

/// Whether a passage stands in quotation marks of its paragraph.
fn in_marks(prose: &Prose, passage: &Passage) -> bool {
    const OPEN: [char; 7] = ['"', '“', '„', '«', '「', '『', '‹'];
    const CLOSE: [char; 7] = ['"', '”', '“', '»', '」', '』', '›'];
    let before = prose.text.get(..passage.from.1).unwrap_or("");
    let after = prose.text.get(passage.to.1..).unwrap_or("");
    let open = before.rfind(OPEN);
    let ended = before.rfind(['”', '»', '」', '』', '›']);
    open.is_some() && ended.is_none_or(|ended| Some(ended) < open) && after.contains(CLOSE)
}

fn span(source: &Source, facts: &FileFacts, passage: &Passage) -> Span {
    let place = |(piece, at): (u32, usize), is_end: bool| {
        let prose = facts.prose.get(piece as usize)?;
        let range = if is_end { 0..at } else { at..prose.text.len() };
        let span = prose.span(source.id, range);
        Some(if is_end { span.end } else { span.start })
    };
    let start = place(passage.from, false).unwrap_or_default();
    let end = place(passage.to, true).unwrap_or_default();
    Span {
        file: source.id,
        start,
        end: end.max(start),
    }
}
