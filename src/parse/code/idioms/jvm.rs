//! Libraries of every language of the JVM.

use crate::parse::code::idiom::{Does, Idiom, Over, RateOf};

/// The idioms.
pub const IDIOMS: &[Idiom] = &[
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
        "Guava Uninterruptibles",
        &["sleepUninterruptibly.MILLISECONDS"],
        Does::Sleep(&["#0"], 0.001),
    ),
    Idiom::new(
        "Guava Uninterruptibles",
        &["sleepUninterruptibly", "sleepUninterruptibly.SECONDS"],
        Does::Sleep(&["#0"], 1.0),
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
        "Duration",
        &["Duration.ofDays"],
        Does::Duration(&["#0"], 86_400.0),
    ),
    Idiom::new(
        "Duration",
        &["~toMillis", "~toSeconds", "~toNanos"],
        Does::Same(&["@"]),
    ),
    Idiom::new(
        "TimeUnit",
        &["TimeUnit.SECONDS.toMillis", "SECONDS.toMillis"],
        Does::Duration(&["#0"], 1.0),
    ),
    Idiom::new(
        "TimeUnit",
        &["TimeUnit.MINUTES.toMillis", "MINUTES.toMillis"],
        Does::Duration(&["#0"], 60.0),
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
            "Refill.smooth",
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
    Idiom::new("Semaphore", &["Semaphore"], Does::Width(&["#0", "permits"])),
    Idiom::new(
        "ExecutorService",
        &[
            "Executors.newFixedThreadPool",
            "Executors.newScheduledThreadPool",
            "Executors.newWorkStealingPool",
        ],
        Does::Width(&["#0"]),
    ),
    Idiom::new(
        "ExecutorService",
        &["Executors.newSingleThreadExecutor"],
        Does::Width(&["=1"]),
    ),
    Idiom::new(
        "CompletableFuture",
        &[
            "CompletableFuture.supplyAsync",
            "CompletableFuture.runAsync",
            "executor.submit",
            "executor.execute",
            "pool.submit",
            "pool.execute",
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
            "@",
        ]),
    ),
    Idiom::new(
        "HttpUrl",
        &["HttpUrl.parse", "HttpUrl.get"],
        Does::Address(&["#0"]),
    ),
    Idiom::new(
        "HttpUrl",
        &[
            "~toHttpUrl",
            "~toHttpUrlOrNull",
            "~addQueryParameter",
            "~addEncodedQueryParameter",
            "~queryParam",
            "~toURL",
            "~toURI",
        ],
        Does::Same(&["@"]),
    ),
    Idiom::new("HttpUrl", &["~newBuilder"], Does::Same(&["#0", "@"])),
    Idiom::new(
        "HttpUrl",
        &["~addPathSegment", "~addPathSegments"],
        Does::Join(&["@"], &["#0"]),
    ),
    Idiom::new(
        "HttpURLConnection",
        &["~openConnection", "~openStream"],
        Does::Request(&["@"]),
    ),
    Idiom::new(
        "WebClient",
        &["~retrieve", "~exchangeToMono", "~awaitExchange"],
        Does::Request(&[".uri"]),
    ),
];
