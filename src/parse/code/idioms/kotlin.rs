//! Libraries of Kotlin.

use std::sync::LazyLock;

use super::jvm;
use crate::parse::code::idiom::{Does, Idiom, Over, RateOf, RetryOf, Untold};

/// The idioms, those of the JVM included.
pub static ALL: LazyLock<Vec<Idiom>> = LazyLock::new(|| [IDIOMS, jvm::IDIOMS].concat());

const IDIOMS: &[Idiom] = &[
    // A person decides when the next round comes.
    Idiom::new("input", &["readln"], Does::Person),
    Idiom::new(
        "delay",
        &["delay"],
        Does::Sleep(&["#0", "timeMillis", "duration"], 0.001),
    ),
    Idiom::new(
        "kotlin.time",
        &["kotlin.time.nanoseconds"],
        Does::Duration(&["@"], 1e-9),
    ),
    Idiom::new(
        "kotlin.time",
        &["kotlin.time.microseconds"],
        Does::Duration(&["@"], 1e-6),
    ),
    Idiom::new(
        "kotlin.time",
        &["kotlin.time.milliseconds", "Duration.milliseconds"],
        Does::Duration(&["@", "#0"], 0.001),
    ),
    Idiom::new(
        "kotlin.time",
        &["kotlin.time.seconds", "Duration.seconds"],
        Does::Duration(&["@", "#0"], 1.0),
    ),
    Idiom::new(
        "kotlin.time",
        &["kotlin.time.minutes", "Duration.minutes"],
        Does::Duration(&["@", "#0"], 60.0),
    ),
    Idiom::new(
        "kotlin.time",
        &["kotlin.time.hours"],
        Does::Duration(&["@"], 3600.0),
    ),
    Idiom::new(
        "kotlin.time",
        &["kotlin.time.days"],
        Does::Duration(&["@"], 86_400.0),
    ),
    Idiom::new(
        "Resilience4j",
        &["RateLimiterConfig"],
        Does::Limits(&[RateOf::new(
            &["limitForPeriod"],
            &["limitRefreshPeriod"],
            1e-9,
        )]),
    ),
    Idiom::new("Resilience4j", &["RetryConfig"], Does::Retry),
    Idiom::new(
        "Ktor HttpRequestRetry",
        &["install.HttpRequestRetry"],
        // By itself, and by its word for servers' errors, it leaves 429 alone.
        Does::RetryOf(RetryOf {
            attempts: &[
                "maxRetries",
                "retryOnServerErrors",
                "retryOnExceptionOrServerErrors",
            ],
            statuses: &["retryIf"],
            methods: &[],
            untold: Untold::LEAVES_OUT,
        }),
    ),
    Idiom::new(
        "limitedParallelism",
        &["~limitedParallelism"],
        Does::Width(&["#0", "parallelism"]),
    ),
    Idiom::new(
        "newFixedThreadPoolContext",
        &["newFixedThreadPoolContext"],
        Does::Width(&["#0", "nThreads"]),
    ),
    Idiom::new("repeat", &["repeat"], Does::Each(Over::Argument(0))),
    Idiom::new(
        "Iterable",
        &[
            "~forEach",
            "~forEachIndexed",
            "~forEachLine",
            "~onEach",
            "~map",
            "~mapNotNull",
            "~mapIndexed",
            "~flatMap",
            "~associateWith",
            "~associate",
            "~filter",
            "~any",
            "~all",
            "~none",
            "~sumOf",
        ],
        Does::Each(Over::Receiver),
    ),
    // Its first argument is where it starts.
    Idiom::new(
        "generateSequence",
        &["generateSequence"],
        Does::Each(Over::Argument(usize::MAX)),
    ),
    Idiom::new(
        "Flow",
        &[
            "Flow.collect",
            "Flow.collectLatest",
            "Flow.launchIn",
            "Flow.toList",
            "Flow.toSet",
            "Flow.count",
            "Flow.last",
            "Flow.fold",
            "Flow.reduce",
        ],
        Does::Drain(Over::Receiver),
    ),
    Idiom::new(
        "Flow",
        &["Flow.flatMapMerge"],
        Does::EachAtOnce(Over::Receiver, &["concurrency", "#0", "=16"]),
    ),
    Idiom::new(
        "Flow",
        &[
            "Flow.step.onEach",
            "Flow.step.map",
            "Flow.step.mapNotNull",
            "Flow.step.mapLatest",
            "Flow.step.filter",
            "Flow.step.transform",
            "Flow.step.flatMapConcat",
            "Flow.step.flatMapLatest",
            "Flow.step.flatMapMerge",
            "Flow.step.take",
            "Flow.step.buffer",
            "Flow.step.flowOn",
        ],
        Does::Same(&["@"]),
    ),
    Idiom::new("coroutines", &["launch", "async", "thread"], Does::Spawn),
    Idiom::new("coroutines", &["~awaitAll", "~joinAll"], Does::Gather(&[])),
    Idiom::new(
        "Timer",
        &["fixedRateTimer", "timer"],
        Does::Timer(&["period"], 0.001),
    ),
    Idiom::new(
        "Timer",
        &["~scheduleAtFixedRate"],
        Does::Timer(&["period", "#1"], 0.001),
    ),
    Idiom::new(
        "ticker",
        &["ticker"],
        Does::Clock(&["#0", "delayMillis"], 0.001),
    ),
    Idiom::new(
        "Ktor",
        &["~prepareGet", "~preparePost", "~prepareRequest"],
        Does::Request(&["#0", "urlString", "url"]),
    ),
    Idiom::new(
        "Fuel",
        &[
            "~httpGet",
            "~httpPost",
            "~httpPut",
            "~httpPatch",
            "~httpDelete",
        ],
        Does::Request(&["@"]),
    ),
    Idiom::new(
        "URL",
        &[
            "URL().readText",
            "URL().readBytes",
            "toURL().readText",
            "toURL().readBytes",
        ],
        Does::Request(&["@"]),
    ),
    Idiom::new("Url", &["Url", "URLBuilder"], Does::Address(&["#0"])),
    Idiom::new(
        "kotlin.text",
        &[
            "~trimIndent",
            "~trimMargin",
            "~toJavaDuration",
            "~toKotlinDuration",
        ],
        Does::Same(&["@"]),
    ),
];
