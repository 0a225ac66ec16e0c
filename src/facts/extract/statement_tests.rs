//! Statements of origin in each language of the documentation, and sentences beside them
//! that say nothing of the kind.

use super::tests::{pack, signals};
use super::*;

/// Language, statements, others.
const LANGUAGES: [(&str, &[&str], &[&str]); 16] = [
    (
        "en",
        &[
            "This page was copied from the Microsoft documentation.",
            "The table below is taken from https://learn.microsoft.com/en-us/x.",
            "The text of this chapter is reproduced from Microsoft Learn.",
            "Translation of the Microsoft Defender documentation.",
        ],
        &[
            "See the Microsoft documentation for the limits.",
            "According to the Microsoft documentation, 100 calls a minute are allowed.",
            "The script was copied from https://learn.microsoft.com/en-us/x.",
        ],
    ),
    (
        "fr",
        &[
            "Cette page est une traduction de la documentation Microsoft.",
            "Contenu repris de https://learn.microsoft.com/fr-fr/x.",
            "Texte adapté de la documentation de Microsoft.",
        ],
        &[
            "Voir la documentation Microsoft pour les limites.",
            "D'après la documentation Microsoft, 100 appels par minute sont permis.",
        ],
    ),
    (
        "de",
        &[
            "Dieser Text wurde aus https://learn.microsoft.com/de-de/x übernommen.",
            "Übersetzung der Microsoft-Dokumentation.",
            "Der Abschnitt ist der Microsoft-Dokumentation entnommen.",
            "Übersetzt aus der Microsoft-Dokumentation.",
        ],
        &[
            "Laut Microsoft-Dokumentation sind 100 Aufrufe erlaubt.",
            "Mehr dazu steht in der Microsoft-Dokumentation.",
        ],
    ),
    (
        "es",
        &[
            "Esta página es una traducción de la documentación de Microsoft.",
            "Texto tomado de https://learn.microsoft.com/es-es/x.",
        ],
        &[
            "Consulte la documentación de Microsoft.",
            "Según la documentación de Microsoft, el límite es 100.",
        ],
    ),
    (
        "pt-BR",
        &[
            "Esta página é uma tradução da documentação da Microsoft.",
            "Conteúdo retirado de https://learn.microsoft.com/pt-br/x.",
        ],
        &[
            "Consulte a documentação da Microsoft.",
            "Segundo a documentação da Microsoft, o limite é 100.",
        ],
    ),
    (
        "it",
        &[
            "Questa pagina è una traduzione della documentazione di Microsoft.",
            "Testo tratto da https://learn.microsoft.com/it-it/x.",
        ],
        &[
            "Vedere la documentazione di Microsoft.",
            "Secondo la documentazione di Microsoft il limite è 100.",
        ],
    ),
    (
        "ja",
        &[
            "このページは Microsoft のドキュメントを翻訳したものです。",
            "本文は https://learn.microsoft.com/ja-jp/x から転載しました。",
        ],
        &[
            "詳しくは Microsoft のドキュメントを参照してください。",
            "Microsoft のドキュメントによると、上限は 100 です。",
        ],
    ),
    (
        "zh-CN",
        &[
            "本文翻译自 Microsoft 文档。",
            "本页内容摘自 https://learn.microsoft.com/zh-cn/x。",
            "本文译自 Microsoft Learn。",
        ],
        &[
            "详情请参阅 Microsoft 文档。",
            "根据 Microsoft 文档,每分钟最多 100 次调用。",
        ],
    ),
    (
        "zh-TW",
        &[
            "本文翻譯自 Microsoft 文件。",
            "內容轉載自 https://learn.microsoft.com/zh-tw/x。",
        ],
        &[
            "詳情請參閱 Microsoft 文件。",
            "根據 Microsoft 文件,每分鐘最多 100 次。",
        ],
    ),
    (
        "ko",
        &[
            "이 페이지는 Microsoft 문서를 번역한 것입니다.",
            "본문은 https://learn.microsoft.com/ko-kr/x 에서 발췌했습니다.",
        ],
        &[
            "자세한 내용은 Microsoft 문서를 참조하세요.",
            "Microsoft 문서에 따르면 한도는 100입니다.",
        ],
    ),
    (
        "ru",
        &[
            "Перевод документации Microsoft.",
            "Текст взят из https://learn.microsoft.com/ru-ru/x.",
        ],
        &[
            "Подробнее см. в документации Microsoft.",
            "По документации Microsoft предел равен 100.",
        ],
    ),
    (
        "pl",
        &[
            "Tłumaczenie dokumentacji Microsoft.",
            "Tekst skopiowany z https://learn.microsoft.com/pl-pl/x.",
        ],
        &[
            "Więcej w dokumentacji Microsoft.",
            "Według dokumentacji Microsoft limit wynosi 100.",
        ],
    ),
    (
        "tr",
        &[
            "Bu sayfa Microsoft belgelerinden çevrilmiştir.",
            "Metin https://learn.microsoft.com/tr-tr/x adresinden alınmıştır.",
        ],
        &[
            "Ayrıntılar için Microsoft belgelerine bakın.",
            "Microsoft belgelerine göre sınır 100'dür.",
        ],
    ),
    (
        "sv",
        &[
            "Översättning av Microsofts dokumentation.",
            "Texten är hämtad från https://learn.microsoft.com/sv-se/x.",
        ],
        &[
            "Se Microsofts dokumentation.",
            "Enligt Microsofts dokumentation är gränsen 100.",
        ],
    ),
    (
        "nl",
        &[
            "Vertaling van de Microsoft-documentatie.",
            "Deze tekst is overgenomen van https://learn.microsoft.com/nl-nl/x.",
        ],
        &[
            "Zie de Microsoft-documentatie.",
            "Volgens de Microsoft-documentatie is de limiet 100.",
        ],
    ),
    (
        "cs",
        &[
            "Překlad dokumentace Microsoft.",
            "Text je převzat z https://learn.microsoft.com/cs-cz/x.",
        ],
        &[
            "Více v dokumentaci Microsoft.",
            "Podle dokumentace Microsoft je limit 100.",
        ],
    ),
];

#[test]
fn each_language_states_origin_in_its_own_words() {
    let extractor = Extractor::new(pack());
    let weighs = |text: &str| signals(&extractor, "notes/a.md", text).provenance_weight();
    let mut wrong = Vec::new();
    for (language, statements, others) in LANGUAGES {
        for text in statements {
            if weighs(text) < pack().provenance.threshold {
                wrong.push(format!("{language}: no statement: {text}"));
            }
        }
        for text in others {
            if weighs(text) > 0 {
                wrong.push(format!("{language}: a statement: {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
