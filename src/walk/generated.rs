//! Folders that a documentation generator wrote. The page to mend is the source, so
//! what was made from it is passed over, as vendored folders are.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Skip, Walked};

/// What a generator leaves in the folder that it writes.
struct Signature {
    /// A file by which a folder is looked at: one that only this generator writes, or
    /// its configuration.
    key: &'static str,
    /// Each has to stand in the key's folder as well: a file, a folder (`search/`), or
    /// files whose names begin alike (`main.*`).
    with: &'static [&'static str],
    /// What was written, from the key's folder; empty for that folder itself.
    output: &'static str,
}

const fn wrote(key: &'static str, with: &'static [&'static str]) -> Signature {
    Signature {
        key,
        with,
        output: "",
    }
}

const fn configured(
    key: &'static str,
    output: &'static str,
    with: &'static [&'static str],
) -> Signature {
    Signature { key, with, output }
}

/// Two files at least, of which none is needed by a site that is written by hand: a
/// page that is somebody's source must never be passed over. Held by the tests below
/// and by `generated_folders` in `tests/it`.
const SIGNATURES: [Signature; 35] = [
    // Sphinx; its copies of the sources are told by `source_of`.
    wrote("genindex.html", &["_sources/"]),
    wrote("genindex.html", &["_static/"]),
    wrote(".buildinfo", &["genindex.html"]),
    wrote(".buildinfo", &["_sources/"]),
    configured("conf.py", "_build", &["_build/html/"]),
    // At the top of a branch that is published stand other files, too.
    configured("searchindex.js", "_sources", &["_sources/"]),
    configured("genindex.html", "_sources", &["_sources/"]),
    wrote("searchindex.js", &["genindex.html"]),
    wrote("searchindex.js", &["_static/"]),
    wrote("objects.inv", &["genindex.html"]),
    wrote("objects.inv", &["_static/"]),
    // DocFX.
    wrote("xrefmap.yml", &["manifest.json"]),
    wrote("search-stopwords.json", &["styles/", "toc.html"]),
    configured("docfx.json", "_site", &["_site/"]),
    // MkDocs. A site that is written by hand has a sitemap too, but not in `site` beside
    // the configuration.
    wrote("search/search_index.json", &["sitemap.xml", "404.html"]),
    configured("mkdocs.yml", "site", &["site/404.html", "site/sitemap.xml"]),
    configured("mkdocs.yml", "site", &["site/search/search_index.json"]),
    // Docusaurus: the bundler's names.
    wrote(
        "404.html",
        &["assets/js/runtime~main.*", "assets/js/main.*"],
    ),
    configured("docusaurus.config.js", "build", &["build/404.html"]),
    configured("docusaurus.config.ts", "build", &["build/404.html"]),
    // Jekyll.
    configured("_config.yml", "_site", &["_site/"]),
    // Javadoc and Dokka.
    wrote("element-list", &["index-all.html"]),
    wrote("package-list", &["index-all.html"]),
    wrote("allclasses-index.html", &["overview-tree.html"]),
    wrote("package-list", &["navigation.html", "scripts/"]),
    // Doxygen.
    wrote("doxygen.css", &["dynsections.js"]),
    wrote("doxygen.css", &["tabs.css"]),
    wrote("doxygen.css", &["doxygen.svg"]),
    wrote("doxygen.css", &["doxygen.png"]),
    // TypeDoc.
    wrote(
        "modules.html",
        &["assets/highlight.css", "assets/search.js", "assets/main.js"],
    ),
    // rustdoc.
    wrote("search-index.js", &["static.files/"]),
    wrote("search-index.js", &["settings.html", "rustdoc.css"]),
    // YARD.
    wrote("_index.html", &["class_list.html", "method_list.html"]),
    // mdBook.
    configured("book.toml", "book", &["book/print.html"]),
    wrote("print.html", &["ayu-highlight*", "tomorrow-night*"]),
];

/// Where Sphinx copies its sources, beside the pages that it makes of them.
const SOURCES: &str = "_sources/";

/// Takes the files of generated folders out of a walk. The root stays: who asks for it
/// wants it read.
pub fn leave_out(walked: &mut Walked) {
    let folders = generated(walked.files.iter().map(|entry| &*entry.relative));
    if folders.is_empty() {
        return;
    }
    let pages = pages_at_the_top(walked.files.iter().map(|entry| &*entry.relative));
    walked.files.retain(|entry| {
        !pages.contains(&*entry.relative)
            && !ancestors(&entry.relative).any(|folder| folders.contains(folder))
    });
    walked.skipped.extend(
        folders
            .iter()
            .map(|folder| (Arc::from(folder.as_str()), Skip::Generated)),
    );
}

/// The outermost generated folders among the folders of `paths`.
pub fn generated<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let paths: BTreeSet<&str> = paths.collect();
    let mut found = BTreeSet::new();
    for path in &paths {
        if let Some(folder) = source_of(path, &paths) {
            found.insert(folder.to_owned());
        }
        for signature in &SIGNATURES {
            let Some(folder) = path.strip_suffix(signature.key) else {
                continue;
            };
            let whole_name = folder.is_empty() || folder.ends_with('/');
            if whole_name && signature.with.iter().all(|part| has(&paths, folder, part)) {
                let folder = format!("{folder}{}", signature.output);
                found.insert(folder.trim_end_matches('/').to_owned());
            }
        }
    }
    found.remove("");
    found
        .iter()
        .filter(|folder| !ancestors(folder).any(|above| found.contains(above)))
        .cloned()
        .collect()
}

/// Pages at the top that Sphinx made of the sources that it copied beside them, as a
/// branch that is published has them.
fn pages_at_the_top<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let paths: BTreeSet<&str> = paths.collect();
    if !paths.contains("searchindex.js") && !paths.contains("genindex.html") {
        return BTreeSet::new();
    }
    let copies: BTreeSet<&str> = paths
        .iter()
        .filter_map(|path| path.strip_prefix(SOURCES)?.strip_suffix(".txt"))
        .filter_map(|copy| copy.rsplit_once('.'))
        .map(|(stem, _)| stem)
        .collect();
    if copies.is_empty() {
        return BTreeSet::new();
    }
    // Those of the top itself, and below those of which a source was copied.
    let made = |page: &str| {
        page.strip_suffix(".html")
            .is_some_and(|stem| !stem.contains('/') || copies.contains(stem))
    };
    let pages = paths.iter().filter(|page| made(page));
    pages.map(|page| (*page).to_owned()).collect()
}

/// Whether a part of a signature stands in a folder, whose name ends with a slash.
fn has(paths: &BTreeSet<&str>, folder: &str, part: &str) -> bool {
    if let Some(start) = part
        .strip_suffix('*')
        .or(part.strip_suffix('/').map(|_| part))
    {
        let start = format!("{folder}{start}");
        let next = paths.range(start.as_str()..).next();
        return next.is_some_and(|path| path.starts_with(&start));
    }
    paths.contains(format!("{folder}{part}").as_str())
}

/// The folder that Sphinx wrote, by one copy of a source (`_sources/a.rst.txt`) and the
/// page that was made of it (`a.html`, `a/index.html`).
fn source_of<'a>(path: &'a str, paths: &BTreeSet<&str>) -> Option<&'a str> {
    let copy = path.strip_suffix(".txt")?;
    let at = copy.rfind(SOURCES)?;
    let (folder, name) = (&copy[..at], &copy[at + SOURCES.len()..]);
    let (stem, _) = name.rsplit_once('.')?;
    let made = has(paths, folder, &format!("{stem}.html"))
        || has(paths, folder, &format!("{stem}/index.html"));
    (made && folder.ends_with('/')).then(|| folder.trim_end_matches('/'))
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
    fn pages_of_a_published_branch() {
        let top = |paths: &[&str]| pages_at_the_top(paths.iter().copied());
        let built = [
            "README.md",
            "_sources/a.rst.txt",
            "a.html",
            "b.html",
            "searchindex.js",
        ];
        assert_eq!(
            top(&built).into_iter().collect::<Vec<_>>(),
            ["a.html", "b.html"]
        );
        assert!(top(&["_sources/a.rst.txt", "a.html"]).is_empty());
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
            (
                &[
                    "docs/a.md",
                    "mkdocs.yml",
                    "site/404.html",
                    "site/a/index.html",
                    "site/sitemap.xml",
                ],
                &["site"],
            ),
            (
                &[
                    "public/404.html",
                    "public/assets/js/main.1a2b.js",
                    "public/assets/js/runtime~main.3c4d.js",
                ],
                &["public"],
            ),
            (&["w/_site/a.html", "w/docfx.json"], &["w/_site"]),
            (
                &["docs/_build/html/a.html", "docs/conf.py"],
                &["docs/_build"],
            ),
            (
                &["README.md", "_sources/a.rst.txt", "genindex.html", "a.html"],
                &["_sources"],
            ),
            (&["book.toml", "book/a.html", "book/print.html"], &["book"]),
            (&["book.toml", "book/a.md"], &[]),
            (&["build/conf.py", "build/html/a.html"], &[]),
            // A folder in another one is told with it.
            (
                &[
                    "a/api/element-list",
                    "a/api/index-all.html",
                    "a/genindex.html",
                    "a/objects.inv",
                ],
                &["a"],
            ),
            // Written by hand.
            (&["_sources/a.rst.txt", "a.html"], &[]),
            (&["docs/_sources/a.rst.txt", "docs/b.html"], &[]),
            (&["docs/my_sources/a.rst.txt", "docs/mya.html"], &[]),
            (&["site/a.md", "site/index.html", "mkdocs.yml"], &[]),
            (
                &[
                    "www/404.html",
                    "www/assets/js/main.js",
                    "www/docs/a.html",
                    "www/img/a.svg",
                    "www/index.html",
                    "www/sitemap.xml",
                ],
                &[],
            ),
            (&["css/doxygen.css", "css/index.html"], &[]),
            (&["build/index.html", "docusaurus.config.js"], &[]),
            (&["lib/_index.html", "lib/print.html"], &[]),
            (&["site/index.html", "site/assets/a.css"], &[]),
            (&["docs/a.md", "docs/search/a.md", "docs/assets/a.png"], &[]),
            (&["manifest.json", "xrefmap.yml", "toc.html"], &[]),
        ] {
            assert_eq!(found(paths), expected, "{paths:?}");
        }
    }
}
