//! From text to facts: one parser a kind of file, each file parsed once.

pub mod align;
mod borrowed;
pub mod code;
mod comment;
mod config_kinds;
pub mod data;
pub mod directive;
mod html;
mod inline;
pub mod kind;
pub mod licence;
pub mod manifest;
pub mod markdown;
pub mod rates;
#[cfg(test)]
mod testing;
pub mod text;
mod title;
mod tree;
mod url;
mod writer;
pub mod yaml;

use crate::facts::{FileFacts, FileKind, ManifestKind, Zone};
use crate::source::Source;

/// Parses a source as `kind` says.
pub fn parse(source: &Source, kind: FileKind, zone: Zone) -> FileFacts {
    parse_to(source, kind, zone, false)
}

/// Parses a source as `kind` says; of code the calls, too, and of configuration what it
/// forwards to, when they are wanted.
pub fn parse_to(source: &Source, kind: FileKind, zone: Zone, calls: bool) -> FileFacts {
    let mut facts = FileFacts::new(kind, zone);
    match kind {
        FileKind::Markdown | FileKind::Manifest(ManifestKind::Skill) => {
            markdown::parse(source, &mut facts);
        }
        FileKind::ReStructuredText | FileKind::AsciiDoc | FileKind::Html | FileKind::Text => {
            text::parse(source, &mut facts);
        }
        FileKind::Licence => licence::parse(source, &mut facts),
        FileKind::Manifest(manifest) => {
            manifest::parse(source, manifest, &mut facts);
            if calls {
                let entries = std::mem::take(&mut facts.front_matter);
                config_kinds::of_entries(source, &[&entries], &mut facts);
                facts.front_matter = entries;
            }
        }
        FileKind::Data(format) => {
            let more = data::parse(source, format, calls, &mut facts);
            if calls {
                let first = std::mem::take(&mut facts.front_matter);
                let documents: Vec<_> = std::iter::once(&first)
                    .chain(&more)
                    .map(Vec::as_slice)
                    .collect();
                config_kinds::of_entries(source, &documents, &mut facts);
                facts.front_matter = first;
            }
        }
        FileKind::Config(syntax) if calls => config_kinds::parse(source, syntax, &mut facts),
        FileKind::Code(language) => code::parse(source, language, calls, &mut facts),
        FileKind::Notebook if calls => code::embedded::notebook(source, &mut facts),
        FileKind::Config(_) | FileKind::Notebook | FileKind::Svg | FileKind::Other => {}
    }
    if calls && kind == FileKind::Markdown {
        code::embedded::fences(source, &mut facts);
    }
    match kind {
        FileKind::Markdown
        | FileKind::ReStructuredText
        | FileKind::AsciiDoc
        | FileKind::Html
        | FileKind::Text => {
            borrowed::mark(source, &mut facts);
            licence::tags(source, &mut facts);
            licence::statement::read(source, &mut facts);
        }
        FileKind::Code(_) => licence::header(source, &mut facts),
        _ if licence::labels::may_declare(&source.path, source.text.as_bytes()) => {
            licence::labels::read(source, &mut facts);
        }
        _ => {}
    }
    facts
}
