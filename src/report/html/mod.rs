//! A page for those who decide: one file that needs no network, with the findings as data
//! that its script shows. What was scanned can't leave the data: it is JSON without `<`,
//! shown as text only, under a policy that runs no script but the page's own.

mod model;

use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::escape::escape;
use sha2::{Digest as _, Sha256};

use super::{View, safe_json, visible};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// Writes the page.
pub fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let name = view.root.file_name().unwrap_or(view.root.as_os_str());
    let name = visible(&name.to_string_lossy()).into_owned();
    let mut summary = super::summary(view);
    if let Some(first) = summary.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    // The template is read once from front to back: nothing that is filled in is read again.
    for part in PAGE.split("{{") {
        let (key, rest) = part.split_once("}}").unwrap_or(("", part));
        match key {
            "name" => write!(out, "{}", escape(&name))?,
            "summary" => write!(out, "{}", escape(&summary))?,
            "version" => write!(out, "{}", env!("CARGO_PKG_VERSION"))?,
            "policy" => write!(out, "{}", policy())?,
            "style" => out.write_all(STYLE.as_bytes())?,
            "script" => out.write_all(SCRIPT.as_bytes())?,
            "data" => safe_json::write_in_html(&model::data(view), out)?,
            _ => {}
        }
        out.write_all(rest.as_bytes())?;
    }
    Ok(())
}

/// What the browser may do: nothing but this style and this script.
fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; \
         base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_one_file_without_holes() {
        for key in [
            "name", "summary", "version", "policy", "style", "script", "data",
        ] {
            assert!(PAGE.contains(&format!("{{{{{key}}}}}")), "{key}");
        }
        for text in [PAGE, STYLE, SCRIPT] {
            for outside in ["http://", "https://", "//cdn", "@import", "url("] {
                assert!(!text.contains(outside), "{outside}");
            }
        }
        // The script stands between tags, and puts nothing in as markup.
        for unsafe_word in [
            "</script",
            "<!--",
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "document.write",
            "eval(",
        ] {
            assert!(!SCRIPT.contains(unsafe_word), "{unsafe_word}");
        }
        assert!(!STYLE.contains("</style"));
    }
}
