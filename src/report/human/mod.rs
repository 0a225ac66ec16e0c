//! The report for people: what is wrong, the words underlined, the clause in its own
//! words, and what to type instead.

mod brief;
mod diagnostic;
mod excerpt;
mod help;
mod layout;
mod shown;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{self, Write};

pub use diagnostic::theme;
pub use excerpt::Excerpt;
use layout::{plural, wrapped};
pub(in crate::report) use shown::Shown;

use super::silenced::{self, Silenced};
use super::{View, visible};
use crate::finding::Severity;
use crate::scan::{Notice, NoticeLevel};
use crate::source::Span;

/// How the report is to look.
#[derive(Clone, Debug)]
pub struct HumanStyle {
    /// Findings only.
    pub quiet: bool,
    /// How much more to say.
    pub verbose: u8,
    /// With colours.
    pub color: bool,
    /// Drawn with ASCII only.
    pub ascii: bool,
    /// Columns to fill.
    pub width: usize,
    /// What stands before a path, for a reader in the current folder.
    pub base: String,
    /// The current folder, `docs/`, where it lies within what was scanned: paths below it
    /// are shown without it.
    pub here: String,
}

impl Default for HumanStyle {
    fn default() -> Self {
        Self {
            quiet: false,
            verbose: 0,
            color: false,
            ascii: false,
            width: 100,
            base: String::new(),
            here: String::new(),
        }
    }
}

impl HumanStyle {
    /// Text in bold type, where there are colours.
    pub fn bold(&self, text: &str) -> String {
        if self.color {
            format!("\u{1b}[1m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// A path as the reader can open it.
    pub fn path(&self, path: &str) -> String {
        match path.strip_prefix(&*self.here) {
            Some(below) if !self.here.is_empty() => visible(below).into_owned(),
            _ => format!("{}{}", visible(&self.base), visible(path)),
        }
    }

    /// `path:line:column`.
    fn place(&self, view: &View<'_>, span: Span) -> String {
        let path = self.path(view.path(span));
        match view.source(span.file) {
            Some(source) => {
                let position = source.position(span.start);
                format!("{path}:{}:{}", position.line, position.column)
            }
            None => path,
        }
    }
}

/// Writes the report for people.
pub fn write(view: &View<'_>, style: &HumanStyle, out: &mut dyn Write) -> io::Result<()> {
    let mut findings: Vec<_> = view.shown().collect();
    // The gravest first; among equals the order of the report.
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    for (index, finding) in findings.iter().enumerate() {
        let last = index.checked_sub(1).map(|index| findings[index]);
        let text = match style.verbose {
            0 => brief::render(view, finding, last, style),
            _ => diagnostic::render(view, finding, style),
        };
        out.write_all(text.as_bytes())?;
        writeln!(out)?;
    }
    if style.quiet {
        return Ok(());
    }
    write_notices(view, style, out)?;
    if style.verbose > 0 {
        write_details(view, style, out)?;
    }
    writeln!(out, "{}", summary(view))
}

/// What is said of many files in the same words is said of a few of them; `-v` names all.
fn write_notices(view: &View<'_>, style: &HumanStyle, out: &mut dyn Write) -> io::Result<()> {
    /// Most files that the same is told of one by one.
    const FEW: usize = 3;
    let told = |notice: &&Notice| notice.level > NoticeLevel::Info || style.verbose > 0;
    let mut alike: BTreeMap<(NoticeLevel, &str), usize> = BTreeMap::new();
    for notice in view.report.notices.iter().filter(told) {
        let count = alike.entry((notice.level, &notice.message)).or_default();
        *count += 1;
        if *count <= FEW || style.verbose > 0 {
            write_notice(view, notice, style, out)?;
        }
    }
    for ((level, message), count) in alike {
        if count > FEW && style.verbose == 0 {
            let more = plural(count - FEW, "more file");
            let text = format!("{more}: {} (-v names them)", visible(message));
            out.write_all(
                wrapped(&style.bold(&format!("{}:", level.label())), &text, style).as_bytes(),
            )?;
        }
    }
    Ok(())
}

fn write_notice(
    view: &View<'_>,
    notice: &Notice,
    style: &HumanStyle,
    out: &mut dyn Write,
) -> io::Result<()> {
    let level = notice.level.label();
    let place = match (notice.span, &notice.path) {
        (Some(span), _) => style.place(view, span),
        (None, Some(path)) => style.path(path),
        (None, None) => String::new(),
    };
    let separator = if place.is_empty() { "" } else { ": " };
    let text = format!("{place}{separator}{}", visible(&notice.message));
    out.write_all(wrapped(&style.bold(&format!("{level}:")), &text, style).as_bytes())
}

fn write_details(view: &View<'_>, style: &HumanStyle, out: &mut dyn Write) -> io::Result<()> {
    for pack in view.packs {
        let part = view.part(pack).map_or_else(String::new, |part| {
            let verdict = if part.takes_part {
                "takes part"
            } else {
                "takes no part"
            };
            format!("; {verdict}: {}", visible(&part.reason))
        });
        let rules = plural(pack.rules.len(), "rule");
        let text = format!("{}: {}, {rules}{part}", pack.id, visible(&pack.title));
        out.write_all(wrapped(&style.bold("pack:"), &text, style).as_bytes())?;
    }
    if style.verbose > 1 {
        for (path, skip) in &view.report.skipped {
            writeln!(
                out,
                "{} {}: {}",
                style.bold("skipped:"),
                style.path(path),
                skip.describe()
            )?;
        }
    }
    let reasons = reasons(view);
    if !reasons.is_empty() {
        writeln!(out, "{} {}", style.bold("skipped:"), reasons.join(", "))?;
    }
    Ok(())
}

/// How many files and folders were left out, by reason.
fn reasons(view: &View<'_>) -> Vec<String> {
    let skipped = view.report.counts.skipped.iter();
    skipped
        .map(|(skip, count)| format!("{count} {}", skip.describe()))
        .collect()
}

/// The reasons, where there is nothing else to tell.
fn left_out(view: &View<'_>) -> String {
    match reasons(view).as_slice() {
        [] => String::new(),
        reasons => format!("; left out: {}", reasons.join(", ")),
    }
}

/// Which packs took part and why, or that none did: without one nothing was looked for.
fn packs(view: &View<'_>) -> String {
    let parts: Vec<String> = view
        .report
        .packs
        .iter()
        .filter(|part| part.takes_part)
        .map(|part| {
            format!(
                "the pack {} took part ({})",
                part.pack,
                visible(&part.reason)
            )
        })
        .collect();
    if parts.is_empty() {
        "no pack took part: nothing that was read shows any of their subjects".to_owned()
    } else {
        parts.join(", ")
    }
}

/// `2 errors, 1 note in 3 files (128 checked, 3 skipped)`.
pub fn summary(view: &View<'_>) -> String {
    let levels: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (view.count(severity), severity))
        .filter(|(count, _)| *count > 0)
        .map(|(count, severity)| plural(count, severity.as_str()))
        .collect();
    let mut files: Vec<_> = view
        .shown()
        .filter_map(|finding| Some(finding.primary?.file))
        .collect();
    files.sort_unstable();
    files.dedup();
    let counts = &view.report.counts;
    let found = match (levels.is_empty(), files.len()) {
        // That nothing was looked at is no all-clear.
        (true, _) if counts.read == 0 => format!("no file was checked{}", left_out(view)),
        (true, _) => format!("nothing found; {}", packs(view)),
        (false, 0) => levels.join(", "),
        (false, count) => format!("{} in {}", levels.join(", "), plural(count, "file")),
    };
    let skipped: u64 = counts.skipped.values().sum();
    let mut told = vec![
        format!("{} checked", counts.read),
        format!("{skipped} skipped"),
    ];
    let causes = silenced::silenced(view);
    told.extend(causes.iter().filter_map(Silenced::summary));
    format!("{found} ({})", told.join(", "))
}
