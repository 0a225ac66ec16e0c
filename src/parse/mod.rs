//! From text to facts: one parser a kind of file, each file parsed once.

pub mod align;
mod borrowed;
pub mod code;
mod comment;
mod config_kinds;
pub mod data;
pub mod directive;
pub mod generated;
mod html;
mod inline;
pub mod kind;
pub mod licence;
pub mod manifest;
pub mod markdown;
pub mod picture;
pub mod rates;
mod settings;
#[cfg(test)]
mod testing;
pub mod text;
mod title;
mod tree;
mod url;
pub mod view;
mod writer;
pub mod yaml;

use crate::facts::{ConfigSyntax, FileFacts, FileKind, ManifestKind, Zone};
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
                if manifest == ManifestKind::Described {
                    facts.settings = settings::of_entries(source, &entries);
                }
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
                facts.settings = settings::of_entries(source, &first);
                facts.front_matter = first;
            }
        }
        FileKind::Config(ConfigSyntax::Lines) if calls => {
            facts.settings = settings::of_lines(source);
        }
        FileKind::Config(syntax) if calls => config_kinds::parse(source, syntax, &mut facts),
        FileKind::Code(language) => code::parse(source, language, calls, &mut facts),
        FileKind::Notebook if calls => code::embedded::notebook(source, &mut facts),
        FileKind::View if calls => view::parse(source, &mut facts),
        FileKind::Config(_)
        | FileKind::Notebook
        | FileKind::View
        | FileKind::Svg
        | FileKind::Picture
        | FileKind::Other => {}
    }
    if calls && kind == FileKind::Markdown {
        code::embedded::fences(source, &mut facts);
    }
    if calls && kind == FileKind::Html {
        code::embedded::scripts(source, &view::scripts(&source.text), &mut facts);
    }
    match kind {
        FileKind::Markdown
        | FileKind::ReStructuredText
        | FileKind::AsciiDoc
        | FileKind::Html
        | FileKind::Text => {
            picture::documents(source, &mut facts);
            borrowed::mark(source, &mut facts);
            licence::tags(source, &mut facts);
            licence::statement::read(source, &mut facts);
        }
        FileKind::Code(_) => {
            licence::header(source, &mut facts);
            code::named::read(source, &mut facts);
        }
        FileKind::Data(_) => {
            borrowed::mark_data(&mut facts);
            if licence::labels::may_declare(&source.path, source.text.as_bytes()) {
                licence::labels::read(source, &mut facts);
            }
        }
        _ if licence::labels::may_declare(&source.path, source.text.as_bytes()) => {
            licence::labels::read(source, &mut facts);
        }
        _ => {}
    }
    facts
}
