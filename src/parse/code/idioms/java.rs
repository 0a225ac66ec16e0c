//! Libraries of Java.

use crate::parse::code::idiom::{Does, Idiom, Over, RateOf};

/// The idioms.
pub const IDIOMS: &[Idiom] = &[
    Idiom::new(
        "Thread.sleep",
        &["Thread.sleep"],
        Does::Sleep(&["#0"], 0.001),
    ),
    Idiom::new(
        "TimeUnit.sleep",
        &["TimeUnit.MILLISECONDS.sleep", "MILLISECONDS.sleep"],
        Does::Sleep(&["#0"], 0.001),
    ),
    Idiom::new(
        "TimeUnit.sleep",
        &["TimeUnit.SECONDS.sleep", "SECONDS.sleep"],
        Does::Sleep(&["#0"], 1.0),
    ),
    Idiom::new(
        "TimeUnit.sleep",
        &["TimeUnit.MINUTES.sleep", "MINUTES.sleep"],
        Does::Sleep(&["#0"], 60.0),
    ),
    Idiom::new(
        "Duration",
        &["Duration.ofMillis"],
        Does::Duration(&["#0"], 0.001),
    ),
    Idiom::new(
        "Duration",
        &["Duration.ofSeconds"],
        Does::Duration(&["#0"], 1.0),
    ),
    Idiom::new(
        "Duration",
        &["Duration.ofMinutes"],
        Does::Duration(&["#0"], 60.0),
    ),
    Idiom::new(
        "Duration",
        &["Duration.ofHours"],
        Does::Duration(&["#0"], 3600.0),
    ),
    Idiom::new(
        "TimeUnit",
        &["TimeUnit.SECONDS.toMillis", "TimeUnit.MINUTES.toMillis"],
        Does::Same(&[]),
    ),
    Idiom::new(
        "Guava RateLimiter",
        &["RateLimiter.create"],
        Does::Limits(&[RateOf::new(&["#0"], &["=1"], 1.0)]),
    ),
    Idiom::new(
        "Resilience4j",
        &["~limitForPeriod"],
        Does::Limits(&[RateOf::new(&["#0"], &[".limitRefreshPeriod"], 1e-9)]),
    ),
    Idiom::new(
        "Bucket4j",
        &[
            "Bandwidth.simple",
            "Refill.greedy",
            "Refill.intervally",
            "~refillGreedy",
            "~refillIntervally",
        ],
        Does::Limits(&[RateOf::new(&["#0"], &["#1"], 1.0)]),
    ),
    Idiom::new(
        "Resilience4j",
        &["annotation.RateLimiter"],
        Does::Limits(&[]),
    ),
    Idiom::new(
        "Resilience4j",
        &[
            "annotation.Retry",
            "annotation.Retryable",
            "Retry.of",
            "RetryConfig.custom",
            "Retry.ofDefaults",
            "Retry.decorateSupplier",
            "RetryPolicy.builder",
            "Failsafe.with",
            "RetryTemplate",
            "RetryTemplate.builder",
            "Retry.backoff",
            "~retryWhen",
        ],
        Does::Retry,
    ),
    Idiom::new("Semaphore", &["Semaphore"], Does::Width(&["#0"])),
    Idiom::new(
        "ExecutorService",
        &["Executors.newFixedThreadPool"],
        Does::Width(&["#0"]),
    ),
    Idiom::new(
        "parallelStream",
        &[
            "parallelStream().forEach",
            "parallelStream().map",
            "parallel().forEach",
            "parallel().map",
        ],
        Does::EachAtOnce(Over::Receiver, &[]),
    ),
    Idiom::new(
        "Stream",
        &["~forEach", "~map", "~flatMap", "~forEachOrdered", "~peek"],
        Does::Each(Over::Receiver),
    ),
    Idiom::new(
        "CompletableFuture",
        &[
            "CompletableFuture.supplyAsync",
            "CompletableFuture.runAsync",
            "executor.submit",
            "executor.execute",
            "pool.submit",
            "executorService.submit",
            "Thread",
            "~startVirtualThread",
        ],
        Does::Spawn,
    ),
    Idiom::new(
        "CompletableFuture",
        &["CompletableFuture.allOf"],
        Does::Gather(&[]),
    ),
    Idiom::new(
        "ScheduledExecutorService",
        &[
            "~scheduleAtFixedRate.MILLISECONDS",
            "~scheduleWithFixedDelay.MILLISECONDS",
        ],
        Does::Timer(&["#2"], 0.001),
    ),
    Idiom::new(
        "ScheduledExecutorService",
        &[
            "~scheduleAtFixedRate.SECONDS",
            "~scheduleWithFixedDelay.SECONDS",
        ],
        Does::Timer(&["#2"], 1.0),
    ),
    Idiom::new(
        "ScheduledExecutorService",
        &[
            "~scheduleAtFixedRate.MINUTES",
            "~scheduleWithFixedDelay.MINUTES",
        ],
        Does::Timer(&["#2"], 60.0),
    ),
    Idiom::new(
        "URI",
        &[
            "URI.create",
            "URI",
            "URL",
            "HttpGet",
            "HttpPost",
            "HttpPatch",
            "HttpDelete",
            "HttpPut",
        ],
        Does::Address(&["#0"]),
    ),
    Idiom::new(
        "HttpRequest",
        &["~build", "~toUriString", "~toUri"],
        Does::Address(&[
            ".uri",
            ".url",
            ".newBuilder",
            ".fromHttpUrl",
            ".fromUriString",
        ]),
    ),
    Idiom::new(
        "HttpURLConnection",
        &["~openConnection"],
        Does::Request(&["@"]),
    ),
    Idiom::new(
        "WebClient",
        &["~retrieve", "~exchangeToMono"],
        Does::Request(&[".uri"]),
    ),
];
