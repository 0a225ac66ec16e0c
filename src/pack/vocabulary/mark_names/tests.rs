//! Names as people read them.

use super::NameShape::{Exact, Fused, Generic, Inside, Led, List, Referential};
use super::*;

fn finder() -> std::sync::Arc<crate::pack::vocabulary::MarkFinder> {
    marks().finder()
}

fn marks() -> Marks {
    let packs = crate::pack::load_embedded().expect("the shipped packs load");
    let pack = packs
        .iter()
        .find(|pack| &*pack.id == "microsoft-defender-api");
    pack.expect("the pack").marks.clone()
}

#[test]
fn names_are_read_as_people_read_them() {
    let finder = finder();
    for (name, mark, shape) in [
        ("Microsoft", "Microsoft", Exact),
        ("onedrive", "OneDrive", Exact),
        ("windows95", "Windows", Exact),
        ("microsoft-defender", "Microsoft Defender", Exact),
        ("Microsoft  Activation  Scripts (MAS)", "Microsoft", Led),
        ("microsoft-toolbox", "Microsoft", Led),
        ("OneDrive Client for Linux", "OneDrive", Led),
        ("win11React", "Windows", Led),
        ("mslearn-to-pdf", "Microsoft Learn", Led),
        ("MSDefender-MCP", "Microsoft Defender", Led),
        ("MSGraphSync", "Microsoft Graph", Led),
        (
            "defender-for-endpoint-cli",
            "Microsoft Defender for Endpoint",
            Led,
        ),
        ("AzureZilla", "Microsoft Azure", Led),
        ("ContosoSharePoint", "SharePoint", Fused),
        (
            "Harbour for Microsoft Teams",
            "Microsoft Teams",
            Referential,
        ),
        (
            "Harbour Work Helper for Azure DevOps [2.0]",
            "Microsoft Azure",
            Referential,
        ),
        ("harbour-azure-devops", "Microsoft Azure", Inside),
        ("awesome-azure-security", "Microsoft Azure", List),
        ("go-mdatp", "Microsoft Defender", Generic),
        ("winui3-microsoft-docs", "Microsoft", Led),
        ("github-to-sharepoint", "SharePoint", Referential),
        ("onedrivelist", "OneDrive", Led),
        ("sharepointjs", "SharePoint", Led),
        ("myonedrive", "OneDrive", Generic),
        ("sharepoint管理", "SharePoint", Led),
        (
            "Microsoft Defender for Endpoint (MDE) Harbour module",
            "Microsoft Defender for Endpoint",
            Led,
        ),
        ("Microsoft Intune（book）Harbour", "Microsoft Intune", Led),
        ("Microsoft Intune (MDM - new)", "Microsoft Intune", Exact),
    ] {
        let found = finder.in_name(name);
        assert_eq!(
            found
                .as_ref()
                .map(|found| (found.mark.as_str(), found.shape)),
            Some((mark, shape)),
            "{name}"
        );
    }
}

#[test]
fn endings_make_other_words() {
    let finder = finder();
    for name in [
        "onedriver",
        "onedriven",
        "onedrivers",
        "OneDrivers",
        "sharepointer",
        "sharepointing",
        "powerpointy",
        "intuner",
    ] {
        assert_eq!(finder.in_name(name), None, "{name}");
    }
    for name in ["clonedrive", "cyclonedrive", "harbouronedrive"] {
        let found = finder.in_name(name);
        assert!(
            found.is_some_and(|found| found.ambiguous && found.shape == Fused),
            "{name}"
        );
    }
}

/// A longer form is told in its own words, whatever short forms are known besides.
#[test]
fn each_form_of_a_mark_speaks_for_itself() {
    let marks = marks();
    let finder = marks.finder();
    let squeezed = |name: &str| flattened(name).0;
    let mut wrong = Vec::new();
    for mark in marks.marks.iter().filter(|mark| mark.name != marks.house) {
        let forms = mark.forms.iter().filter(|form| {
            let mut short = mark.abbreviations.iter();
            !short.any(|own| own.eq_ignore_ascii_case(form))
        });
        for form in forms.chain(&mark.versions).chain([&mark.name]) {
            let name = format!("{form} Lookout");
            let Some(found) = finder.in_name(&name) else {
                wrong.push(format!("{name}: no mark"));
                continue;
            };
            // "Defender XDR" may be told as the short form of the whole name that it is.
            let words = &name[found.range.clone()];
            let whole = found.mark == mark.name && squeezed(words) == squeezed(form)
                || squeezed(&found.form) == squeezed(form);
            if !whole || found.spelling == Spelling::Abbreviated || found.shape != Led {
                wrong.push(format!("{name}: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn books_and_practices_are_named_for_their_subject() {
    let finder = finder();
    for name in [
        "Microsoft Intune Cookbook",
        "Microsoft Intune Cookbook, Second Edition",
        "Azure Handbook 3",
    ] {
        assert!(
            finder.in_name(name).is_some_and(|found| found.writing),
            "{name}"
        );
    }
    let practice = |name: &str| finder.in_name(name).is_some_and(|found| found.practice);
    assert!(practice("Azure Policy as Code with Terraform"));
    assert!(!practice("Azure Policy Code") && !practice("Azure Policy as"));
}

#[test]
fn marks_hide_in_no_other_word() {
    let finder = finder();
    for name in [
        "GriefDefender",
        "OpenDefender",
        "Bitdefender",
        "swordfish",
        "password",
        "officer",
        "teamspeak",
        "knowledge-base",
        "Tokei",
        "winnow",
        "winreg",
        "Learn Terraform",
        "graph-tools",
        "project-template",
        "miette",
        "micro",
        "in-tune",
        "one drive",
        "encoding_rs",
    ] {
        let found = finder.in_name(name);
        assert!(
            found.as_ref().is_none_or(|found| found.ambiguous),
            "{name}: {found:?}"
        );
    }
    for name in ["MS LEARN", "mslearn", "msgraph-sync"] {
        assert!(
            finder.in_name(name).is_some_and(|found| !found.ambiguous),
            "{name}"
        );
    }
    for name in ["windows", "teams-roster", "edge", "word-count", "azure"] {
        assert!(
            finder.in_name(name).is_some_and(|found| found.ambiguous),
            "{name}"
        );
    }
}

#[test]
fn ordinary_words_are_marks_only_with_the_house() {
    let finder = finder();
    let marks = |text: &str| -> Vec<(String, bool)> {
        finder
            .in_prose(text)
            .into_iter()
            .map(|hit| (hit.mark.to_owned(), hit.house))
            .collect()
    };
    assert_eq!(marks("Two teams open windows."), []);
    assert_eq!(marks("Teams"), []);
    assert_eq!(
        marks("Microsoft Teams and Windows 11"),
        [
            ("Microsoft Teams".to_owned(), true),
            ("Windows".to_owned(), false)
        ]
    );
    assert_eq!(
        marks("Microsoft\u{a0}Defender for Endpoint"),
        [("Microsoft Defender for Endpoint".to_owned(), true)]
    );
}

proptest::proptest! {
    #[test]
    fn any_name_is_read_within_its_bounds(name in "(\\PC|microsoft|Azure|OneDrive| for |-){0,12}") {
        let marks: Marks = serde_yaml::from_str(
            "{house: Microsoft, connectors: [for], marks: [{name: OneDrive}, {name: Microsoft Azure, word: true}]}",
        )
        .unwrap_or_default();
        let finder = marks.finder();
        if let Some(found) = finder.in_name(&name) {
            proptest::prop_assert!(name.get(found.range).is_some_and(|words| !words.is_empty()));
        }
        finder.in_prose(&name);
    }
}
