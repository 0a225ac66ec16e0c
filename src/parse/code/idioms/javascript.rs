//! Libraries of JavaScript and TypeScript.

use crate::parse::code::idiom::{Does, Idiom, Over, RateOf, RetryOf, Untold};

/// How got and ky try again: both take 429, unless their statuses leave it out, but not
/// POST and PATCH.
const GOT: RetryOf = RetryOf {
    attempts: &["retry/limit", "retry"],
    statuses: &["retry/statusCodes"],
    methods: &["retry/methods"],
    untold: Untold::TAKES_IDEMPOTENT,
};

/// The idioms.
pub const IDIOMS: &[Idiom] = &[
    // A person decides when the next round comes.
    Idiom::new(
        "input",
        &[
            "prompt",
            "confirm",
            "window.prompt",
            "window.confirm",
            "inquirer.prompt",
            "prompts",
            "readline.question",
            "rl.question",
        ],
        Does::Person,
    ),
    Idiom::new(
        "setTimeout",
        &[
            "setTimeout",
            "timers/promises.setTimeout",
            "node:timers/promises.setTimeout",
        ],
        Does::Sleep(&["#1", "#0"], 0.001),
    ),
    Idiom::new(
        "delay",
        &[
            "delay.default",
            "delay",
            "sleep",
            "timersPromises.setTimeout",
            "timers/promises.scheduler.wait",
            "scheduler.wait",
            "Bun.sleep",
        ],
        Does::Sleep(&["#0"], 0.001),
    ),
    Idiom::new("k6", &["k6.sleep"], Does::Sleep(&["#0"], 1.0)),
    Idiom::new("setInterval", &["setInterval"], Does::Timer(&["#1"], 0.001)),
    Idiom::new(
        "bottleneck",
        &[
            "bottleneck.default",
            "Bottleneck",
            "bottleneck",
            "bottleneck/es5",
            "bottleneck/es5.default",
        ],
        Does::LimitsOr(
            &[
                RateOf::new(&["=1"], &["minTime"], 0.001),
                RateOf::new(
                    &["reservoirRefreshAmount", "reservoir"],
                    &["reservoirRefreshInterval"],
                    0.001,
                ),
            ],
            &["maxConcurrent"],
        ),
    ),
    Idiom::new("bottleneck", &["~schedule"], Does::Calls),
    Idiom::new(
        "p-throttle",
        &["p-throttle.default", "pThrottle", "p-throttle"],
        Does::Limits(&[RateOf::new(&["limit", "#0"], &["interval", "#1"], 0.001)]),
    ),
    Idiom::new(
        "limiter",
        &["limiter.RateLimiter", "limiter.TokenBucket", "RateLimiter"],
        Does::Limits(&[RateOf::new(
            &["tokensPerInterval", "#0"],
            &["interval", "#1"],
            0.001,
        )]),
    ),
    Idiom::new(
        "axios-rate-limit",
        &["axios-rate-limit.default", "axios-rate-limit", "rateLimit"],
        Does::Limits(&[RateOf::new(
            &["maxRequests", "maxRPS"],
            &["perMilliseconds", "=1000"],
            0.001,
        )]),
    ),
    Idiom::new(
        "p-queue",
        &["p-queue.default", "PQueue", "p-queue"],
        Does::LimitsOr(
            &[RateOf::new(&["intervalCap"], &["interval"], 0.001)],
            &["concurrency"],
        ),
    ),
    Idiom::new(
        "p-limit",
        &[
            "p-limit.default",
            "pLimit",
            "p-limit",
            "async-mutex.Semaphore",
        ],
        Does::Width(&["#0", "concurrency"]),
    ),
    Idiom::new(
        "axios-retry",
        &["axios-retry.default", "axiosRetry", "axios-retry"],
        // Since 4.5 its own condition takes 429, but not POST and PATCH.
        Does::RetryOf(RetryOf {
            attempts: &["retries"],
            statuses: &["retryCondition"],
            methods: &["retryCondition"],
            untold: Untold::TAKES_IDEMPOTENT,
        }),
    ),
    Idiom::new(
        "retry-axios",
        &["retry-axios.attach", "rax.attach"],
        Does::Retry,
    ),
    Idiom::new(
        "p-retry",
        &[
            "p-retry.default",
            "pRetry",
            "p-retry",
            "async-retry.default",
            "async-retry",
            "fetch-retry.default",
            "fetch-retry",
            "fetchRetry",
            "fetchWithRetry.default",
            "exponential-backoff.backOff",
            "cockatiel.retry",
        ],
        Does::Retry,
    ),
    Idiom::new(
        "got",
        &["ky.create", "ky.extend", "got.extend"],
        Does::RetryOf(GOT),
    ),
    Idiom::new(
        "got",
        &[
            "ky.default",
            "ky.get",
            "ky.post",
            "ky.put",
            "ky.patch",
            "ky.delete",
            "ky.head",
            "ky.default.get",
            "ky.default.post",
            "ky.default.put",
            "ky.default.patch",
            "ky.default.delete",
            "ky.default.head",
            "got.default",
            "got.get",
            "got.post",
            "got.put",
            "got.patch",
            "got.delete",
            "got.head",
            "got.default.get",
            "got.default.post",
            "got.default.put",
            "got.default.patch",
            "got.default.delete",
            "got.default.head",
        ],
        Does::Sends(&["url", "#0"], GOT),
    ),
    Idiom::new(
        "Promise.all",
        &[
            "Promise.all",
            "Promise.allSettled",
            "Promise.any",
            "Promise.race",
        ],
        Does::Gather(&[]),
    ),
    Idiom::new(
        "p-map",
        &["p-map.default", "pMap", "p-map"],
        Does::EachAtOnce(Over::Argument(0), &["concurrency"]),
    ),
    Idiom::new(
        "Array",
        &[
            "~map", "~forEach", "~flatMap", "~reduce", "~filter", "~some", "~every", "~find",
        ],
        Does::Each(Over::Receiver),
    ),
    Idiom::new(
        "async",
        &[
            "async.eachSeries",
            "async.mapSeries",
            "async.forEachOfSeries",
        ],
        Does::Each(Over::Argument(0)),
    ),
    Idiom::new(
        "async",
        &["async.each", "async.map", "async.forEach", "async.parallel"],
        Does::EachAtOnce(Over::Argument(0), &[]),
    ),
    Idiom::new(
        "async",
        &["async.eachLimit", "async.mapLimit"],
        Does::EachAtOnce(Over::Argument(0), &["#1"]),
    ),
    Idiom::new("Math", &["Math.random"], Does::Chance(&["=0"], &["=1"])),
    Idiom::new("URL", &["URL"], Does::Join(&["#1", "=0"], &["#0"])),
    Idiom::new("Request", &["Request"], Does::Address(&["#0"])),
    Idiom::new(
        "fetch",
        &[
            "fetch",
            "node-fetch.default",
            "node-fetch",
            "cross-fetch.default",
            "undici.fetch",
            "undici.request",
            "window.fetch",
            "globalThis.fetch",
        ],
        Does::Request(&["#0"]),
    ),
    Idiom::new(
        "axios",
        &[
            "axios.get",
            "axios.post",
            "axios.put",
            "axios.patch",
            "axios.delete",
            "axios.head",
            "axios.default.get",
            "axios.default.post",
            "axios.default.put",
            "axios.default.patch",
            "axios.default.delete",
        ],
        Does::Request(&["#0"]),
    ),
    Idiom::new(
        "axios",
        &[
            "axios",
            "axios.request",
            "axios.default",
            "axios.default.request",
            "request-promise",
            "request",
            "postman-request",
            "superagent.get",
            "needle",
        ],
        Does::Request(&["url", "uri", "#0"]),
    ),
];
