//! Trademark notices, held to sentences as people write them.

use super::Extractor;
use super::tests::{pack, signals};
use crate::facts::signals::NoticeKind;

#[test]
fn trademark_notices_are_known_in_many_languages_and_shapes() {
    use NoticeKind::{NonAffiliation, Ownership};
    let extractor = Extractor::new(pack());
    for (kind, text) in [
        (
            Ownership,
            "Microsoft, Windows and Azure are trademarks of the Microsoft group of companies.",
        ),
        (
            Ownership,
            "Windows® is a registered trademark of Microsoft Corp. in some countries.",
        ),
        (
            Ownership,
            "Every trademark named here belongs to its respective owner: trademarks are the property of their respective owners.",
        ),
        (
            Ownership,
            "Product names and logos remain the property of Microsoft.",
        ),
        (
            Ownership,
            "Windows et Azure sont des marques déposées de Microsoft Corporation.",
        ),
        (
            Ownership,
            "Windows und Azure sind eingetragene Marken der Microsoft Corporation.",
        ),
        (
            Ownership,
            "Azure y Windows son marcas registradas de Microsoft.",
        ),
        (
            Ownership,
            "Azure e Windows são marcas comerciais da Microsoft.",
        ),
        (
            Ownership,
            "Windows è un marchio registrato di Microsoft. I marchi sono di Microsoft.",
        ),
        (
            Ownership,
            "Windows en Azure zijn handelsmerken van Microsoft.",
        ),
        (
            Ownership,
            "Windows は米国 Microsoft Corporation の登録商標です。",
        ),
        (Ownership, "Windows 是微软公司的商标。"),
        (Ownership, "Windows는 Microsoft Corporation의 상표입니다."),
        (
            Ownership,
            "Windows и Azure — товарные знаки корпорации Microsoft.",
        ),
        (
            Ownership,
            "Windows, Microsoft Corporation şirketinin tescilli ticari markasıdır.",
        ),
        (
            NonAffiliation,
            "Harbour is not affiliated with, endorsed by, or sponsored by Microsoft.",
        ),
        (
            NonAffiliation,
            "This tool isn’t affiliated in any way with\u{a0}Microsoft Corporation.",
        ),
        (
            NonAffiliation,
            "We are neither sponsored nor approved by Microsoft.",
        ),
        (
            NonAffiliation,
            "It has no affiliation with the company whose API it calls, and no endorsement is implied.",
        ),
        (NonAffiliation, "This is not an official Microsoft product."),
        (NonAffiliation, "An unoffical client for OneDrive."),
        (NonAffiliation, "This is a non-offical Microsoft library"),
        (
            NonAffiliation,
            "Microsoft is not responsible for this program.",
        ),
        (
            NonAffiliation,
            "An independent project, not made by Microsoft.",
        ),
        (NonAffiliation, "Harbour has nothing to do with Microsoft."),
        (
            NonAffiliation,
            "Not to be confused with: should not be confused with Microsoft’s own tool.",
        ),
        (NonAffiliation, "Ce projet n’est pas affilié à Microsoft."),
        (
            NonAffiliation,
            "Dieses Projekt steht in keiner Verbindung zu Microsoft.",
        ),
        (
            NonAffiliation,
            "Dieses Projekt ist nicht mit Microsoft verbunden.",
        ),
        (
            NonAffiliation,
            "Este proyecto no está afiliado a Microsoft.",
        ),
        (NonAffiliation, "Este projeto não é afiliado à Microsoft."),
        (
            NonAffiliation,
            "Questo progetto non è affiliato a Microsoft.",
        ),
        (
            NonAffiliation,
            "Dit project is niet gelieerd aan Microsoft.",
        ),
        (NonAffiliation, "本ツールは Microsoft 社とは無関係です。"),
        (
            NonAffiliation,
            "これは Microsoft の非公式クライアントです。",
        ),
        (NonAffiliation, "本项目与微软没有任何关系。"),
        (NonAffiliation, "이 프로젝트는 Microsoft와 관련이 없습니다."),
        (NonAffiliation, "Проект не связан с Microsoft."),
        (
            NonAffiliation,
            "Bu projenin Microsoft ile bağlantısı yoktur.",
        ),
    ] {
        let found = signals(&extractor, "README.md", text).notices;
        assert!(
            found.iter().any(|notice| notice.kind == kind),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn what_only_sounds_like_a_notice_is_none() {
    let extractor = Extractor::new(pack());
    for text in [
        "Harbour reads alerts from Microsoft Defender and writes them to a file.",
        "No trademark or patent rights held by Affirmer are waived.",
        "Neither the name of the copyright holder nor the names of its contributors may be used to endorse products derived from this software.",
        "The affiliates of Storm-2697 used Microsoft Teams.",
        "We should use the official Microsoft APIs.",
        "If you do not have a Microsoft account, create one.",
        "Microsoft has deprecated the official endpoint.",
        "There is an unofficial repository for Fedora.",
        "Do not use the module with Microsoft Edge.",
        "Native support is based on groups affiliated with documents.",
        "The API is not supported on Windows 7.",
        "Das Skript benötigt kein Konto von Drittanbietern.",
        "Les marques de terrain sont activées.",
        "This is not a supported integration for Azure, says Microsoft.",
        "Calls over a proxy aren't supported by Microsoft Teams.",
        "That flow doesn't work for agents that are published to Microsoft Teams.",
        "There is no upgrade path for agents or their associated files to a Microsoft Foundry project.",
        "Do not use the Microsoft Authenticator app.",
        "If a group has no sponsor, assign one in Microsoft Entra.",
        "<meta name=\"x\"> <meta property=\"og:title\" content=\"Course | Microsoft Learn\">",
        "La campaña marca Microsoft en azul.",
        "Merk op dat Microsoft dit wijzigt.",
        "Die Rolle ist nicht im Portal von Microsoft zu sehen.",
        "L’option n’est pas disponible dans le rapport de Microsoft Defender.",
        "没有 Microsoft 帐户的用户无法登录。",
        "Microsoft アカウントがない場合は承認が必要です。",
    ] {
        let found = signals(&extractor, "README.md", text).notices;
        assert_eq!(found, [], "{text}");
    }
}
