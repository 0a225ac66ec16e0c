//! Folders that a documentation generator wrote. The page to mend is the source, so
//! what was made from it is passed over, as vendored folders are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Skip, Walked};

/// Files (or folders, with a slash) of which each has to stand in a folder that a
/// generator wrote. One name alone proves nothing, so each signature has two at least.
const SIGNATURES: [&[&str]; 16] = [
    // Sphinx.
    &["searchindex.js", "genindex.html"],
    &["searchindex.js", "_static/"],
    &["_sources/", "_static/"],
    &["objects.inv", "_static/"],
    // DocFX.
    &["xrefmap.yml", "manifest.json"],
    &["styles/", "toc.html", "search-stopwords.json"],
    // MkDocs.
    &["search/", "sitemap.xml", "404.html", "assets/"],
    // Docusaurus.
    &["404.html", "sitemap.xml", "assets/", "opensearch.xml"],
    &[
        "404.html",
        "sitemap.xml",
        "assets/",
        "docs/",
        "index.html",
        "img/",
    ],
    // Javadoc and KDoc.
    &["element-list", "index-all.html"],
    &["package-list", "index-all.html"],
    &["allclasses-index.html", "overview-tree.html"],
    // Doxygen.
    &["doxygen.css", "index.html"],
    // TypeDoc.
    &["modules.html", "assets/", "index.html", "classes/"],
    // rustdoc.
    &["static.files/", "search-index.js"],
    &["search-index.js", "settings.html"],
];

/// Takes the files of generated folders out of a walk. The root stays: who asks for it
/// wants it read.
pub fn leave_out(walked: &mut Walked) {
    let folders = generated(walked.files.iter().map(|entry| &*entry.relative));
    if folders.is_empty() {
        return;
    }
    walked
        .files
        .retain(|entry| !ancestors(&entry.relative).any(|folder| folders.contains(folder)));
    walked.skipped.extend(
        folders
            .iter()
            .map(|folder| (Arc::from(folder.as_str()), Skip::Generated)),
    );
}

/// The outermost generated folders among the folders of `paths`.
fn generated<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut children: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for path in paths {
        let mut rest = path;
        let mut folder = false;
        // Stops where a folder above is known already.
        loop {
            let (parent, name) = rest.rsplit_once('/').unwrap_or(("", rest));
            let name = if folder {
                &path[rest.len() - name.len()..=rest.len()]
            } else {
                name
            };
            let new = children.entry(parent).or_default().insert(name);
            if parent.is_empty() || !new {
                break;
            }
            rest = parent;
            folder = true;
        }
    }
    // What a signature names for a generated folder stands in a folder of its own
    // (`_sources` beside pages) as well as at the top of one.
    let found: BTreeSet<&str> = children
        .iter()
        .filter(|(folder, names)| !folder.is_empty() && is_generated(names))
        .map(|(folder, _)| *folder)
        .collect();
    found
        .iter()
        .filter(|folder| !ancestors(folder).any(|above| found.contains(above)))
        .map(|folder| (*folder).to_owned())
        .collect()
}

fn is_generated(names: &BTreeSet<&str>) -> bool {
    let sources = names.contains("_sources/") && names.iter().any(|name| name.ends_with(".html"));
    sources
        || SIGNATURES
            .iter()
            .any(|signature| signature.iter().all(|name| names.contains(name)))
}

/// The folders above a path, nearest first, the root left out.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/').map(|(folder, _)| folder), |folder| {
        folder.rsplit_once('/').map(|(above, _)| above)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(paths: &[&str]) -> Vec<String> {
        generated(paths.iter().copied()).into_iter().collect()
    }

    #[test]
    fn folders_that_generators_wrote() {
        for (paths, expected) in [
            (
                &[
                    "docs/latest/a.html",
                    "docs/latest/_sources/a.rst.txt",
                    "docs/source/a.rst",
                ][..],
                &["docs/latest"][..],
            ),
            (
                &[
                    "out/api/element-list",
                    "out/api/index-all.html",
                    "out/api/x/A.html",
                ],
                &["out/api"],
            ),
            (
                &[
                    "_site/xrefmap.yml",
                    "_site/manifest.json",
                    "_site/api/toc.html",
                ],
                &["_site"],
            ),
            (
                &[
                    "build/html/searchindex.js",
                    "build/html/_static/a.css",
                    "build/doctest/a.txt",
                ],
                &["build/html"],
            ),
            // Written by hand.
            (&["site/index.html", "site/assets/a.css"], &[]),
            (&["docs/a.md", "docs/search/a.md", "docs/assets/a.png"], &[]),
            (&["manifest.json", "xrefmap.yml", "toc.html"], &[]),
        ] {
            assert_eq!(found(paths), expected, "{paths:?}");
        }
    }
}
