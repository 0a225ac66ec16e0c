//! Pages that were changed, and pages that have nothing to do with them.

use std::fmt::Write as _;

use super::text::{self, Chance};
use super::{Failure, indexed, shared};

/// Pages in the index, and as many that are not.
const PAGES: u64 = 400;

/// A form of a copy: its name, the ending of its file, and how it is made of the paragraphs
/// of a page, so many words of a hundred changed.
type Form = (&'static str, &'static str, fn(Vec<String>, u64) -> String);

const FORMS: [Form; 6] = [
    ("whole page", "md", |parts, _| parts.join("\n\n")),
    ("reordered", "md", |parts, seed| {
        text::shuffled(parts, seed).join("\n\n")
    }),
    ("as HTML", "html", |parts, _| {
        let lines: Vec<String> = parts.iter().map(|part| format!("<p>{part}</p>")).collect();
        format!("<html><body>\n{}\n</body></html>\n", lines.join("\n"))
    }),
    ("as reStructuredText", "rst", |parts, _| {
        format!("Mine\n====\n\n{}\n", parts.join("\n\n"))
    }),
    ("in comments of code", "py", |parts, _| {
        let mut out = String::new();
        for part in &parts {
            for words in part.split(' ').collect::<Vec<_>>().chunks(10) {
                let _ = writeln!(out, "# {}", words.join(" "));
            }
            out += "#\n";
        }
        out + "x = 1\n"
    }),
    (
        "one paragraph of 40 to 60 words in a page of one's own",
        "md",
        |parts, seed| {
            let mut own = text::paragraphs(seed + 900_000);
            let taken = parts
                .iter()
                .map(|part| part.split(' ').take(60).collect::<Vec<_>>());
            let taken = taken
                .filter(|words| words.len() >= 40)
                .map(|words| words.join(" "));
            own.insert(
                3,
                taken.into_iter().next().unwrap_or_else(|| parts.concat()),
            );
            own.join("\n\n")
        },
    ),
];

pub fn measure() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    for seed in 0..PAGES {
        std::fs::write(
            folder.path().join(format!("{seed:04}.md")),
            text::page(seed),
        )?;
    }
    let (indexes, made) = indexed(folder.path())?;
    println!(
        "{} pages, {} fingerprints, {} left out, {:.1} bytes each\n",
        made.pages,
        made.fingerprints,
        made.left_out,
        made.bytes as f64 / made.fingerprints as f64
    );
    println!("| form | words changed | found | of | recall | precision |");
    println!("|---|---|---|---|---|---|");
    for (name, ending, make) in FORMS {
        for percent in [0, 5, 10, 20, 40] {
            let (mut found, mut wrong) = (0, 0);
            for seed in 0..PAGES {
                let parts = text::paragraphs(seed);
                let parts = parts
                    .iter()
                    .enumerate()
                    .map(|(at, part)| text::changed(part, percent, seed * 100 + at as u64 + 7));
                let copy = make(parts.collect(), seed);
                let told = shared(&indexes, &format!("notes/mine.{ending}"), &copy);
                let right = format!("{seed:04}.md");
                found += usize::from(told.iter().any(|one| *one.page.path == *right));
                wrong += told.iter().filter(|one| *one.page.path != *right).count();
            }
            println!(
                "| {name} | {percent} % | {found} | {PAGES} | {:.2} | {:.2} |",
                found as f64 / PAGES as f64,
                found as f64 / (found + wrong).max(1) as f64
            );
        }
    }
    let mut wrong = 0;
    for seed in PAGES..2 * PAGES {
        // A page of the same words and with the same notes and tables.
        let mut other = text::page(seed);
        other += &text::sentence(&mut Chance::new(seed));
        wrong += shared(&indexes, "notes/mine.md", &other).len();
    }
    println!("\nOf {PAGES} pages that were taken from none, {wrong} are told.");
    Ok(())
}
