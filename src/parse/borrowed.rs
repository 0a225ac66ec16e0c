//! Words of a document that its authors did not write: sections between the markers of
//! generators, titles and descriptions of other people's pages in catalogues, records
//! of quoted CSV.

mod listed;

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;
use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use crate::facts::prose::OBJECT;
use crate::facts::{FileFacts, Prose, ProseContext};
use crate::source::Source;

/// Fewer entries make no catalogue: a project that names two pages to read speaks for
/// itself.
const LEAST: usize = 3;

/// First words of the titles of lists of links, in which two links are entries, too.
const LISTS: [&str; 3] = ["awesome", "curated", "delightful"];

/// What stands between a title and its description.
const SEPARATORS: [char; 12] = ['-', '–', '—', '―', ':', '：', '|', ',', '(', '·', '•', '→'];

pub use listed::mark as mark_data;

/// Marks prose that is borrowed.
pub fn mark(source: &Source, facts: &mut FileFacts) {
    sections(source, facts);
    list_entries(facts);
    table_entries(source, facts);
    records(source, facts);
}

/// The markers of one generator.
struct Markers {
    begin: Regex,
    end: Regex,
}

/// The lists; empty can't happen in a tested build.
fn markers() -> &'static [Markers] {
    static MARKERS: LazyLock<Vec<Markers>> =
        LazyLock::new(|| load(include_str!("borrowed.yaml")).unwrap_or_default());
    &MARKERS
}

fn load(yaml: &str) -> Result<Vec<Markers>, Box<dyn std::error::Error>> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Raw {
        sections: Vec<RawMarkers>,
    }
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct RawMarkers {
        begin: String,
        end: String,
    }
    let raw: Raw = serde_yaml::from_str(yaml)?;
    let build = |pattern: &str| {
        RegexBuilder::new(&format!("^(?:{pattern})"))
            .case_insensitive(true)
            .build()
    };
    let mut markers = Vec::new();
    for section in raw.sections {
        markers.push(Markers {
            begin: build(&section.begin)?,
            end: build(&section.end)?,
        });
    }
    Ok(markers)
}

/// Takes what stands between the markers of a generator for quoted.
fn sections(source: &Source, facts: &mut FileFacts) {
    let mut comments: Vec<(Range<usize>, &str)> = facts
        .comments
        .iter()
        .map(|comment| (comment.whole(source.id).range(), comment.text.trim()))
        .collect();
    comments.sort_by_key(|(range, _)| range.start);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(usize, &Markers)> = None;
    for (range, text) in comments {
        if let Some((start, markers)) = open
            && markers.end.is_match(text)
        {
            found.push(start..range.start);
            open = None;
        } else if let Some(markers) = markers().iter().find(|known| known.begin.is_match(text)) {
            // A section that is never closed is none.
            open = Some((range.end, markers));
        }
    }
    if found.is_empty() {
        return;
    }
    for prose in &mut facts.prose {
        let at = prose.whole(source.id).range().start;
        let next = found.partition_point(|section| section.end <= at);
        let inside = found.get(next).is_some_and(|section| section.start <= at);
        prose.quoted |= inside;
        prose.borrowed |= inside;
    }
}

/// Marks the entries of lists of links.
fn list_entries(facts: &mut FileFacts) {
    // A picture in an item stands as a piece of its own between it and the next.
    let pieces = facts.prose.iter().enumerate();
    let pieces = pieces.filter(|(_, prose)| prose.context != ProseContext::ImageAlt);
    let items: Vec<Item> = pieces
        .enumerate()
        .filter(|(_, (_, prose))| prose.context == ProseContext::ListItem)
        .map(|(nth, (index, prose))| Item {
            nth,
            index,
            entry: is_entry(prose, facts),
        })
        .collect();
    let least = if is_titled_list(facts) { 1 } else { LEAST };
    let all = is_catalogue(items.iter().map(|item| item.entry), least);
    // A list among others that are none.
    let lists = items
        .chunk_by(|a, b| a.nth + 1 == b.nth)
        .filter(|list| all || is_catalogue(list.iter().map(|item| item.entry), least));
    let entries: Vec<usize> = lists
        .flatten()
        .filter(|item| item.entry)
        .map(|item| item.index)
        .collect();
    for index in entries {
        facts.prose[index].borrowed = true;
    }
}

/// An item of a list.
struct Item {
    /// Its number among the pieces of prose that are no pictures.
    nth: usize,
    /// Its number among all of them.
    index: usize,
    /// It is an entry of a catalogue.
    entry: bool,
}

/// Whether a page is a list of links by its title: "Awesome Harbours".
fn is_titled_list(facts: &FileFacts) -> bool {
    let title = facts.headings.iter().find(|heading| heading.level == 1);
    let first = title.and_then(|title| title.text.split_whitespace().next());
    first.is_some_and(|word| LISTS.iter().any(|own| own.eq_ignore_ascii_case(word)))
}

/// Whether of some items nearly all are entries of a catalogue.
fn is_catalogue(items: impl Iterator<Item = bool>, least: usize) -> bool {
    let (mut entries, mut all) = (0, 0);
    for entry in items {
        all += 1;
        entries += usize::from(entry);
    }
    entries >= least && entries * 3 >= all * 2
}

/// Whether an item begins with a link to another site, and nothing or a description
/// follows: `[Title](https://…) - what it is`. A sentence that goes on after the link
/// is the author's own.
fn is_entry(prose: &Prose, facts: &FileFacts) -> bool {
    let Some((range, link)) = prose.links.first() else {
        return false;
    };
    let leads = |text: &str| !text.chars().any(char::is_alphanumeric);
    let after = prose.text.get(range.end..).unwrap_or("");
    let after = after.trim_start_matches(|c: char| c.is_whitespace() || c == OBJECT);
    let describes = after.is_empty() || after.starts_with(SEPARATORS) || after.starts_with("by ");
    leads(prose.text.get(..range.start).unwrap_or("")) && describes && is_elsewhere(facts, *link)
}

/// Whether a link leads to another site.
fn is_elsewhere(facts: &FileFacts, link: usize) -> bool {
    facts.links.get(link).is_some_and(|link| {
        !link.image && (link.url.starts_with("https://") || link.url.starts_with("http://"))
    })
}

/// Marks the rows of tables whose first cell that says something is a link to another
/// site and nothing else.
fn table_entries(source: &Source, facts: &mut FileFacts) {
    let mut spans: Vec<Range<usize>> = Vec::new();
    if facts.tables.is_empty() || facts.links.is_empty() {
        return;
    }
    let mut titles: Vec<usize> = facts
        .prose
        .iter()
        .filter(|prose| prose.context == ProseContext::TableCell)
        .filter(|prose| is_entry(prose, facts) && is_whole(prose))
        .map(|prose| prose.whole(source.id).range().start)
        .collect();
    titles.sort_unstable();
    for table in &facts.tables {
        let rows: Vec<(Range<usize>, bool)> = table
            .rows
            .iter()
            .filter_map(|row| {
                let range = row.first()?.span.range().start..row.last()?.span.range().end;
                let first = row.iter().find(|cell| !cell.text.trim().is_empty())?;
                let cell = first.span.range();
                let next = titles.partition_point(|title| *title < cell.start);
                let is_entry = titles.get(next).is_some_and(|title| *title < cell.end);
                Some((range, is_entry))
            })
            .collect();
        if is_catalogue(rows.iter().map(|(_, titled)| *titled), LEAST) {
            let entries = rows.into_iter().filter(|(_, titled)| *titled);
            spans.extend(entries.map(|(range, _)| range));
        }
    }
    spans.sort_by_key(|span| span.start);
    for prose in &mut facts.prose {
        let at = prose.whole(source.id).range().start;
        let next = spans.partition_point(|span| span.end <= at);
        prose.borrowed |= spans.get(next).is_some_and(|span| span.start <= at);
    }
}

/// Whether nothing stands after the link that a piece of prose begins with.
fn is_whole(prose: &Prose) -> bool {
    prose.links.first().is_some_and(|(range, _)| {
        let after = prose.text.get(range.end..).unwrap_or("");
        !after.chars().any(char::is_alphanumeric)
    })
}

/// Marks paragraphs whose every line is a record of quoted CSV.
fn records(source: &Source, facts: &mut FileFacts) {
    if memmem::find(source.text.as_bytes(), b"\",\"").is_none() {
        return;
    }
    for prose in &mut facts.prose {
        if prose.context == ProseContext::Paragraph && prose.text.starts_with(['"', '“']) {
            let text = source.slice(prose.whole(source.id));
            prose.borrowed |= text.lines().count() > 1 && text.lines().all(is_record);
        }
    }
}

/// Whether a line begins with a field in quotes and has another: `"a","b",3`. Speech
/// has a space after its comma.
fn is_record(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('"') && line.contains("\",\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{FileKind, Zone};
    use crate::parse;
    use crate::source::FileId;

    /// Texts of the pieces of prose that are somebody else's.
    fn borrowed(text: &str) -> Vec<String> {
        let source = Source::from_text(FileId(0), "README.md", text);
        let facts = parse::parse(&source, FileKind::Markdown, Zone::Project);
        facts
            .prose
            .iter()
            .filter(|prose| prose.quoted || prose.borrowed)
            .map(|prose| prose.text.clone())
            .collect()
    }

    #[test]
    fn the_markers_load() {
        assert!(
            load(include_str!("borrowed.yaml"))
                .expect("borrowed.yaml loads")
                .len()
                > 5
        );
    }

    #[test]
    fn sections_that_generators_wrote() {
        for (begin, end) in [
            ("BEGIN_TF_DOCS", "END_TF_DOCS"),
            (
                "BEGINNING OF PRE-COMMIT-TERRAFORM DOCS HOOK",
                "END OF PRE-COMMIT-TERRAFORM DOCS HOOK",
            ),
            (
                "START doctoc generated TOC please keep comment here",
                "END doctoc generated TOC please keep comment here",
            ),
            (
                "ALL-CONTRIBUTORS-LIST:START - Do not remove or modify this section",
                "ALL-CONTRIBUTORS-LIST:END",
            ),
            (
                "AUTO-GENERATED-CONTENT:START (TOC)",
                "AUTO-GENERATED-CONTENT:END",
            ),
            ("AUTO-GENERATED: do not edit", "END AUTO-GENERATED"),
            (
                "begin auto-generated rules list",
                "end auto-generated rules list",
            ),
            ("toc", "tocstop"),
        ] {
            let text =
                format!("Own.\n\n<!-- {begin} -->\n\nTheirs.\n\n<!-- {end} -->\n\nOwn too.\n");
            assert_eq!(borrowed(&text), ["Theirs."], "{begin}");
        }
        for text in [
            "<!-- BEGIN_TF_DOCS -->\n\nNever closed.\n",
            "<!-- begin notes -->\n\nOwn.\n\n<!-- end notes -->\n",
            "<!-- toc of this page -->\n\nOwn.\n\n<!-- tocstop -->\n",
            "<!-- END_TF_DOCS -->\n\nOwn.\n\n<!-- BEGIN_TF_DOCS -->\n",
            "```md\n<!-- BEGIN_TF_DOCS -->\n```\n\nOwn.\n\n<!-- END_TF_DOCS -->\n",
        ] {
            assert_eq!(borrowed(text), <[String; 0]>::default(), "{text}");
        }
    }

    #[test]
    fn entries_of_catalogues() {
        let list = "- [A](https://a.example) - about a\n- **[B](https://b.example)**: b\n- \
                    [C](https://c.example) by C\n- [D](https://d.example)\n";
        assert_eq!(
            borrowed(&format!("- own\n\n# Links\n\n{list}")),
            ["A - about a", "B: b", "C by C", "D"]
        );
        let sections = "# A\n\n- [A](https://a.example)\n\n# B\n\n- [B](https://b.example)\n\n# \
                        C\n\n- [C](https://c.example)\n";
        assert_eq!(borrowed(sections), ["A", "B", "C"]);
        let table = "| Name | What |\n|-|-|\n| [A](https://a.example) | about a |\n| \
                     [B](https://b.example) | about b |\n| [C](https://c.example) | |\n";
        assert_eq!(borrowed(table), ["A", "about a", "B", "about b", "C"]);
        for text in [
            // Two are no catalogue.
            "- [A](https://a.example)\n- [B](https://b.example)\n",
            // Pages of one's own.
            "- [A](a.md)\n- [B](#b)\n- [C](docs/c.md) - about c\n",
            // Sentences.
            "- [A](https://a.example) has to be set up\n- [B](https://b.example) is used\n- \
             [C](https://c.example) as well\n",
            "- Use [A](https://a.example)\n- Use [B](https://b.example)\n- Use \
             [C](https://c.example)\n",
            "| Step | How |\n|-|-|\n| Get [A](https://a.example) | a |\n| Get \
             [B](https://b.example) | b |\n| Get [C](https://c.example) | c |\n",
        ] {
            assert_eq!(borrowed(text), <[String; 0]>::default(), "{text}");
        }
    }

    #[test]
    fn records_of_quoted_csv() {
        assert_eq!(borrowed("\"a\",\"b c\",3\n\"d, e\",\"f\"\n").len(), 1);
        for text in [
            "\"One line\",\"b\"\n",
            "\"Go\", she said.\n\"No\", he said.\n",
        ] {
            assert_eq!(borrowed(text), <[String; 0]>::default(), "{text}");
        }
    }
}
