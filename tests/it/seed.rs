//! The page that the project was made from, copied alone into a folder, and then with
//! a licence and an attribution beside it. The page is not part of the project: where
//! it is not at hand the test says so and passes.

use std::fs;
use std::path::Path;

use termscheck::pack::load_embedded;
use termscheck::scan::{ScanOptions, scan};

use crate::support::shared;

const NAME: &str = "licence-page.fr-FR.md";

/// Findings as `rule line:column words`.
fn findings(root: &Path, pedantic: bool) -> Vec<String> {
    let packs = load_embedded().expect("the shipped packs load");
    let mut options = ScanOptions::new(root);
    options.selection.pedantic = pedantic;
    let report = scan(&options, &packs).expect("no configuration");
    report
        .findings
        .iter()
        .filter_map(|finding| {
            let span = finding.primary?;
            let source = &report.sources[&span.file];
            let position = source.position(span.start);
            Some(format!(
                "{} {}:{} {}",
                finding.rule.id,
                position.line,
                position.column,
                source.slice(span)
            ))
        })
        .collect()
}

#[test]
fn the_page_alone_lacks_its_licence_and_with_it_nothing() {
    let Some(shared) = shared() else { return };
    let page = shared.join("seeds").join(NAME);
    let folder = tempfile::tempdir().expect("a temp folder");
    fs::copy(page, folder.path().join(NAME)).expect("the page can be copied");
    let shown = findings(folder.path(), false);
    // Its names are the translation of the owner itself.
    assert!(shown.iter().any(|found| found.starts_with("attribution/")));
    assert!(shown.iter().any(|found| found.starts_with("licence/")));
    assert!(
        !shown.iter().any(|found| found.starts_with("trademark/")),
        "{shown:#?}"
    );
    let alone = findings(folder.path(), true);
    let attribution = "attribution/incomplete 46:212 consultez le fichier LICENSE";
    for expected in [
        "trademark/outdated-name 2:53 Microsoft Defender ATP",
        "trademark/translated 30:4 Microsoft Defender pour point de terminaison",
        attribution,
    ] {
        assert!(
            alone.iter().any(|found| found == expected),
            "{expected} is not in {alone:#?}"
        );
    }
    assert!(alone.iter().any(|found| found.starts_with("licence/")));

    let licence = spdx::license_id("CC-BY-4.0").expect("a licence of the SPDX list");
    fs::write(folder.path().join("LICENSE"), licence.text()).expect("a temp file");
    fs::write(
        folder.path().join("ATTRIBUTION.md"),
        "# Attribution\n\nlicence-page.fr-FR.md is a machine translation of\n\
         <https://learn.microsoft.com/en-us/legal/microsoft-365/api-terms-of-use> by Microsoft and\n\
         contributors, [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/). Unchanged.\n",
    )
    .expect("a temp file");
    let attributed = findings(folder.path(), true);
    let left: Vec<_> = alone
        .iter()
        .filter(|found| !found.starts_with("attribution/") && !found.starts_with("licence/"))
        .collect();
    assert_eq!(attributed.iter().collect::<Vec<_>>(), left);
}
