//! Licence texts by their names.

use super::{begins_word, file_name, split_extension};
use crate::facts::FileKind;

/// Whether the file at `path` is a licence's text by its name.
pub(super) fn is_licence(path: &str, name: &str, lower: &str, by_extension: FileKind) -> bool {
    const WORDS: [&str; 4] = ["license", "licence", "copying", "unlicense"];
    let texts = matches!(
        by_extension,
        FileKind::Other
            | FileKind::Text
            | FileKind::Markdown
            | FileKind::ReStructuredText
            | FileKind::AsciiDoc
    );
    if !texts || is_asset(lower) {
        return false;
    }
    if in_licence_folder(path, by_extension) {
        return true;
    }
    let Some(word) = WORDS.iter().find(|word| lower.starts_with(**word)) else {
        return false;
    };
    let rest = &lower[word.len()..];
    let upper = name
        .get(..word.len())
        .is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_uppercase()));
    let suffix = match by_extension {
        FileKind::Other => rest,
        _ => split_extension(lower).0.get(word.len()..).unwrap_or(""),
    };
    suffix.is_empty()
        || (suffix.starts_with(['-', '_', '.', ' ']) && (upper || names_licence(suffix)))
}

/// `LICENSES/` of the REUSE specification; a lower-case `licenses/` when what lies
/// in it cannot be an article about licences.
fn in_licence_folder(path: &str, by_extension: FileKind) -> bool {
    let mut folders = path.split('/').rev().skip(1);
    match folders.next() {
        Some("LICENSES") => true,
        Some("licenses" | "licences" | "Licenses") => {
            by_extension == FileKind::Text || !file_name(path).contains('.')
        }
        _ => false,
    }
}

/// Ends of names that are part of a licence's name (`LICENSE.MIT`, `LICENSE-CODE`).
fn names_licence(suffix: &str) -> bool {
    const NAMES: [&str; 17] = [
        "mit", "apache", "bsd", "gpl", "lgpl", "agpl", "mpl", "cc", "cc0", "isc", "zlib", "boost",
        "epl", "code", "doc", "content", "data",
    ];
    let suffix = suffix.trim_start_matches(['-', '_', '.', ' ']);
    NAMES.iter().any(|name| begins_word(suffix, name))
}

/// Extensions of files that hold no text, or another language's code.
const ASSETS: [&str; 56] = [
    "png", "jpg", "jpeg", "gif", "ico", "webp", "pdf", "rtf", "docx", "css", "scss", "less", "xml",
    "c", "h", "cc", "cpp", "hpp", "m", "swift", "kt", "kts", "rb", "php", "pl", "lua", "vue",
    "svelte", "sql", "tf", "bicep", "csv", "tsv", "lock", "cfg", "ini", "bat", "cmd", "map",
    "snap", "zip", "gz", "asc", "sig", "key", "ipynb", "erl", "ex", "exs", "hs", "scala", "tmpl",
    "tpl", "template", "j2", "hbs",
];

fn is_asset(lower: &str) -> bool {
    ASSETS.contains(&split_extension(lower).1)
}
