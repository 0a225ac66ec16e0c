//! What is read, and what is not.

use proptest::prelude::*;

use super::*;
use crate::facts::{Cell, Table};
use crate::source::{FileId, Span};

/// "100/60 1500/3600" for every sentence that tells a rate.
fn rates(text: &str) -> String {
    let all: Vec<String> = Reader::shared()
        .read(text)
        .iter()
        .map(|statement| {
            let rates: Vec<String> = statement
                .rates
                .iter()
                .map(|rate| format!("{}/{}", rate.calls, rate.seconds))
                .collect();
            rates.join(" ")
        })
        .collect();
    all.join("; ")
}

#[test]
fn sentences_in_sixteen_languages() {
    let table: &[(&str, &str)] = &[
        ("100-call-per-minute limit", "100/60"),
        ("100 calls/minute/tenant", "100/60"),
        ("API calls per connection: 100 per 60 seconds", "100/60"),
        ("Calls: 100, renewal period: 60 seconds", "100/60"),
        ("100 req./s and 1.5k requests per hour", "100/1 1500/3600"),
        (
            "calls are limited to 100 per minute (1,500/hour)",
            "100/60 1500/3600",
        ),
        ("100 calls within a 60-second window", "100/60"),
        ("max. 100 Aufrufe/Min.", "100/60"),
        ("The limit is 100/60s", "100/60"),
        (
            "60 requests per minute per user and 5 per second",
            "60/60 5/1",
        ),
        ("Every 60 seconds: up to 100 calls", "100/60"),
        ("100 calls per minute", "100/60"),
        (
            "Up to 45 calls per minute, and up to 1,500 calls per hour.",
            "45/60 1500/3600",
        ),
        ("at most 45 a minute and 1,500 an hour", "45/60 1500/3600"),
        ("100/min", "100/60"),
        ("100 req/min per user", "100/60"),
        ("limit of 25 req/s", "25/1"),
        ("10 calls/minute", "10/60"),
        ("100 calls / 60 s", "100/60"),
        ("100 calls per connection per 60 seconds", "100/60"),
        (
            "100 calls per connection, renewal period: 60 seconds",
            "100/60",
        ),
        ("10,000 API requests in a 10 minute period", "10000/600"),
        ("150 requests every 5 minutes", "150/300"),
        ("2000 requests per app per tenant per second", "2000/1"),
        (
            "45 advanced-hunting queries per minute per tenant; 1,500 per hour",
            "45/60 1500/3600",
        ),
        ("5 requests in any rolling 10-second window", "5/10"),
        ("Rate: 60 RPM", "60/60"),
        ("Requests per minute: 100", "100/60"),
        ("Max API calls per hour = 1500", "1500/3600"),
        ("one request every 2 seconds", "1/2"),
        (
            "1500 query/hour ~= 0.42 query/second ~= 1 query/2.38 second.",
            "1500/3600 0.42/1 1/2.38",
        ),
        ("60K requests per minute", "60000/60"),
        ("50-100 requests per minute", "100/60"),
        ("1,500 calls hourly", "1500/3600"),
        (
            "All endpoints can be called 300 times within 5 minutes",
            "300/300",
        ),
        ("You may poll it at most once every five minutes", "1/300"),
        ("one request every three seconds", "1/3"),
        ("600 times/minute, which is the limit", "600/60"),
        ("100 calls within the 5 minute sliding window", "100/300"),
        ("two hundred requests per minute", "200/60"),
        ("5,000 requests per week", "5000/604800"),
        ("10,000 API calls a month", "10000/2592000"),
        ("100 message requests per minute", "100/60"),
        (
            "100 Anfragen innerhalb eines Zeitraums von 60 Sekunden",
            "100/60",
        ),
        ("Höchstens einmal pro Minute abrufen", "1/60"),
        ("une requête toutes les cinq secondes", "1/5"),
        ("No more than ten requests per second", "10/1"),
        ("100 calls can be made per minute", "100/60"),
        (
            "100 appels par minute et 1 500 appels par heure",
            "100/60 1500/3600",
        ),
        (
            "100 appels d’API par connexion toutes les 60 secondes",
            "100/60",
        ),
        ("jusqu’à 45 requêtes à la minute", "45/60"),
        ("1\u{202f}500 appels par heure", "1500/3600"),
        (
            "maximal 100 Aufrufe pro Minute und 1.500 Aufrufe pro Stunde",
            "100/60 1500/3600",
        ),
        (
            "100 API-Aufrufe je Verbindung innerhalb von 60 Sekunden",
            "100/60",
        ),
        ("Pro Minute sind höchstens 100 Aufrufe erlaubt", "100/60"),
        (
            "100 llamadas por minuto y 1.500 llamadas por hora",
            "100/60 1500/3600",
        ),
        ("hasta 50 solicitudes cada 60 segundos", "50/60"),
        (
            "100 chamadas por minuto e 1.500 chamadas por hora",
            "100/60 1500/3600",
        ),
        ("até 30 solicitações a cada 60 segundos", "30/60"),
        (
            "100 chiamate al minuto e 1.500 chiamate all’ora",
            "100/60 1500/3600",
        ),
        (
            "1 分あたり最大 45 件の呼び出し、1 時間あたり 1,500 件の呼び出し",
            "45/60 1500/3600",
        ),
        ("１分間に１００回の呼び出し", "100/60"),
        ("毎分 100 回", "100/60"),
        ("60 秒ごとに 100 回の呼び出し", "100/60"),
        ("100 リクエスト/分", "100/60"),
        ("每分钟 50 次调用或每小时 1500 次调用", "50/60 1500/3600"),
        ("每 60 秒最多 100 次调用", "100/60"),
        ("100 次/分钟", "100/60"),
        ("每分鐘 100 次呼叫", "100/60"),
        ("분당 100회 호출 및 시간당 1,500회 호출", "100/60 1500/3600"),
        ("60초당 100개 호출", "100/60"),
        (
            "100 oproepen per minuut en 1500 oproepen per uur",
            "100/60 1500/3600",
        ),
        (
            "100 anrop per minut och 1 500 anrop per timme",
            "100/60 1500/3600",
        ),
        (
            "100 wywołań na minutę i 1500 wywołań na godzinę",
            "100/60 1500/3600",
        ),
        (
            "100 вызовов в минуту и 1500 вызовов в час",
            "100/60 1500/3600",
        ),
        (
            "percenként 100 hívás és óránként 1500 hívás",
            "100/60 1500/3600",
        ),
        (
            "dakikada 100 çağrı ve saatte 1500 çağrıdır",
            "100/60 1500/3600",
        ),
        ("60 saniyede en fazla 100 çağrı", "100/60"),
        ("Dakika başına 100 istek", "100/60"),
    ];
    let wrong: Vec<String> = table
        .iter()
        .filter(|(text, expected)| rates(text) != *expected)
        .map(|(text, expected)| format!("{text}: {expected}, read {}", rates(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_rate_of_calls() {
    let texts = [
        "100 machines per request",
        "Maximum page size is 10,000 rows per page",
        "10 minutes of running time every hour and 3 hours of running time a day",
        "The maximal execution time of a single request is 10 minutes.",
        "listens on port 8080/min",
        "API version 1.0/hour",
        "Azure Functions v2 per minute",
        "runs at 10:30 per day",
        "HTTP 429 means too many requests",
        "25 concurrently running sessions",
        "retained for 30 days",
        "timeout of 60 seconds per request",
        "at most 15,000 indicators per tenant",
        "costs $5 per hour",
        "5 € par heure",
        "90% per minute",
        "50 MB per minute",
        "100 km/h, 9.81 m/s",
        "available 24/7 hours",
        "takes 1/2 hour",
        "60 frames per second",
        "refresh every 30 seconds",
        "retries 3 times, 5 seconds apart",
        "on 2021-03-24 calls per minute rose",
        "a 64bit request per minute",
        "100 requests and 60 seconds",
        "the 3rd request per minute",
        "every 5 minutes, 100 devices",
        "calls per minute",
        "1OO calls per minute",
        "最大 30 日間のデータ",
        "60 秒のタイムアウト",
        "10,000 credits for API calls per minute",
        "Credits per minute: 100",
        "the cache is filled twice a day",
        "two hundred five requests per minute",
        "300 points per hour",
        "50,000 rows per minute",
    ];
    let read: Vec<String> = texts
        .iter()
        .filter(|text| !rates(text).is_empty())
        .map(|text| format!("{text}: read {}", rates(text)))
        .collect();
    assert!(read.is_empty(), "{}", read.join("\n"));
}

#[test]
fn sentences_are_kept_apart_and_limits_noticed() {
    let text = "The quota is 100 calls per minute, max. 1500 an hour. We send 5 requests per \
                second. Nothing here.";
    let found = Reader::shared().read(text);
    assert_eq!(rates(text), "100/60 1500/3600; 5/1");
    assert!(found[0].limiting && !found[1].limiting);
    assert_eq!(&text[found[0].rates[0].number.clone()], "100");
    assert_eq!(&text[found[0].rates[1].range.clone()], "1500 an hour");
    assert_eq!(
        &text[found[1].range.clone()],
        "We send 5 requests per second"
    );
}

#[test]
fn a_range_keeps_both_ends() {
    let found = Reader::shared().read("raised from 15 to 45 requests per minute");
    assert_eq!(
        (found[0].rates[0].from, found[0].rates[0].calls),
        (Some(15.0), 45.0)
    );
}

fn table(lines: &[&str]) -> Table {
    let span = Span::new(FileId(0), 0..0);
    let row = |line: &&str| -> Vec<Cell> {
        line.split('|')
            .map(|text| Cell {
                text: text.trim().to_owned(),
                span,
            })
            .collect()
    };
    Table {
        header: if lines[0].is_empty() {
            Vec::new()
        } else {
            row(&lines[0])
        },
        rows: lines[1..].iter().map(row).collect(),
        span,
        heading: None,
    }
}

/// "0:100/60" for every row that tells a rate, with the label's column in front.
fn read_table(lines: &[&str]) -> String {
    let rows: Vec<String> = Reader::shared()
        .read_table(&table(lines))
        .iter()
        .map(|row| {
            let rates: Vec<String> = row
                .rates
                .iter()
                .map(|rate| format!("{}/{}", rate.calls, rate.seconds))
                .collect();
            let label = row.label.map_or("-".to_owned(), |label| label.to_string());
            format!("{label}:{}", rates.join(" "))
        })
        .collect();
    rows.join("; ")
}

#[test]
fn tables_by_shape_and_units() {
    let cases: &[(&[&str], &str)] = &[
        (
            &[
                "Name|Calls|Renewal period",
                "API calls per connection|100|60 seconds",
            ],
            "0:100/60",
        ),
        (
            &[
                "Nom|Appels|Période de renouvellement",
                "Appels d’API par connexion|100|60 secondes",
            ],
            "0:100/60",
        ),
        (
            &[
                "Verlängerungszeitraum|Name|Aufrufe",
                "60 Sekunden|API-Aufrufe pro Verbindung|100",
            ],
            "1:100/60",
        ),
        (&["", "API calls|100|1 minute"], "0:100/60"),
        (
            &[
                "名前|呼び出し|更新期間",
                "接続ごとの API 呼び出し|１００|60 秒",
            ],
            "0:100/60",
        ),
        (
            &["名称|调用|续订期", "每个连接的 API 调用|100|60 秒"],
            "0:100/60",
        ),
        (
            &[
                "Service|Rate limit|Scope",
                "MDE API|100 calls/minute|Per tenant",
                "Graph|10,000 calls/10 minutes|Per app",
            ],
            "0:100/60; 0:10000/600",
        ),
        (
            &[
                "Endpoint|Calls per minute|Calls per hour",
                "Isolate|100|1,500",
                "Hunting|45|1.500",
            ],
            "0:100/60 1500/3600; 0:45/60 1500/3600",
        ),
        (&["Limit|Value|", "Requests per minute|100|"], "0:100/60"),
        (
            &["Operation|Limit|Window (seconds)", "read|50|60"],
            "0:50/60",
        ),
        (
            &["Setting|Value", "Calls|100", "Renewal period|60 seconds"],
            "-:100/60",
        ),
        (
            &["Name|Calls|Concurrent|Period", "x|100|25|60 s"],
            "0:100/60",
        ),
        // Nothing says which number counts the calls.
        (&["", "x|100|25|60 s"], ""),
        (
            &["Setting|Default|Range", "maxRetryDelaySeconds|300|60-3600"],
            "",
        ),
        (
            &["Name|Calls|Renewal period", "API calls|1OO|60 seconds"],
            "",
        ),
        (&["Name|Calls|Renewal period", "API calls||60 seconds"], ""),
    ];
    for (lines, expected) in cases {
        assert_eq!(read_table(lines), *expected, "{lines:?}");
    }
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,200}") {
        for statement in Reader::shared().read(&text) {
            prop_assert!(text.get(statement.range.clone()).is_some());
            for rate in statement.rates {
                prop_assert!(rate.calls > 0.0 && rate.seconds > 0.0);
                prop_assert!(text.get(rate.range.clone()).is_some());
                prop_assert!(rate.range.contains(&rate.number.start));
            }
        }
    }

    #[test]
    // The word before is none of any language: `Qps` would be a unit.
    fn a_plain_rate_is_always_read(
        calls in 1_u32..1_000_000,
        unit in prop::sample::select(vec![("second", 1.0), ("minute", 60.0), ("hour", 3600.0)]),
        before in "[X-Z][aeiou]{3,8} ",
    ) {
        let text = format!("{before}allows {calls} calls per {}.", unit.0);
        let found = Reader::shared().read(&text);
        prop_assert_eq!(found.len(), 1);
        prop_assert!((found[0].rates[0].calls - f64::from(calls)).abs() < 1e-9);
        prop_assert!((found[0].rates[0].seconds - unit.1).abs() < 1e-9);
    }
}

#[test]
fn sentences_of_a_long_paragraph_are_read_to_its_end() {
    let reader = Reader::shared();
    let sentence = "Up to 100 calls per minute are allowed. ";
    let text = format!(
        "{}At most 45 calls per minute.",
        sentence.repeat(3 * MAX_TEXT / 40)
    );
    let told = reader.read_in_order(&text);
    assert_eq!(told.sentences.len(), 3 * MAX_TEXT / 40 + 1);
    assert_eq!(told.sentences.len(), told.statements.len());
    assert_eq!(told.sentences, reader.sentences(&text));
    for (index, statement) in &told.statements {
        assert_eq!(told.sentences[*index], statement.range);
        assert!(text[statement.rates[0].range.clone()].ends_with("minute"));
    }
    let last = &told.statements.last().expect("one").1.rates[0];
    assert_eq!(&text[last.number.clone()], "45");
}
