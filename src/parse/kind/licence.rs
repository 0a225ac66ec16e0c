//! Licence texts by their names.

use super::{begins_word, file_name, split_extension};
use crate::facts::FileKind;

/// What licence files are called, in lower case as far as ASCII goes; of two that begin
/// alike the longer one first. Other languages: testdata
/// `licence--missing/good/hard-names-in-other-languages`.
const WORDS: [&str; 31] = [
    "eula",
    "license",
    "licence",
    "copying",
    "unlicense",
    "lizenz",
    "licencia",
    "licenciamento",
    "licença",
    "licen\u{c7}a",
    "licenc\u{327}a",
    "licenza",
    "licentie",
    "licencja",
    "licens",
    "lisens",
    "lisenssi",
    "lisans",
    "licenc",
    "лицензия",
    "Лицензия",
    "ЛИЦЕНЗИЯ",
    "ліцензія",
    "Ліцензія",
    "ライセンス",
    "使用許諾",
    "许可证",
    "許可證",
    "授权协议",
    "授權條款",
    "라이선스",
];

/// Whether the file at `path` is a licence's text by its name.
pub(super) fn is_licence(path: &str, name: &str, lower: &str, by_extension: FileKind) -> bool {
    // At the top it is the text as a page; in a folder, a page of a site about licences.
    let page = by_extension == FileKind::Html && !path.contains('/');
    let texts = page
        || matches!(
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
    if is_named_in_front(lower, by_extension) {
        return true;
    }
    let Some(word) = WORDS
        .iter()
        .filter(|word| lower.starts_with(**word))
        .max_by_key(|word| word.len())
    else {
        return false;
    };
    let rest = &lower[word.len()..];
    let upper = name
        .get(..word.len())
        .is_some_and(|word| !word.bytes().any(|byte| byte.is_ascii_lowercase()));
    let suffix = match by_extension {
        FileKind::Other => rest,
        _ => split_extension(lower).0.get(word.len()..).unwrap_or(""),
    };
    suffix.is_empty()
        || (suffix.starts_with(['-', '_', '.', ' ']) && (upper || names_licence(suffix)))
}

/// `MIT-LICENSE`, `Apache_License.txt`: the licence's name comes first.
fn is_named_in_front(lower: &str, by_extension: FileKind) -> bool {
    let stem = match by_extension {
        FileKind::Other => lower,
        _ => split_extension(lower).0,
    };
    ["license", "licence"].iter().any(|word| {
        stem.strip_suffix(word)
            .and_then(|front| front.strip_suffix(['-', '_', '.', ' ']))
            .is_some_and(names_licence)
    })
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
