use super::*;
use crate::pack::load_embedded;

fn replacer() -> Replacer {
    let packs = load_embedded().expect("the shipped packs");
    let pack = packs
        .iter()
        .find(|pack| !pack.names.outdated.is_empty())
        .expect("a pack with names");
    Replacer::new(
        &pack.names.replacing,
        [pack.owner.name.clone(), "MSFT".to_owned()],
    )
}

/// The text with the change made, and whether that is safe.
fn changed(text: &str, old: &str, new: &str) -> (String, bool) {
    let at = text.find(old).expect("the old name");
    let change = replacer().change(text, &(at..at + old.len()), new, |part| {
        part.contains("Entra")
    });
    let mut out = text.to_owned();
    out.replace_range(change.range, new);
    if let Some((range, article)) = change.article {
        out.replace_range(range, &article);
    }
    (out, change.safe)
}

#[test]
fn sentences_that_stay_right_are_safe() {
    for (text, old, new, expected) in [
        (
            "We use Azure Sentinel daily.",
            "Azure Sentinel",
            "Microsoft Sentinel",
            "We use Microsoft Sentinel daily.",
        ),
        (
            "Microsoft Office 365 ATP protects mail.",
            "Office 365 ATP",
            "Microsoft Defender for Office 365",
            "Microsoft Defender for Office 365 protects mail.",
        ),
        (
            "Open an Azure Sentinel workspace that you own.",
            "Azure Sentinel",
            "Microsoft Sentinel",
            "Open a Microsoft Sentinel workspace that you own.",
        ),
        (
            "This is a Windows Virtual Desktop session that you have.",
            "Windows Virtual Desktop",
            "Azure Virtual Desktop",
            "This is an Azure Virtual Desktop session that you have.",
        ),
        (
            "Azure Sentinel's rules apply.",
            "Azure Sentinel",
            "Microsoft Sentinel",
            "Microsoft Sentinel's rules apply.",
        ),
        (
            "Use Github Pages for (some) docs.",
            "Github",
            "GitHub",
            "Use GitHub Pages for (some) docs.",
        ),
        (
            "これはAzure Sentinelの設定です",
            "Azure Sentinel",
            "Microsoft Sentinel",
            "これはMicrosoft Sentinelの設定です",
        ),
    ] {
        assert_eq!(
            changed(text, old, new),
            (expected.to_owned(), true),
            "{text}"
        );
    }
}

#[test]
fn what_a_person_has_to_look_at_is_not() {
    let sentinel = ("Azure Sentinel", "Microsoft Sentinel");
    for (text, (old, new)) in [
        // A longer name.
        ("Install Azure Sentinel Connector now.", sentinel),
        ("Install Contoso Azure Sentinel now.", sentinel),
        ("The Azure Sentinel 2 preview.", sentinel),
        (
            "We run Azure Defender for Cloud here.",
            ("Azure Defender", "Microsoft Defender for Cloud"),
        ),
        (
            "Compare GitHub Flow with Microsoft Flow here.",
            ("Microsoft Flow", "Power Automate"),
        ),
        // A short form or a second name of it.
        ("Use Azure Sentinel (AS) here.", sentinel),
        ("Use the portal (Azure Sentinel) here.", sentinel),
        ("Azure Sentinel, once Entra, is here.", sentinel),
        (
            "Azure ATP and the ATP sensor.",
            ("Azure ATP", "Microsoft Defender for Identity"),
        ),
        // Words that bend, in other languages.
        ("La page d'Azure Sentinel est ici.", sentinel),
        ("Andiamo ad Azure Sentinel domani.", sentinel),
        ("Bitte an Azure Sentinel senden.", sentinel),
        ("Azure Sentinel는 좋다.", sentinel),
        ("Azure Sentinel'i açın.", sentinel),
        // Values.
        ("Azure Sentinel", sentinel),
        ("Product: Azure Sentinel", sentinel),
        // Another time.
        ("In 2019 we moved to Azure Sentinel.", sentinel),
        // The owner twice.
        (
            "Ask Azure and Azure/Sentinel, or Office 365 ATP for Office 365.",
            ("Office 365 ATP", "Microsoft Defender for Office 365"),
        ),
    ] {
        let (after, safe) = changed(text, old, new);
        assert!(!safe, "{text} -> {after}");
    }
}

#[test]
fn no_word_is_doubled_even_where_a_person_looks() {
    for (text, old, new, expected) in [
        (
            "We run Azure Defender for Cloud here.",
            "Azure Defender",
            "Microsoft Defender for Cloud",
            "We run Microsoft Defender for Cloud here.",
        ),
        (
            "Microsoft's Azure Sentinel finds it.",
            "Azure Sentinel",
            "Microsoft Sentinel",
            "Microsoft Sentinel finds it.",
        ),
        (
            "The MSFT Azure Sentinel finds it.",
            "Azure Sentinel",
            "Microsoft Sentinel",
            "The Microsoft Sentinel finds it.",
        ),
    ] {
        assert_eq!(changed(text, old, new).0, expected, "{text}");
    }
}
