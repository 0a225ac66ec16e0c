//! The shipped vocabularies, held to sentences as people write them.

use std::sync::LazyLock;

use super::*;
use crate::facts::signals::AttributionElement as Element;
use crate::facts::{FileKind, FrontMatterEntry, Link, Prose, ProseContext, Zone};
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

pub(super) fn signals(extractor: &Extractor, path: &str, text: &str) -> Signals {
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
fn elements_of_an_attribution_are_found_where_they_are_one() {
    use Element::{
        Changes, CopyrightNotice, Creator, Grant, LicenceLink, LicenceNotice, LicencePointer,
        SourceLink,
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
        (
            "README.md",
            "© 2024 Microsoft Corporation",
            &[Creator, CopyrightNotice],
        ),
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
    // A page that opens with its source alone is a copy; elsewhere it cites.
    let opens = "Source: https://learn.microsoft.com/en-us/x";
    let opens = signals(&extractor, "docs/a.md", opens);
    assert!(weight(&opens) >= 60, "{:?}", opens.provenance);
    let cites = "The limit is 100. Source: https://learn.microsoft.com/en-us/x";
    let cites = signals(&extractor, "docs/a.md", cites);
    assert!((1..60).contains(&weight(&cites)), "{:?}", cites.provenance);
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
    // What a program prints is no page.
    assert_eq!(weigh(says, ProseContext::StringLiteral), 0);
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
        (&[("ms.author", "a"), ("ms.topic", "article")], false),
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
