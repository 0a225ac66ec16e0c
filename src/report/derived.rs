//! What was derived from a page, how a page has changed, and which quotations stand.

use std::io::{self, Write};

use super::text::visible;
use crate::derive::drift::{Difference, Said, describe};
use crate::derive::verify::{State, Verdict};
use crate::derive::write::Written;
use crate::pack::page::{Evidence, NotFound, PageFacts};

/// Longest quotation that is shown whole, in characters.
const MAX_QUOTE: usize = 160;

/// What a page says, in lines, with what was not found.
pub fn write_summary(facts: &PageFacts, out: &mut dyn Write) -> io::Result<()> {
    let name = &facts.page.file;
    let mut line = |what: &str, value: &str, evidence: &Evidence| {
        let file = evidence.file.as_ref().unwrap_or(name);
        writeln!(
            out,
            "  {what:<22} {}  ({}:{}, {})",
            visible(value),
            visible(file),
            evidence.line,
            evidence.confidence.as_str()
        )
    };
    if let Some(title) = &facts.page.title {
        line("title", &title.quote, title)?;
    }
    for (what, fact) in [
        ("language", &facts.page.language),
        ("date", &facts.page.date),
        ("revision", &facts.page.revision),
        ("owner", &facts.owner),
        ("product", &facts.product),
    ] {
        if let Some(fact) = fact {
            line(what, &fact.value, &fact.evidence)?;
        }
    }
    for limit in &facts.limits {
        line("limit", &describe(limit), &limit.evidence)?;
    }
    for (what, fact) in [
        ("licence", &facts.licence),
        ("licence of code", &facts.code_licence),
    ] {
        if let Some(fact) = fact {
            line(what, &fact.value, &fact.evidence)?;
        }
    }
    for fact in &facts.marks {
        line("mark", &fact.value, &fact.evidence)?;
    }
    for (what, link) in facts.links.all() {
        if let Some(link) = link {
            let value = match &link.target {
                Some(target) => format!("{} → {target}", link.url),
                None => link.url.clone(),
            };
            line(&what.replace('_', " "), &value, &link.evidence)?;
        }
    }
    if !facts.not_found.is_empty() {
        writeln!(out, "not found:")?;
        for missing in &facts.not_found {
            writeln!(
                out,
                "  {:<22} {}",
                visible(&missing.fact),
                shortened(&missing.why)
            )?;
        }
    }
    Ok(())
}

/// The files of a pack that were written, and what was left out.
pub fn write_files(written: &Written, kept: &[&str], out: &mut dyn Write) -> io::Result<()> {
    if let Some((name, by)) = &written.guessed {
        writeln!(
            out,
            "owner: {} (guessed by {by}, low; say who it is with --owner)",
            visible(name)
        )?;
    }
    writeln!(out, "files:")?;
    for file in &written.files {
        let what = if kept.contains(&file.path) {
            "kept as it is"
        } else {
            "written"
        };
        writeln!(out, "  {:<28} {what}", file.path)?;
    }
    if !written.left_out.is_empty() {
        writeln!(out, "left out:")?;
        for family in &written.left_out {
            writeln!(out, "  {}", visible(family))?;
        }
    }
    Ok(())
}

/// Differences as `-` and `+` lines, each with the words that say it.
pub fn write_drift(
    pack: &str,
    derived_from: &str,
    page: &str,
    found: &[Difference],
    out: &mut dyn Write,
) -> io::Result<()> {
    if found.is_empty() {
        return writeln!(out, "{}: says what {} says", visible(page), visible(pack));
    }
    for difference in found {
        writeln!(out, "{}", difference.fact)?;
        let side = |mark: char, file: &str, said: &Said, out: &mut dyn Write| {
            writeln!(out, "  {mark} {}", visible(&said.value))?;
            writeln!(
                out,
                "      {}:{}: “{}”",
                visible(said.evidence.file.as_deref().unwrap_or(file)),
                said.evidence.line,
                shortened(&said.evidence.quote)
            )
        };
        if let Some(said) = &difference.before {
            side('-', derived_from, said, out)?;
        }
        match (&difference.now, &difference.why) {
            (Some(said), _) => side('+', page, said, out)?,
            (None, Some(why)) => writeln!(out, "  + not found: {}", shortened(why))?,
            (None, None) if difference.before.is_some() => writeln!(out, "  + not there any more")?,
            (None, None) => {}
        }
    }
    let count = found.len();
    let facts = if count == 1 {
        "fact differs"
    } else {
        "facts differ"
    };
    writeln!(
        out,
        "{}: {count} {facts} from {}",
        visible(page),
        visible(pack)
    )
}

/// What a page states that could not be read.
pub fn write_unread(page: &str, unread: &[&NotFound], out: &mut dyn Write) -> io::Result<()> {
    if unread.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "{}: the page states what could not be read",
        visible(page)
    )?;
    for missing in unread {
        writeln!(out, "  {}", shortened(&missing.why))?;
    }
    Ok(())
}

/// What became of the quotations of a pack; those that stand are counted.
pub fn write_verdicts(
    pack: &str,
    verdicts: &[Verdict],
    verbose: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let count = |state: fn(&State) -> bool| {
        verdicts
            .iter()
            .filter(|verdict| state(&verdict.state))
            .count()
    };
    for verdict in verdicts {
        let told = match &verdict.state {
            State::Gone(page) => format!("does not stand in {page}"),
            State::Moved(page, line) => format!("stands in {page}, but not on line {line}"),
            State::Stands if verbose => "stands".to_owned(),
            State::NotAtHand if verbose => "no page at hand".to_owned(),
            State::Stands | State::NotAtHand => continue,
        };
        writeln!(
            out,
            "{}: {}: {}: “{}”",
            visible(pack),
            visible(&verdict.of),
            visible(&told),
            shortened(&verdict.quote)
        )?;
    }
    writeln!(
        out,
        "{}: {} quotations stand, {} do not, {} have no page at hand",
        visible(pack),
        count(|state| *state == State::Stands),
        count(|state| matches!(state, State::Gone(_) | State::Moved(..))),
        count(|state| *state == State::NotAtHand),
    )
}

fn shortened(text: &str) -> String {
    super::text::shortened(&visible(text), MAX_QUOTE)
}
