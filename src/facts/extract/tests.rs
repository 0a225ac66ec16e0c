//! The shipped vocabularies, held to sentences as people write them.

use std::sync::LazyLock;

use super::*;
use crate::facts::signals::{AttributionElement as Element, NoticeKind};
use crate::facts::{FrontMatterEntry, Link, Prose, ProseContext, Zone};
use crate::pack::load_embedded;
use crate::source::FileId;

pub(super) fn pack() -> &'static Pack {
    static PACK: LazyLock<Pack> = LazyLock::new(|| {
        load_embedded()
            .expect("the shipped packs load")
            .into_iter()
            .find(|pack| &*pack.id == "microsoft-defender-api")
            .expect("the first pack")
    });
    &PACK
}

fn facts(text: &str, kind: FileKind, context: ProseContext) -> FileFacts {
    let mut facts = FileFacts::new(kind, Zone::Project);
    facts.prose.push(Prose::verbatim(context, text, 0));
    facts
}

fn signals(extractor: &Extractor, path: &str, text: &str) -> Signals {
    let source = Source::from_text(FileId(0), path, text);
    extractor.extract(
        &source,
        &facts(text, FileKind::Markdown, ProseContext::Paragraph),
    )
}

fn elements(extractor: &Extractor, path: &str, text: &str) -> Vec<Element> {
    let mut found: Vec<_> = signals(extractor, path, text)
        .attribution
        .into_iter()
        .map(|(element, _)| element)
        .collect();
    found.dedup();
    found
}

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

#[test]
fn elements_of_an_attribution_are_found_where_they_are_one() {
    use Element::{
        Changes, Creator, Grant, LicenceLink, LicenceNotice, LicencePointer, SourceLink,
    };
    let extractor = Extractor::new(pack());
    for (path, text, expected) in [
        (
            "docs/a.md",
            "Adapted from https://learn.microsoft.com/en-us/x by Microsoft, CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).",
            &[Creator, LicenceNotice, LicenceLink, SourceLink, Changes][..],
        ),
        (
            "page.md",
            "Microsoft et tous les collaborateurs vous accordent une licence pour ce référentiel sous la licence publique Creative Commons Attribution 4.0, consultez le fichier LICENSE.",
            &[Creator, LicenceNotice, LicencePointer, Grant],
        ),
        (
            "NOTICE",
            "Microsoft, https://github.com/MicrosoftDocs/x",
            &[Creator, SourceLink],
        ),
        (
            "NOTICE",
            "Microsoft and Azure are trademarks of Microsoft.",
            &[],
        ),
        (
            "README.md",
            "Harbour reads alerts from Microsoft Defender.",
            &[],
        ),
        (
            "README.md",
            "See https://learn.microsoft.com/x for the limits.",
            &[],
        ),
        (
            "README.md",
            "The text is under CC BY-SA 4.0 and CC BY-NC.",
            &[],
        ),
        (
            "README.md",
            "Creative Commons Attribution-NonCommercial 4.0 International License",
            &[],
        ),
        (
            "README.md",
            "Namensnennung 4.0 (Creative Commons Namensnennung 4.0 International)",
            &[LicenceNotice],
        ),
        ("README.md", "© 2024 Microsoft Corporation", &[Creator]),
        (
            "README.md",
            "Microsoft 社の CC BY 4.0 のコンテンツを翻案した派生作品です。元の文書は MicrosoftDocs/azure-docs にあります。",
            &[Creator, LicenceNotice, SourceLink, Changes],
        ),
        (
            "README.md",
            "本文档改编自 Microsoft 文档，采用知识共享署名 4.0 国际许可协议。",
            &[Creator, LicenceNotice, Changes],
        ),
    ] {
        assert_eq!(elements(&extractor, path, text), expected, "{text}");
    }
}

#[test]
fn a_licence_notice_is_known_in_many_languages() {
    let extractor = Extractor::new(pack());
    for text in [
        "under the Creative Commons Attribution 4.0 International Public License",
        "sous la licence publique internationale Creative Commons Attribution 4.0",
        "der öffentlichen Creative Commons Attribution 4.0 International-Lizenz",
        "la licencia pública internacional Creative Commons Attribution 4.0",
        "a Licença Pública Internacional de Atribuição do Creative Commons 4.0",
        "la licenza pubblica Creative Commons Attribution 4.0 International",
        "クリエイティブ コモンズ アトリビューション 4.0 国際パブリック ライセンス",
        "Creative Commons 署名 4.0 国际公共许可",
        "크리에이티브 커먼즈 저작자표시 4.0 국제 라이선스",
        "лицензии Creative Commons С указанием авторства 4.0",
        "license: CC-BY-4.0",
    ] {
        let text = format!("Microsoft: {text}");
        assert!(
            elements(&extractor, "a.md", &text).contains(&Element::LicenceNotice),
            "{text}"
        );
    }
}

fn weight(signals: &Signals) -> u32 {
    signals.provenance.iter().map(|mark| mark.weight).sum()
}

#[test]
fn statements_of_provenance_need_a_verb_and_the_documentation() {
    let extractor = Extractor::new(pack());
    for text in [
        "This page is adapted from the Microsoft Learn documentation.",
        "Adapted from https://learn.microsoft.com/en-us/defender-endpoint/api/x.",
        "Most of this table was copied verbatim from Microsoft docs.",
        "Translated from https://github.com/MicrosoftDocs/x/blob/main/y.md",
        "This guide is a translation of https://docs.microsoft.com/x.",
        "Cette page est traduite de la documentation Microsoft.",
        "Der Text ist aus der Microsoft-Dokumentation übernommen.",
        "Texto traducido de la documentación de Microsoft.",
        "Texto adaptado da documentação da Microsoft.",
        "Testo tradotto dalla documentazione Microsoft.",
        "De tekst is overgenomen uit https://learn.microsoft.com/nl-nl/x.",
        "Текст переведён из документации Microsoft.",
        "このページは Microsoft のドキュメントを翻訳したものです。",
        "<div class=\"note\"><p>These notes: this page is derived from the public <a href=\"https://learn.microsoft.com/x\">course</a>",
        "本文翻译自 https://learn.microsoft.com/zh-cn/x 。",
    ] {
        let found = signals(&extractor, "docs/a.md", text);
        assert!(weight(&found) >= 60, "{text}: {:?}", found.provenance);
    }
    for text in [
        "See https://learn.microsoft.com/x.",
        "See also the Microsoft Learn documentation.",
        "The token is derived from the tenant, as https://learn.microsoft.com/x says.",
        "This page was not copied from Microsoft docs.",
        "Nothing here is copied from the Microsoft documentation.",
        "Do not copy text from Microsoft docs.",
        "Copied from the portal (see https://learn.microsoft.com/x).",
        "Inspired by Microsoft Learn.",
        "The client was generated from https://github.com/Azure/azure-sdk.",
        "Translated from German by a friend.",
        "The policy was adapted from the one for Microsoft Edge.",
        "The table names (one a line, copied from Microsoft docs) go into a file.",
        "Use something like this as a workaround, adapted from https://docs.microsoft.com/x.",
        "The following commands are all copied from Microsoft Docs.",
        "This file is adapted from the guides of Microsoft Learn, under the Apache License.",
        "It reads content from Microsoft Learn.",
        "Our code is adapted from Microsoft's documentation.",
    ] {
        let found = signals(&extractor, "docs/a.md", text);
        assert_eq!(weight(&found), 0, "{text}: {:?}", found.provenance);
    }
    let cited = signals(
        &extractor,
        "docs/a.md",
        "Source: https://learn.microsoft.com/en-us/x",
    );
    assert!((1..60).contains(&weight(&cited)), "{:?}", cited.provenance);
}

#[test]
fn a_comment_speaks_of_code_unless_it_says_text() {
    let extractor = Extractor::new(pack());
    let weigh = |text: &str, context| {
        let source = Source::from_text(FileId(0), "a.cs", text);
        let kind = FileKind::Code(crate::facts::Language::CSharp);
        weight(&extractor.extract(&source, &facts(text, kind, context)))
    };
    let says = "Copied from Microsoft docs and modified";
    assert_eq!(weigh(says, ProseContext::Comment), 30);
    assert_eq!(weigh(says, ProseContext::StringLiteral), 60);
    let says = "These descriptions were copied from Microsoft docs.";
    assert_eq!(weigh(says, ProseContext::Comment), 60);
}

#[test]
fn front_matter_weighs_by_its_keys() {
    let extractor = Extractor::new(pack());
    let weigh = |keys: &[(&str, &str)]| {
        let source = Source::from_text(FileId(0), "docs/a.md", " ".repeat(40));
        let mut facts = FileFacts::new(FileKind::Markdown, Zone::Docs);
        for (key, value) in keys {
            facts.front_matter.push(FrontMatterEntry {
                key: (*key).to_owned(),
                value: (*value).to_owned(),
                key_span: source.span(0..4),
                value_span: source.span(6..10),
            });
        }
        weight(&extractor.extract(&source, &facts))
    };
    for (keys, derived) in [
        (
            &[("title", "X"), ("author", "mjcaparas"), ("manager", "y")][..],
            false,
        ),
        (&[("ms.date", "01/01/2024")], false),
        (&[("ms.author", "a"), ("ms.topic", "article")], true),
        (&[("MS.technology", "mde")], true),
        (&[("ms.service", "harbour")], false),
        (&[("ms:assetid", "785a4c3d")], true),
        (&[("MS.OpenLocFileHash", "3b88")], true),
        (
            &[(
                "original_content_git_url",
                "https://github.com/MicrosoftDocs/x/blob/live/y.md",
            )],
            true,
        ),
        (
            &[("original_content_git_url", "https://example.org/y.md")],
            false,
        ),
    ] {
        assert_eq!(weigh(keys) >= 60, derived, "{keys:?}");
    }
}

#[test]
fn links_count_as_written_out() {
    let extractor = Extractor::new(pack());
    let text = "Adapted from this page.";
    let source = Source::from_text(FileId(0), "docs/a.md", text);
    let mut facts = facts(text, FileKind::Markdown, ProseContext::Paragraph);
    facts.prose[0].links.push((13..22, 0));
    facts.links.push(Link {
        url: "https://learn.microsoft.com/x".to_owned(),
        span: source.span(13..22),
        text: "this page".to_owned(),
        image: false,
    });
    let found = extractor.extract(&source, &facts);
    assert_eq!(weight(&found), 60);
    assert_eq!(
        source.slice(found.provenance[0].span),
        "Adapted from this page"
    );
}
