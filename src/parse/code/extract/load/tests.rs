use super::length;
use crate::facts::Language;
use crate::parse::code::tests;

fn drivers(language: Language, text: &str) -> Vec<String> {
    let code = tests::facts(language, text).1.code;
    code.drivers
        .iter()
        .map(|driver| {
            let repeat = &driver.repeat;
            format!(
                "{:?} {:?} every {:?} most {:?}{}: {}",
                repeat.kind,
                repeat.width.value,
                repeat.seconds.map(|seconds| seconds.value),
                repeat.rounds,
                if driver.alternative { " or" } else { "" },
                code.calls
                    .iter()
                    .filter(|call| code.encloses(driver.block, call.block))
                    .filter_map(|call| Some(call.url.as_ref()?.shown()))
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        })
        .collect()
}

#[test]
fn scenarios_of_k6() {
    let script = |options: &str| {
        format!(
            "import http from 'k6/http';\nimport {{ sleep }} from 'k6';\nexport const options = {{ {options} }};\nexport default function () {{ http.get('https://h.example/a'); sleep(1); }}\nexport function other() {{ http.get('https://h.example/b'); }}\n"
        )
    };
    for (options, expected) in [
        (
            "vus: 10, duration: '30s'",
            "Users Some(10.0) every None most None: https://h.example/a",
        ),
        (
            "vus: 2, iterations: 6",
            "Users Some(2.0) every None most Some(6): https://h.example/a",
        ),
        (
            "stages: [{ duration: '1m', target: 20 }, { duration: '1m', target: 5 }]",
            "Users Some(20.0) every None most None: https://h.example/a",
        ),
        (
            "scenarios: { s: { executor: 'constant-arrival-rate', rate: 50, timeUnit: '1m', duration: '1m30s', exec: 'other' } }",
            "Arrivals Some(50.0) every Some(Some(60.0)) most Some(75): https://h.example/b",
        ),
        (
            "scenarios: { s: { executor: 'ramping-arrival-rate', stages: [{ target: 9, duration: '1m' }] } }",
            "Arrivals Some(9.0) every Some(Some(1.0)) most None: https://h.example/a",
        ),
    ] {
        assert_eq!(
            drivers(Language::JavaScript, &script(options)),
            [expected],
            "{options}"
        );
    }
    let paced = script("vus: 1, duration: '1m'");
    let sleeps = tests::facts(Language::JavaScript, &paced).1.code.sleeps;
    assert_eq!(sleeps[0].seconds.value, Some(1.0));
}

#[test]
fn users_of_locust() {
    let file = |fields: &str| {
        format!(
            "from locust import HttpUser, task, between, constant, constant_throughput\n\nclass U(HttpUser):\n    host = \"https://h.example\"\n{fields}\n    @task\n    def a(self):\n        self.client.get(\"/api/a\")\n\n    def on_start(self):\n        self.client.post(\"/login\")\n"
        )
    };
    for (fields, expected) in [
        (
            "    wait_time = between(0.5, 2)",
            "Users Some(1.0) every Some(Some(0.5)) most None: https://h.example/api/a",
        ),
        (
            "    fixed_count = 5\n    wait_time = constant_throughput(2)",
            "Arrivals Some(10.0) every Some(Some(1.0)) most None: https://h.example/api/a",
        ),
        (
            "",
            "Users Some(1.0) every None most None: https://h.example/api/a",
        ),
        (
            "    wait_time = pause",
            "Users Some(1.0) every Some(None) most None: https://h.example/api/a",
        ),
    ] {
        assert_eq!(
            drivers(Language::Python, &file(fields)),
            [expected],
            "{fields}"
        );
    }
}

#[test]
fn lengths_of_time() {
    assert_eq!(length("1m30s"), Some(90.0));
    assert_eq!(length("500ms"), Some(0.5));
    assert_eq!(length("5"), None);
    assert_eq!(length("5 parsecs"), None);
    assert_eq!(length("é"), None);
}
