//! What `termscheck licence` says.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::{shortened, visible};
use crate::licensing::{Conflict, Evidence, Governed, Licensing, Step};

/// Version of the JSON document: raised when a key changes its meaning or goes away.
const VERSION: u32 = 1;
/// Letters of a quotation.
const QUOTED: usize = 80;
/// Files of one licence that are listed without `-v`.
const LISTED: usize = 10;
/// Differing words of a text that are listed without `-v`.
const DIFFERENCES: usize = 3;

/// The JSON document of `termscheck licence`.
#[derive(Serialize, schemars::JsonSchema)]
pub struct Document<'a> {
    /// Version of this format.
    version: u32,
    /// The folder that paths are relative to.
    root: String,
    /// The files that were asked for, in path order.
    files: &'a [Governed],
    /// What contradicts.
    conflicts: &'a [Conflict],
    /// What could not be read.
    unread: Vec<Unread<'a>>,
}

/// A file that could not be read.
#[derive(Serialize, schemars::JsonSchema)]
struct Unread<'a> {
    path: &'a str,
    reason: &'a str,
}

/// Writes the answer as one JSON document.
pub fn write_json(licensing: &Licensing, root: &Path, out: &mut dyn Write) -> io::Result<()> {
    let unread = licensing.unread.iter();
    let document = Document {
        version: VERSION,
        root: root.display().to_string(),
        files: &licensing.files,
        conflicts: &licensing.conflicts,
        unread: unread
            .map(|(path, reason)| Unread { path, reason })
            .collect(),
    };
    super::safe_json::write(&document, out)
}

/// What files of one group have in common: the step that decides, the licence, and the
/// lines that are printed of them.
type Like = (Option<Step>, String, Vec<String>);

/// Writes the answer for people: files that are under the same licence for the same
/// reason together.
pub fn write_human(licensing: &Licensing, verbose: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut groups: BTreeMap<Like, Vec<&Governed>> = BTreeMap::new();
    for file in &licensing.files {
        let own = |one: &Evidence| *one.path == *file.path;
        let mut lines: Vec<String> = Vec::new();
        for one in &file.evidence {
            let decides = Some(one.step) == file.step;
            // Of many files each of which says it itself the place is no news.
            if !own(one) || verbose {
                lines.push(line(one, decides));
            }
            lines.extend(differences(one, verbose));
        }
        let key = (file.step, name(file), lines);
        groups.entry(key).or_default().push(file);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by(|a, b| a.1[0].path.cmp(&b.1[0].path));
    for ((step, name, lines), files) in &groups {
        let why = step.map_or("", Step::words);
        let by = if why.is_empty() {
            String::new()
        } else {
            format!(" by {why}")
        };
        match &files[..] {
            [one] => writeln!(out, "{}: {}{by}", visible(&one.path), visible(name))?,
            several => {
                writeln!(out, "{} files: {}{by}", several.len(), visible(name))?;
                let most = if verbose { usize::MAX } else { LISTED };
                for file in several.iter().take(most) {
                    writeln!(out, "    {}", visible(&file.path))?;
                }
                if several.len() > most {
                    writeln!(
                        out,
                        "    … and {} more (-v lists them)",
                        several.len() - most
                    )?;
                }
            }
        }
        for line in lines {
            writeln!(out, "  {}", visible(line))?;
        }
        writeln!(out)?;
    }
    for conflict in &licensing.conflicts {
        let text = format!("{}:{}: {}", conflict.path, conflict.line, conflict.message);
        writeln!(out, "conflict: {}", visible(&text))?;
    }
    let without = licensing
        .files
        .iter()
        .filter(|file| file.step.is_none())
        .count();
    writeln!(
        out,
        "{}, {without} without a licence, {}",
        count(licensing.files.len(), "file"),
        count(licensing.conflicts.len(), "conflict")
    )
}

fn count(number: usize, what: &str) -> String {
    let end = if number == 1 { "" } else { "s" };
    format!("{number} {what}{end}")
}

/// What a file is under, in words.
fn name(file: &Governed) -> String {
    if let Some(licence) = &file.licence {
        return licence.clone();
    }
    if file.licences.is_empty() {
        return match file.step {
            None => "no licence".to_owned(),
            Some(_) => "a licence of its own".to_owned(),
        };
    }
    match &file.licences[..] {
        [one] => format!("{one}, if it is that"),
        several => format!("{} (nothing says how they combine)", several.join(", ")),
    }
}

/// One place, and what it says.
fn line(one: &Evidence, decides: bool) -> String {
    let mark = if decides { "→" } else { "·" };
    let place = format!("{}:{}", one.path, one.line);
    let said = match (&one.score, &one.expression) {
        (Some(score), _) if one.added.is_some() => format!(
            "the text of {} with terms added, “{}” ({:.0} % of the words)",
            one.licences.join(", "),
            shortened(one.added.as_ref().map_or("", |added| &added.file), QUOTED),
            score * 100.0
        ),
        (Some(score), _) => format!(
            "the text of {} ({:.0} % of the words)",
            match &one.expression {
                Some(expression) => expression.clone(),
                None => one.licences.join(", "),
            },
            (score * 100.0).floor()
        ),
        (None, Some(expression)) if *expression == one.written => format!("“{expression}”"),
        (None, Some(expression)) => {
            format!(
                "“{}”, which is {expression}",
                shortened(&one.written, QUOTED)
            )
        }
        (None, None) => format!("“{}”", shortened(&one.written, QUOTED)),
    };
    format!("{mark} {}, {place}: {said}", one.step.words())
}

/// The words of a near miss.
fn differences(one: &Evidence, verbose: bool) -> Vec<String> {
    if one.score.is_none_or(|score| score >= 1.0) {
        return Vec::new();
    }
    let most = if verbose { usize::MAX } else { DIFFERENCES };
    let shown = one.differences.iter().take(most);
    let mut lines: Vec<String> = shown
        .map(|difference| {
            let place = format!("{}:{}", one.path, difference.line);
            let theirs = shortened(&difference.licence, QUOTED);
            let ours = shortened(&difference.file, QUOTED);
            match (theirs.is_empty(), ours.is_empty()) {
                (true, _) => format!("    {place}: “{ours}” is put in"),
                (_, true) => format!("    {place}: “{theirs}” is missing"),
                _ => format!("    {place}: “{ours}” for “{theirs}”"),
            }
        })
        .collect();
    if one.differences.len() > most {
        lines.push(format!("    … and {} more", one.differences.len() - most));
    }
    lines
}
