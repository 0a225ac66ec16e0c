//! The part of the page on call rates that speaks of configuration: a sample of each
//! kind, and what is computed from it.

use std::fmt::Write as _;

use termscheck::facts::code::Text;
use termscheck::facts::routes::{LimitScope, RateLimit, Repeat, RepeatKind, Retry, Route};
use termscheck::facts::{FileFacts, FileKind, Zone};
use termscheck::parse::{kind, parse_to};
use termscheck::source::{FileId, Source};

/// What is shown, the file's name, what stands around it.
struct Sample {
    kind: &'static str,
    path: &'static str,
    shown: &'static str,
    /// `%` is where the sample stands.
    around: &'static str,
}

const fn sample(
    kind: &'static str,
    path: &'static str,
    shown: &'static str,
    around: &'static str,
) -> Sample {
    Sample {
        kind,
        path,
        shown,
        around,
    }
}

const POLICY: &str = "<policies><inbound><set-backend-service base-url=\"https://host.example\" />%</inbound></policies>";
const LOGIC_APP: &str = r#"{"contentVersion": "1.0.0.0", "actions": {"Each": {"type": "Foreach", "foreach": "@body('x')", %}}}"#;
const NGINX: &str =
    "%\nserver { limit_req zone=z; location / { proxy_pass https://host.example; } }";
const ENVOY: &str = "http_filters:\n- name: envoy.filters.http.local_ratelimit\n  typed_config:\n    token_bucket: %\nroute_config: { virtual_hosts: [ { routes: [ { match: { prefix: / }, route: { cluster: a } } ] } ] }\nclusters: [ { name: a, load_assignment: { e: { socket_address: { address: host.example } } } } ]";
const ENVOY_TOP: &str = "a:\n  b:\n";
const KONG: &str =
    "services: [ { url: https://host.example, plugins: [ { name: rate-limiting, config: % } ] } ]";
const TRAEFIK: &str = "http: { routers: { r: { service: s, middlewares: [m] } }, middlewares: { m: { rateLimit: % } }, services: { s: { loadBalancer: { servers: [ { url: https://host.example } ] } } } }";
const JMETER: &str = "<jmeterTestPlan><hashTree><ThreadGroup>THREADS</ThreadGroup><hashTree><HTTPSamplerProxy testclass=\"x\"><stringProp name=\"HTTPSampler.domain\">host.example</stringProp></HTTPSamplerProxy>%</hashTree></hashTree></jmeterTestPlan>";
const OPEN_API: &str = "openapi: 3.0.0\nservers: [ { url: https://host.example } ]\n%";
const K6: &str = "import http from 'k6/http'; import { sleep } from 'k6'; export const options = { % }; export default function () { http.get('https://host.example/x'); }";
const LOCUST: &str = "from locust import HttpUser, task\nclass U(HttpUser):\n    host = 'https://host.example'\n    %\n    @task\n    def t(self):\n        self.client.get('/x')\n";

const SAMPLES: &[Sample] = &[
    sample(
        "API Management",
        "p.xml",
        "<rate-limit calls=\"100\" renewal-period=\"60\" />",
        POLICY,
    ),
    sample(
        "API Management",
        "p.xml",
        "<rate-limit-by-key calls=\"90\" renewal-period=\"60\" counter-key=\"@(context.Api.Id)\" />",
        POLICY,
    ),
    sample(
        "API Management",
        "p.xml",
        "<quota-by-key calls=\"1500\" renewal-period=\"3600\" counter-key=\"all\" />",
        POLICY,
    ),
    sample(
        "API Management in Terraform",
        "p.tf",
        "xml_content = <<XML\n<policies><inbound><rate-limit calls=\"5\" renewal-period=\"1\" /></inbound></policies>\nXML",
        "resource \"azurerm_api_management_api\" \"a\" {\n service_url = \"https://host.example\"\n}\nresource \"azurerm_api_management_api_policy\" \"p\" {\n%\n}\n",
    ),
    sample(
        "API Management in Bicep",
        "p.bicep",
        "value: '''<policies><inbound><rate-limit calls=\"5\" renewal-period=\"1\" /></inbound></policies>'''",
        "resource a 'Microsoft.ApiManagement/service/apis@2022-08-01' = {\n properties: { serviceUrl: 'https://host.example' }\n}\nresource p 'Microsoft.ApiManagement/service/apis/policies@2022-08-01' = {\n properties: {\n%\n}\n}\n",
    ),
    sample(
        "Logic Apps",
        "w.json",
        "\"actions\": { \"A\": { \"type\": \"Http\", \"inputs\": { \"uri\": \"https://host.example\" } } }",
        LOGIC_APP,
    ),
    sample(
        "Logic Apps",
        "w.json",
        "\"runtimeConfiguration\": { \"concurrency\": { \"repetitions\": 5 } }, \"actions\": { \"A\": { \"type\": \"Http\", \"inputs\": { \"uri\": \"https://host.example\" } }, \"B\": { \"type\": \"Wait\", \"inputs\": { \"interval\": { \"count\": 3, \"unit\": \"Second\" } } } }",
        LOGIC_APP,
    ),
    sample(
        "Logic Apps",
        "w.json",
        "\"actions\": { \"A\": { \"type\": \"Http\", \"inputs\": { \"uri\": \"https://host.example\", \"retryPolicy\": { \"type\": \"none\" } } } }",
        LOGIC_APP,
    ),
    sample(
        "Logic Apps",
        "w.json",
        "\"recurrence\": { \"frequency\": \"Minute\", \"interval\": 5 }",
        r#"{"triggers": {"R": {"type": "Recurrence", %}}, "actions": {"A": {"type": "Http", "inputs": {"uri": "https://host.example"}}}}"#,
    ),
    sample(
        "Logic Apps in Terraform",
        "w.tf",
        "frequency = \"Second\"\ninterval = 30",
        "resource \"azurerm_logic_app_trigger_recurrence\" \"t\" {\n logic_app_id = x.id\n%\n}\nresource \"azurerm_logic_app_action_http\" \"a\" {\n logic_app_id = x.id\n uri = \"https://host.example\"\n}\n",
    ),
    sample(
        "nginx",
        "a.conf",
        "limit_req_zone $server_name zone=z:1m rate=10r/s;",
        NGINX,
    ),
    sample(
        "nginx",
        "a.conf",
        "limit_req_zone $binary_remote_addr zone=z:1m rate=90r/m;",
        NGINX,
    ),
    sample(
        "nginx",
        "a.conf",
        "limit_req zone=z burst=20 nodelay;",
        "limit_req_zone $host zone=z:1m rate=1r/s;\nserver { location / { % proxy_pass https://host.example; } }",
    ),
    sample(
        "Envoy",
        "e.yaml",
        "{ max_tokens: 50, tokens_per_fill: 25, fill_interval: 30s }",
        ENVOY,
    ),
    sample(
        "Kong",
        "k.yaml",
        "{ second: 2, minute: 90, limit_by: service }",
        KONG,
    ),
    sample("Kong", "k.yaml", "{ hour: 1500 }", KONG),
    sample(
        "Traefik",
        "t.yaml",
        "{ average: 100, period: 1m, burst: 20 }",
        TRAEFIK,
    ),
    sample(
        "Kong in Terraform",
        "k.tf",
        "config_json = jsonencode({ minute = 90, limit_by = \"service\" })",
        "resource \"kong_service\" \"s\" {\n host = \"host.example\"\n}\nresource \"kong_plugin\" \"p\" {\n name = \"rate-limiting\"\n service_id = kong_service.s.id\n %\n}\n",
    ),
    sample(
        "Kong in Kubernetes",
        "k.yaml",
        "plugin: rate-limiting\nconfig: { minute: 90 }",
        "apiVersion: configuration.konghq.com/v1\nkind: KongPlugin\nmetadata: { name: p }\n%\n---\napiVersion: v1\nkind: Service\nmetadata: { name: s, annotations: { konghq.com/plugins: p } }\nspec: { externalName: host.example }\n",
    ),
    sample(
        "Traefik in Kubernetes",
        "t.yaml",
        "spec: { rateLimit: { average: 2, burst: 20 } }",
        "apiVersion: traefik.io/v1alpha1\nkind: Middleware\nmetadata: { name: m }\n%\n---\napiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: { name: r }\nspec: { routes: [{ middlewares: [{ name: m }], services: [{ name: s }] }] }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { externalName: host.example }\n",
    ),
    sample(
        "JMeter",
        "j.jmx",
        "<ConstantThroughputTimer><intProp name=\"calcMode\">2</intProp><stringProp name=\"throughput\">600</stringProp></ConstantThroughputTimer>",
        JMETER,
    ),
    sample(
        "JMeter",
        "j.jmx",
        "<ConstantTimer><stringProp name=\"ConstantTimer.delay\">500</stringProp></ConstantTimer>",
        JMETER,
    ),
    sample(
        "k6",
        "k.js",
        "scenarios: { s: { executor: 'constant-arrival-rate', rate: 50, timeUnit: '1m', duration: '10m' } }",
        K6,
    ),
    sample("k6", "k.js", "stages: [{ duration: '1m', target: 20 }]", K6),
    sample("k6", "k.js", "vus: 5, iterations: 50", K6),
    sample("Locust", "l.py", "wait_time = between(0.5, 2)", LOCUST),
    sample(
        "Locust",
        "l.py",
        "wait_time = constant_throughput(2)",
        LOCUST,
    ),
    sample(
        "Postman",
        "r.json",
        "\"delay\": 100, \"count\": 30",
        r#"{%, "results": [{"url": "https://host.example"}]}"#,
    ),
    sample(
        "Postman",
        "c.json",
        "\"exec\": [\"setTimeout(() => {}, 250);\"]",
        r#"{"info": {"_postman_id": "x"}, "event": [{"listen": "prerequest", "script": {%}}], "item": [{"request": {"url": "https://host.example/a"}}]}"#,
    ),
    sample(
        "OpenAPI",
        "openapi.yaml",
        "x-rate-limit: { limit: 200, period: minute }",
        OPEN_API,
    ),
    sample(
        "OpenAPI",
        "openapi.yaml",
        "x-throttling: 45 calls per minute",
        OPEN_API,
    ),
    sample(
        "GitHub Actions",
        "w.yaml",
        "cron: '*/10 * * * *'",
        "on: { schedule: [ { % } ] }\njobs:\n  a:\n    steps:\n      - run: curl https://host.example\n",
    ),
    sample(
        "Kubernetes",
        "j.yaml",
        "schedule: '*/2 * * * *'",
        "kind: CronJob\nspec:\n  %\n  containers:\n    - command: [sh, -c, 'curl https://host.example']\n",
    ),
    sample(
        "crontab",
        "crontab",
        "* * * * * curl https://host.example",
        "%\n",
    ),
];

fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn limit(limit: &RateLimit) -> String {
    let (Some(calls), Some(seconds)) = (limit.calls.value, limit.seconds.value) else {
        return "a limit that is not known".to_owned();
    };
    let mut out = format!(
        "{} / {} s = {} a minute",
        number(calls),
        number(seconds),
        number(calls / seconds * 60.0)
    );
    if let Some(burst) = limit.burst.and_then(|burst| burst.value) {
        let _ = write!(out, ", {} at once", number(burst));
    }
    out.push_str(match limit.scope {
        LimitScope::All => " in all",
        LimitScope::EachCaller => " for each caller",
    });
    out
}

fn repeat(repeat: &Repeat) -> String {
    let width = repeat.width.value.map_or_else(|| "?".to_owned(), number);
    let mut out = match repeat.kind {
        RepeatKind::ForEach => format!("for each item, {width} at a time"),
        RepeatKind::Until => "until a condition holds".to_owned(),
        RepeatKind::Schedule => "by a clock".to_owned(),
        RepeatKind::Users => format!("{width} users"),
        RepeatKind::Arrivals => format!("{width} rounds started"),
    };
    match repeat.seconds.map(|seconds| seconds.value) {
        None => out.push_str(", no pause"),
        Some(None) => out.push_str(", for how long is not known"),
        Some(Some(seconds)) => {
            let _ = write!(out, ", every {} s", number(seconds));
            if let Some(width) = repeat.width.value {
                let minute = width / seconds * 60.0;
                let _ = write!(out, " = {} a minute", number(minute));
            }
        }
    }
    if let Some(rounds) = repeat.rounds {
        let _ = write!(out, ", {rounds} rounds at most");
    }
    out
}

fn line(route: &Route) -> String {
    let mut out: Vec<String> = route.limits.iter().map(limit).collect();
    out.extend(route.repeat.as_ref().map(repeat));
    match route.retry {
        Retry::Off(_) => out.push("nothing tries again".to_owned()),
        Retry::Default => out.push("the default policy tries again".to_owned()),
        Retry::Policy(_) => out.push("a policy tries again".to_owned()),
        Retry::Unknown => {}
    }
    out.join("; ")
}

/// The file of a sample.
fn file(sample: &Sample) -> String {
    let text = sample.around.replace('%', sample.shown);
    let text = text.replace(
        "THREADS",
        "<stringProp name=\"ThreadGroup.num_threads\">10</stringProp>",
    );
    if sample.kind == "Envoy" {
        // Below a node of its own, as everything of it is.
        format!("{ENVOY_TOP}    {}", text.replace('\n', "\n    "))
    } else {
        text
    }
}

fn read(path: &str, text: &str) -> FileFacts {
    let source = Source::from_text(FileId(0), path, text);
    let kind = kind::kind(path);
    assert_ne!(kind, FileKind::Other, "{path}");
    parse_to(&source, kind, Zone::Project, true)
}

fn computed(sample: &Sample) -> String {
    let facts = read(sample.path, &file(sample));
    let known = |address: &Text| address.host_and_path().is_some();
    let mut lines: Vec<String> = facts
        .routes
        .iter()
        .filter(|route| known(&route.address))
        .map(line)
        .chain(
            facts
                .code
                .drivers
                .iter()
                .map(|driver| repeat(&driver.repeat)),
        )
        .collect();
    lines.dedup();
    lines.join("; ")
}

/// The section of the page.
pub fn section() -> String {
    let mut page = String::from(
        "\n## Configuration\n\n\
         What configuration forwards to or calls is read from the tree of its syntax: the target,\n\
         the limit in front of it, what repeats it, what tries again. Numbers that are variables\n\
         are not guessed.\n\n| Kind | Configuration | Computed |\n|---|---|---|\n",
    );
    for sample in SAMPLES {
        let shown = sample.shown.replace('\n', " ⏎ ").replace('|', "\\|");
        let _ = writeln!(
            page,
            "| {} | `{shown}` | {} |",
            sample.kind,
            computed(sample)
        );
    }
    page
}

#[test]
fn every_sample_gives_a_rate_or_a_repetition() {
    for sample in SAMPLES {
        assert_ne!(computed(sample), "", "{}: {}", sample.kind, sample.shown);
    }
}

#[test]
fn samples_that_end_early_or_lack_a_piece_are_read_without_panic() {
    for sample in SAMPLES {
        let text = file(sample);
        for (at, c) in text.char_indices() {
            read(sample.path, &text[..at]);
            read(
                sample.path,
                &format!("{}{}", &text[..at], &text[at + c.len_utf8()..]),
            );
            read(
                sample.path,
                &format!("{}{{[\"'{}", &text[..at], &text[at..]),
            );
        }
    }
}
