//! `termscheck explain`: the whole of a rule, in the clause's own words.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::layout::{paragraphs, verbatim};
use super::{Chosen, DISCLAIMER, aggregate_words, configuration, shown_words, zone_words};
use crate::pack::{Pack, Rule};
use crate::report::{HumanStyle, force_name, force_words, visible};

/// Columns of the names of what is said.
const NAMES: usize = 12;

/// Writes everything that is known of the rules.
pub fn write(chosen: &[Chosen<'_>], style: &HumanStyle, out: &mut dyn Write) -> io::Result<()> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for Chosen { pack, rules } in chosen {
        for rule in rules {
            if !told.insert(&rule.id) {
                out.write_all(further(pack, rule, style).as_bytes())?;
                writeln!(out)?;
                continue;
            }
            out.write_all(explain(pack, rule, style).as_bytes())?;
            writeln!(out)?;
        }
    }
    writeln!(out, "{DISCLAIMER}")
}

/// What another pack says of a rule that was explained before.
fn further(pack: &Pack, rule: &Rule, style: &HumanStyle) -> String {
    let name = style.bold(&rule.qualified());
    let mut out = format!("{name}\n{}\n\n", visible(&rule.title));
    facts(&mut out, pack, rule);
    clause(&mut out, rule, style);
    out.push('\n');
    let lead = "The rest is said above; the whole with this pack's own words:";
    out += &paragraphs(lead, 2, style.width);
    out += &verbatim(&format!("termscheck explain {}", rule.qualified()), 4);
    out
}

fn heading(out: &mut String, text: &str, style: &HumanStyle) {
    out.push('\n');
    out.push_str(&style.bold(text));
    out.push('\n');
}

fn clause(out: &mut String, rule: &Rule, style: &HumanStyle) {
    let clause = &rule.clause;
    heading(out, "Clause", style);
    let source = format!("{}, {}", clause.document, clause.section);
    *out += &paragraphs(&source, 2, style.width);
    *out += &paragraphs(&clause.url, 2, style.width);
    *out += &paragraphs(&format!("“{}”", clause.quote.trim()), 2, style.width);
    if let Some(place) = &clause.place {
        let lead = format!(
            "In the page that the rules were made from ({}), line {}:",
            place.language, place.line
        );
        *out += &paragraphs(&lead, 2, style.width);
        *out += &paragraphs(&format!("“{}”", place.quote.trim()), 2, style.width);
    }
}

fn explain(pack: &Pack, rule: &Rule, style: &HumanStyle) -> String {
    let mut out = format!("{}\n{}\n", style.bold(&rule.id), visible(&rule.title));
    out.push('\n');
    facts(&mut out, pack, rule);
    clause(&mut out, rule, style);

    heading(&mut out, "Explanation", style);
    out += &paragraphs(&rule.explanation, 2, style.width);
    heading(&mut out, "Instead of", style);
    out += &verbatim(&rule.bad, 4);
    heading(&mut out, "Write", style);
    out += &verbatim(&rule.good, 4);
    heading(&mut out, "To mend it", style);
    out += &paragraphs(&rule.advice(), 2, style.width);

    heading(&mut out, "To accept it", style);
    out += &paragraphs(
        "On one line, in a comment on it or above it, in the file's own comment syntax:",
        2,
        style.width,
    );
    out += &verbatim(&format!("termscheck: ignore {} -- the reason", rule.id), 4);
    let lead = "In a whole file, anywhere in it:";
    out += &paragraphs(lead, 2, style.width);
    let directive = format!("termscheck: ignore-file {} -- the reason", rule.id);
    out += &verbatim(&directive, 4);
    let lead = "In termscheck.yaml, for some files, or with another level (`off` for never):";
    out += &paragraphs(lead, 2, style.width);
    out += &verbatim(
        &format!(
            "ignore:\n  - rule: {0}\n    paths: [\"docs/\"]\n    reason: the reason\nseverity:\n  {0}: note",
            rule.id
        ),
        4,
    );

    heading(&mut out, "How it is configured", style);
    out += &paragraphs(&format!("check: {}", rule.check), 2, style.width);
    if let Some(yaml) = configuration(rule) {
        out += &paragraphs("with:", 2, style.width);
        out += &verbatim(&yaml, 4);
    }
    out
}

fn facts(out: &mut String, pack: &Pack, rule: &Rule) {
    let mut fact = |name: &str, words: &str| {
        let name = format!("{name}:");
        out.extend([&format!("  {name:NAMES$}"), words, "\n"]);
    };
    fact("level", &format!("{} at most", rule.severity.as_str()));
    fact(
        "confidence",
        &format!("{} at most", rule.confidence.as_str()),
    );
    fact(
        "force",
        &format!("{}, {}", force_name(rule.force), force_words(rule.force)),
    );
    fact("shown", shown_words(rule));
    fact("where", &zone_words(rule));
    fact("together", aggregate_words(rule));
    if rule.owner_exempt {
        let owner = visible(&pack.owner.name);
        fact("not in", &format!("repositories of {owner}, the owner"));
    }
    if !rule.aliases().is_empty() {
        fact("before", &rule.aliases().join(", "));
    }
    fact("pack", &format!("{}, {}", pack.id, visible(&pack.title)));
}
