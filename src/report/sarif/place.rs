//! Where something is.

use super::model as sarif;
use super::{BASE, text, uri};
use crate::report::View;
use crate::source::Span;

/// Lines before and after the words that belong to their context.
const AROUND: u32 = 1;

/// Longest context in bytes: lines of a minified file are of no use to a reader.
const MAX_CONTEXT: usize = 2_000;

/// A place with what is to be seen there.
pub fn location(view: &View<'_>, span: Span, message: &str) -> sarif::Location {
    sarif::Location {
        id: None,
        physical_location: sarif::PhysicalLocation {
            artifact_location: artifact(view, span),
            region: region(view, span, true),
            context_region: None,
        },
        message: (!message.is_empty()).then(|| text(message)),
    }
}

/// The same with the lines around it.
pub fn primary(view: &View<'_>, span: Span, message: &str) -> sarif::Location {
    let mut location = location(view, span, message);
    location.physical_location.context_region = context(view, span);
    location
}

/// The file of a place.
pub fn artifact(view: &View<'_>, span: Span) -> sarif::ArtifactLocation {
    match view.report.raw_paths.get(&span.file) {
        Some(raw) => below_base(uri::encode(raw)),
        None => of_path(view.path(span)),
    }
}

/// A file by its path.
pub fn of_path(path: &str) -> sarif::ArtifactLocation {
    if path.starts_with('/') {
        sarif::ArtifactLocation {
            uri: format!("file://{}", uri::encode(path.as_bytes())),
            uri_base_id: None,
        }
    } else {
        below_base(uri::encode(path.as_bytes()))
    }
}

fn below_base(uri: String) -> sarif::ArtifactLocation {
    sarif::ArtifactLocation {
        uri,
        uri_base_id: Some(BASE),
    }
}

/// Columns in UTF-16 code units, the end exclusive.
pub fn region(view: &View<'_>, span: Span, snippet: bool) -> Option<sarif::Region> {
    let source = view.source(span.file)?;
    let (start, end) = (source.position(span.start), source.position(span.end));
    Some(sarif::Region {
        start_line: start.line,
        start_column: start.utf16,
        end_line: end.line,
        end_column: end.utf16,
        snippet: (snippet && !span.is_empty()).then(|| text(source.slice(span))),
    })
}

/// The whole lines around a place.
fn context(view: &View<'_>, span: Span) -> Option<sarif::ContextRegion> {
    let source = view.source(span.file)?;
    let starts = source.line_starts();
    let first = source
        .position(span.start)
        .line
        .saturating_sub(AROUND)
        .max(1);
    let last = (source.position(span.end).line + AROUND).min(starts.len() as u32);
    let from = *starts.get(first as usize - 1)? as usize;
    let to = starts
        .get(last as usize)
        .map_or(source.text.len(), |&next| next as usize);
    let lines = source.text.get(from..to)?;
    (lines.len() <= MAX_CONTEXT).then(|| sarif::ContextRegion {
        start_line: first,
        end_line: last,
        snippet: text(lines),
    })
}
