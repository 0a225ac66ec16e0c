//! A finding as miette sees it.

use std::fmt;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity as Level, SourceCode,
    ThemeCharacters, ThemeStyles,
};

use super::excerpt::Excerpt;
use super::layout::{broken, note, wrapped_after};
use super::{HumanStyle, View};
use crate::finding::{Finding, Fix, Severity};
use crate::report::{force_words, visible};
use crate::source::Span;

/// Places of one file that are shown with their lines; others are listed.
const MAX_LABELS: usize = 5;
/// Columns that line numbers and gutters take.
const GUTTER: usize = 14;

/// A finding, ready to be drawn.
#[derive(Debug)]
struct Drawn {
    message: String,
    level: Level,
    excerpt: Option<Excerpt>,
    labels: Vec<LabeledSpan>,
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn {}

impl Diagnostic for Drawn {
    fn severity(&self) -> Option<Level> {
        Some(self.level)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as _)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

/// Characters and colours.
pub fn theme(color: bool, ascii: bool) -> GraphicalTheme {
    GraphicalTheme {
        characters: if ascii {
            ThemeCharacters::ascii()
        } else {
            ThemeCharacters::unicode()
        },
        styles: if color {
            ThemeStyles::ansi()
        } else {
            ThemeStyles::none()
        },
    }
}

/// A finding with everything that belongs to it.
pub fn render(view: &View<'_>, finding: &Finding, style: &HumanStyle) -> String {
    let (mut drawn, listed) = draw(view, finding, style);
    let mut theme = theme(style.color, style.ascii);
    let title = format!("{}[{}]:", finding.severity.as_str(), finding.rule.id);
    drawn.message = wrapped_after(title.len(), &drawn.message, style.width);
    for icon in [
        &mut theme.characters.error,
        &mut theme.characters.warning,
        &mut theme.characters.advice,
    ] {
        icon.clone_from(&title);
    }
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        // Wrapped here, at spaces only, so that ids and paths stay whole.
        .with_wrap_lines(false)
        .with_links(false)
        .without_cause_chain();
    let mut out = String::new();
    // Writing to a string fails only when an excerpt can't be read.
    if handler.render_report(&mut out, &drawn).is_err() {
        out = format!("  {title} {}\n", drawn.message);
    }
    let drawn_lines = out.strip_prefix("  ").unwrap_or(&out).lines();
    let mut out = drawn_lines.fold(String::new(), |mut all, line| {
        all.push_str(line.trim_end());
        all.push('\n');
        all
    });
    if let (Some(span), None) = (finding.primary, &drawn.excerpt) {
        out += &note("at", &style.place(view, span), style);
    }
    out += &notes(finding, style);
    out += &places(view, finding, &listed, style);
    out
}

/// What is drawn, and the places that are left to be listed.
fn draw(view: &View<'_>, finding: &Finding, style: &HumanStyle) -> (Drawn, Vec<(Span, String)>) {
    let mut drawn = Drawn {
        message: visible(&finding.message).into_owned(),
        level: match finding.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Note => Level::Advice,
        },
        excerpt: None,
        labels: Vec::new(),
    };
    let related = finding.related.iter().map(|related| {
        // Of a finding that stands for several the sentence is always the same.
        let repeated = related.message == finding.message;
        let message = if repeated { "" } else { &related.message };
        (related.span, visible(message).into_owned())
    });
    let source = finding.primary.and_then(|span| view.source(span.file));
    let (Some(primary), Some(source)) = (finding.primary, source) else {
        return (drawn, related.collect());
    };
    let (mut here, mut listed) = (
        vec![(primary, visible(&finding.label).into_owned())],
        Vec::new(),
    );
    for (span, message) in related {
        if span.file == primary.file && here.len() < MAX_LABELS {
            here.push((span, message));
        } else {
            listed.push((span, message));
        }
    }
    let spans: Vec<Span> = here.iter().map(|(span, _)| *span).collect();
    let columns = style.width.saturating_sub(GUTTER).max(20);
    let excerpt = Excerpt::new(source, style.path(&source.path), &spans, columns);
    for (index, place) in excerpt.marks() {
        let label = broken(&here[index].1, columns / 2);
        let label = Some(label).filter(|text| !text.is_empty());
        drawn.labels.push(if index == 0 {
            LabeledSpan::new_primary_with_span(label, place)
        } else {
            LabeledSpan::new_with_span(label, place)
        });
    }
    drawn.excerpt = Some(excerpt);
    (drawn, listed)
}

fn notes(finding: &Finding, style: &HumanStyle) -> String {
    let rule = &finding.rule;
    let clause = &rule.clause;
    let mut out = note(
        "clause",
        &visible(&format!(
            "{}, {}: “{}” <{}>",
            clause.document,
            clause.section,
            one_line(&clause.quote),
            clause.url
        )),
        style,
    );
    if let Some(sentence) = &finding.sentence {
        let words = format!("“{}” <{}>", sentence.quote, sentence.url);
        out += &note("documented", &visible(&words), style);
    }
    out += &note("force", force_words(rule.force), style);
    if !finding.help.trim().is_empty() {
        let help: Vec<_> = finding.help.lines().map(visible).collect();
        out += &note("help", &help.join("\n"), style);
    }
    for fix in finding.fixes() {
        out += &note("fix", &visible(&fix_words(fix)), style);
    }
    out
}

fn fix_words(fix: &Fix) -> String {
    let safety = if fix.safe { "safe" } else { "to be looked at" };
    match fix.edits.as_slice() {
        // The title often names the words already.
        [edit] if fix.title.contains(edit.replacement.trim()) => {
            format!("{} ({safety})", fix.title)
        }
        [edit] => format!(
            "{}: “{}” ({safety})",
            fix.title,
            shortened(&one_line(&edit.replacement))
        ),
        edits => format!("{}, in {} places ({safety})", fix.title, edits.len()),
    }
}

fn places(
    view: &View<'_>,
    finding: &Finding,
    listed: &[(Span, String)],
    style: &HumanStyle,
) -> String {
    let mut lines: Vec<String> = listed
        .iter()
        .map(|(span, message)| {
            let separator = if message.is_empty() { "" } else { ": " };
            format!("at {}{separator}{message}", style.place(view, *span))
        })
        .collect();
    let counted = (finding.count as usize).saturating_sub(1 + finding.related.len());
    if counted > 0 {
        lines.push(format!("and {counted} more"));
    }
    if lines.is_empty() {
        String::new()
    } else {
        note("also", &lines.join("\n"), style)
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text that only reminds; all of it stands in the JSON report.
fn shortened(text: &str) -> String {
    const MOST: usize = 100;
    crate::report::text::shortened(text, MOST)
}
