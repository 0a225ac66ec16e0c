//! What the terminal can show.

use std::fmt;
use std::io::{IsTerminal, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use miette::{
    Diagnostic, GraphicalReportHandler, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents,
};

use crate::cli::{ColorWhen, OutputArgs};
use crate::report::{self, HumanStyle};

/// Width of what does not go to a terminal.
const DEFAULT_WIDTH: usize = 100;
/// Longer lines are hard to read, however wide the terminal.
const MAX_WIDTH: usize = 120;
/// Narrower, nothing can be laid out.
const MIN_WIDTH: usize = 40;

/// Makes `--color` count for all streams.
pub(crate) fn set_color(when: ColorWhen) {
    match when {
        ColorWhen::Auto => ColorChoice::Auto,
        ColorWhen::Always => ColorChoice::Always,
        ColorWhen::Never => ColorChoice::Never,
    }
    .write_global();
}

/// Standard output, without colours where they are not wanted.
pub(crate) fn stdout() -> impl Write {
    AutoStream::auto(std::io::stdout().lock())
}

/// How to write to standard output.
pub(crate) fn stdout_style(args: &OutputArgs, root: &Path) -> HumanStyle {
    let out = std::io::stdout();
    HumanStyle {
        quiet: args.quiet,
        verbose: args.verbose,
        color: AutoStream::choice(&out) != ColorChoice::Never,
        ascii: is_plain(out.is_terminal()),
        width: width(out.is_terminal()),
        base: base(root),
        here: here(root),
    }
}

/// How to write to a file: for any reader.
pub(crate) fn file_style(args: &OutputArgs) -> HumanStyle {
    HumanStyle {
        quiet: args.quiet,
        verbose: args.verbose,
        color: false,
        ascii: is_plain(false),
        width: DEFAULT_WIDTH,
        base: String::new(),
        here: String::new(),
    }
}

/// Whether to draw with ASCII only: a dumb terminal, or a pipe whose reader wants
/// nothing special.
pub(crate) fn is_plain(terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    set("TERM").is_some_and(|term| term == "dumb") || (!terminal && set("NO_COLOR").is_some())
}

/// Columns to fill.
pub(crate) fn width(terminal: bool) -> usize {
    let columns = if terminal {
        terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
    } else {
        None
    };
    columns.unwrap_or(DEFAULT_WIDTH).clamp(MIN_WIDTH, MAX_WIDTH)
}

/// A text whose name holds nothing that begins a line or acts on a terminal: folders have
/// names with line breaks, and miette writes them as they are.
struct SafelyNamed<'a>(&'a dyn SourceCode);

impl SourceCode for SafelyNamed<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let read = self.0.read_span(span, before, after)?;
        let Some(name) = read.name() else {
            return Ok(read);
        };
        Ok(Box::new(MietteSpanContents::new_named(
            report::visible(name).into_owned(),
            read.data(),
            *read.span(),
            read.line(),
            read.column(),
            read.line_count(),
        )))
    }
}

/// An error without the code that miette would put on a line of its own.
struct WithoutCode<'a> {
    error: &'a dyn Diagnostic,
    source: Option<SafelyNamed<'a>>,
}

impl fmt::Debug for WithoutCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.error, f)
    }
}

impl fmt::Display for WithoutCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.error, f)
    }
}

impl std::error::Error for WithoutCode<'_> {}

impl Diagnostic for WithoutCode<'_> {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.error.help()
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.error.labels()
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        let source = self.source.as_ref()?;
        Some(source as &dyn SourceCode)
    }
}

/// An error for standard error. In colour only when nothing in it could act on the
/// terminal.
pub(crate) fn error(error: &dyn Diagnostic) -> String {
    let stream = std::io::stderr();
    let terminal = stream.is_terminal();
    let render = |color: bool| {
        let mut theme = report::theme(color, is_plain(terminal));
        "error:".clone_into(&mut theme.characters.error);
        let mut out = String::new();
        let _ = GraphicalReportHandler::new_themed(theme)
            .with_width(width(terminal))
            // Words that are to be typed must not be broken.
            .with_wrap_lines(false)
            .with_links(false)
            .render_report(
                &mut out,
                &WithoutCode {
                    error,
                    source: error.source_code().map(SafelyNamed),
                },
            );
        out
    };
    let plain = render(false);
    let harmless: String = plain
        .split_inclusive('\n')
        .map(|line| match line.strip_suffix('\n') {
            Some(line) => format!("{}\n", report::visible(line)),
            None => report::visible(line).into_owned(),
        })
        .collect();
    let wants_color = AutoStream::choice(&stream) != ColorChoice::Never;
    let out = if wants_color && harmless == plain {
        render(true)
    } else {
        harmless
    };
    out.trim_start().to_owned()
}

/// The current folder below `root`, `docs/`, where it lies there.
fn here(root: &Path) -> String {
    let here = Path::new(".").canonicalize().ok();
    let below = here
        .as_deref()
        .and_then(|here| here.strip_prefix(root).ok());
    match below.map(|below| below.to_string_lossy().replace('\\', "/")) {
        Some(below) if !below.is_empty() => format!("{below}/"),
        _ => String::new(),
    }
}

/// What stands before a path below `root` for a reader in the current folder.
fn base(root: &Path) -> String {
    let Ok(here) = Path::new(".").canonicalize() else {
        return String::new();
    };
    let shown = match (root.strip_prefix(&here), here.strip_prefix(root)) {
        (Ok(below), _) => below.to_path_buf(),
        (_, Ok(above)) => above.components().map(|_| "..").collect(),
        _ => root.to_path_buf(),
    };
    let mut text = crate::walk::readable(&shown.to_string_lossy());
    if !text.is_empty() && !text.ends_with('/') {
        text.push('/');
    }
    text
}
