//! The rule reference, `docs/rules.md`.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::{Chosen, DISCLAIMER, aggregate_words, configuration, shown_words, zone_words};
use crate::pack::{Pack, Rule};
use crate::report::{force_name, force_words};

/// Writes the reference.
pub fn write(chosen: &[Chosen<'_>], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<!-- Made by `termscheck rules --format markdown`; edit the packs in rules/, not this. -->\n\n\
         # Rules\n\n\
         Each rule is held against one clause of one document, and quotes it. A level is the\n\
         highest that findings of the rule get; evidence may lower it. {DISCLAIMER}"
    )?;
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for Chosen { pack, rules } in chosen {
        writeln!(out, "\n## {}\n\n{}\n", pack.id, prose(&pack.title))?;
        writeln!(
            out,
            "| Rule | Level | Confidence | Force | Title |\n|---|---|---|---|---|"
        )?;
        for rule in rules {
            writeln!(
                out,
                "| [{}](#{}) | {} | {} | {} | {} |",
                rule.id,
                anchor(&rule.id),
                rule.severity.as_str(),
                rule.confidence.as_str(),
                force_name(rule.force),
                prose(&rule.title).replace('|', "\\|"),
            )?;
        }
        let known = |rule: &Rule| told.contains(rule.id.as_str());
        let (further, new): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(|rule| known(rule));
        for rule in &new {
            section(pack, rule, out)?;
        }
        told.extend(new.iter().map(|rule| rule.id.as_str()));
        if !further.is_empty() {
            backed(pack, &further, out)?;
        }
    }
    Ok(())
}

/// What backs the rules that stand for every vendor and are told above.
fn backed(pack: &Pack, rules: &[&Rule], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "\n### What backs the rules of every vendor in `{}`\n",
        pack.id
    )?;
    for rule in rules {
        let clause = &rule.clause;
        let before = match rule.aliases() {
            [] => String::new(),
            before => format!(" (named before: `{}`)", before.join("`, `")),
        };
        writeln!(
            out,
            "- `{}`{before}: “{}” — [{}]({}), {}. {}",
            rule.qualified(),
            quoted(&clause.quote),
            prose(&clause.document),
            clause.url,
            prose(&clause.section),
            prose(rule.advice().lines().next().unwrap_or_default()),
        )?;
    }
    Ok(())
}

fn section(pack: &Pack, rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    let clause = &rule.clause;
    writeln!(
        out,
        "\n### {}\n\n**{}**\n\n> {}\n>\n> — [{}]({}), {}",
        rule.id,
        prose(&rule.title),
        quoted(&clause.quote),
        prose(&clause.document),
        clause.url,
        prose(&clause.section),
    )?;
    if let Some(place) = &clause.place {
        writeln!(
            out,
            "\nIn the page that the rules were made from ({}), line {}:\n\n> {}",
            place.language,
            place.line,
            quoted(&place.quote),
        )?;
    }
    writeln!(out, "\n{}", prose(rule.explanation.trim()))?;
    writeln!(out, "\nInstead of\n\n{}", fence("text", &rule.bad))?;
    writeln!(out, "write\n\n{}", fence("text", &rule.good))?;
    writeln!(out, "**To mend it.** {}\n", prose(&rule.advice()))?;
    writeln!(out, "- Level: {} at most", rule.severity.as_str())?;
    writeln!(out, "- Confidence: {} at most", rule.confidence.as_str())?;
    let force = (force_name(rule.force), force_words(rule.force));
    writeln!(out, "- Force: {} – {}", force.0, force.1)?;
    writeln!(out, "- Shown: {}", shown_words(rule))?;
    writeln!(out, "- Where: {}", zone_words(rule))?;
    writeln!(out, "- Brought together: {}", aggregate_words(rule))?;
    if rule.owner_exempt {
        let owner = prose(&pack.owner.name);
        writeln!(out, "- Not in repositories of {owner}, the owner")?;
    }
    if !rule.aliases().is_empty() {
        let before = rule.aliases().join("`, `");
        writeln!(out, "- Named before: `{before}`")?;
    }
    writeln!(out, "- Check: `{}`", rule.check)?;
    if let Some(yaml) = configuration(rule) {
        writeln!(
            out,
            "\n<details><summary>Configuration</summary>\n\n{}\n</details>",
            fence("yaml", &yaml)
        )?;
    }
    Ok(())
}

/// Words of a pack with Markdown's signs escaped, code spans left alone.
fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            out.push('`');
        }
        for c in part.chars() {
            if index % 2 == 0 && matches!(c, '<' | '*' | '_' | '[' | ']' | '\\') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

fn quoted(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    prose(&words.join(" "))
}

/// A code block whose fence is longer than any within.
fn fence(language: &str, text: &str) -> String {
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_matches('\n'))
}

/// The anchor that code hosts give a heading.
fn anchor(heading: &str) -> String {
    heading
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        assert_eq!(
            prose("“<Name> for *x*” `a_<b>`"),
            "“\\<Name> for \\*x\\*” `a_<b>`"
        );
        assert_eq!(
            anchor("trademark/name-in-product"),
            "trademarkname-in-product"
        );
        assert_eq!(fence("text", "a\n```\nb\n"), "````text\na\n```\nb\n````\n");
    }
}
