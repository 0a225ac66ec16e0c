//! Where a finding is shown by formats that need a file and a line for everything.

use super::View;
use crate::finding::Finding;
use crate::parse::kind;
use crate::source::Span;

/// A file and the lines and columns in it, from 1; the end is exclusive.
pub struct Place<'a> {
    pub path: &'a str,
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

/// The place of a finding. One of the repository as a whole, or whose file changed
/// while the scan ran, is shown at the top of a file: its own, or the README.
pub fn of<'a>(view: &View<'a>, finding: &Finding) -> Place<'a> {
    let start = |path| Place {
        path,
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 1,
    };
    match finding.primary {
        Some(span) => at(view, span).unwrap_or_else(|| start(view.path(span))),
        None => start(readme(view)),
    }
}

/// The place of a span, where its text is at hand.
pub fn at<'a>(view: &View<'a>, span: Span) -> Option<Place<'a>> {
    let source = view.source(span.file)?;
    let (start, end) = (source.position(span.start), source.position(span.end));
    Some(Place {
        path: view.path(span),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    })
}

/// The README nearest to the top, else the first file, else the folder itself.
fn readme<'a>(view: &View<'a>) -> &'a str {
    let paths = &view.report.paths;
    let readmes = paths.iter().filter(|path| kind::is_readme(path));
    readmes
        .min_by_key(|path| (path.matches('/').count(), path.len()))
        .or_else(|| paths.first())
        .map_or(".", |path| path)
}
