//! `termscheck rules`: one line a rule.

use std::io::{self, Write};

use super::{Chosen, DISCLAIMER};
use crate::finding::Confidence;
use crate::report::force_name;
use crate::report::{HumanStyle, visible};

const HEADINGS: [&str; 5] = ["RULE", "LEVEL", "CONFIDENCE", "FORCE", "TITLE"];

/// Writes the rules, a table for each pack.
pub fn write(chosen: &[Chosen<'_>], style: &HumanStyle, out: &mut dyn Write) -> io::Result<()> {
    let mut count = 0;
    for Chosen { pack, rules } in chosen {
        writeln!(out, "{}: {}\n", style.bold(&pack.id), visible(&pack.title))?;
        let rows: Vec<[String; 5]> = rules
            .iter()
            .map(|rule| {
                let quiet = rule.pedantic || rule.confidence == Confidence::Low;
                [
                    rule.id.clone(),
                    rule.severity.as_str().to_owned(),
                    rule.confidence.as_str().to_owned(),
                    force_name(rule.force).to_owned(),
                    format!(
                        "{}{}",
                        visible(&rule.title),
                        if quiet { " (--pedantic)" } else { "" }
                    ),
                ]
            })
            .collect();
        let widths: [usize; 5] = std::array::from_fn(|column| {
            rows.iter()
                .map(|row| row[column].chars().count())
                .chain([HEADINGS[column].len()])
                .max()
                .unwrap_or_default()
        });
        let headings = line(&HEADINGS.map(str::to_owned), &widths);
        writeln!(out, "{}", style.bold(&headings))?;
        for row in &rows {
            writeln!(out, "{}", line(row, &widths))?;
        }
        writeln!(out)?;
        count += rules.len();
    }
    if !style.quiet {
        let plural = if count == 1 { "" } else { "s" };
        writeln!(
            out,
            "{count} rule{plural}; `termscheck explain RULE` prints the whole of one."
        )?;
        writeln!(out, "{DISCLAIMER}")?;
    }
    Ok(())
}

fn line(row: &[String; 5], widths: &[usize; 5]) -> String {
    let cells: Vec<String> = row
        .iter()
        .zip(widths)
        .map(|(cell, width)| format!("{cell:width$}"))
        .collect();
    format!("  {}", cells.join("  ").trim_end())
}
