//! Libraries of PHP.

use crate::parse::code::idiom::{Does, Idiom, Over, RateOf};

/// The idioms.
pub const IDIOMS: &[Idiom] = &[
    // A person decides when the next round comes.
    Idiom::new("input", &["readline"], Does::Person),
    Idiom::new("PHP", &["sleep"], Does::Sleep(&["#0"], 1.0)),
    Idiom::new("PHP", &["usleep"], Does::Sleep(&["#0"], 1e-6)),
    Idiom::new(
        "PHP",
        &["time_nanosleep"],
        Does::Sleeps(&[(&["#0"], 1.0), (&["#1"], 1e-9)]),
    ),
    Idiom::new("PHP", &["time_sleep_until"], Does::Sleep(&[], 1.0)),
    Idiom::new(
        "Laravel",
        &["Sleep.for().seconds", "Sleep.for().second"],
        Does::Sleep(&[".for"], 1.0),
    ),
    Idiom::new(
        "Laravel",
        &["Sleep.for().milliseconds"],
        Does::Sleep(&[".for"], 1e-3),
    ),
    Idiom::new(
        "Laravel",
        &["Sleep.for().minutes", "Sleep.for().minute"],
        Does::Sleep(&[".for"], 60.0),
    ),
    Idiom::new("amphp", &["Amp.delay"], Does::Sleep(&["#0"], 1.0)),
    Idiom::new(
        "Symfony RateLimiter",
        &["RateLimiter.RateLimiterFactory", "RateLimiterFactory"],
        Does::Limits(&[
            RateOf::new(&["limit"], &["interval"], 1.0),
            RateOf::new(&["rate/amount", "=1"], &["rate/interval"], 1.0),
        ]),
    ),
    Idiom::new(
        "Laravel",
        &["RateLimiter.attempt"],
        Does::Limits(&[RateOf::new(
            &["maxAttempts", "#1"],
            &["decaySeconds", "#3", "=60"],
            1.0,
        )]),
    ),
    Idiom::new(
        "Laravel",
        &["Redis.throttle"],
        Does::Limits(&[RateOf::new(&[".allow"], &[".every"], 1.0)]),
    ),
    Idiom::new("Laravel", &["Redis.funnel"], Does::Width(&[".limit"])),
    Idiom::new(
        "Laravel",
        &["Limit.perSecond"],
        Does::Limits(&[RateOf::new(&["#0"], &["=1"], 1.0)]),
    ),
    Idiom::new(
        "Laravel",
        &["Limit.perMinute"],
        Does::Limits(&[RateOf::new(&["#0"], &["=60"], 1.0)]),
    ),
    Idiom::new(
        "Laravel",
        &["Limit.perMinutes"],
        Does::Limits(&[RateOf::new(&["#1"], &["#0"], 60.0)]),
    ),
    Idiom::new(
        "Laravel",
        &["Limit.perHour"],
        Does::Limits(&[RateOf::new(&["#0"], &["=3600"], 1.0)]),
    ),
    Idiom::new(
        "Laravel",
        &["Limit.perDay"],
        Does::Limits(&[RateOf::new(&["#0"], &["=86400"], 1.0)]),
    ),
    Idiom::new(
        "guzzle-rate-limiter-middleware",
        &["RateLimiterMiddleware.perSecond"],
        Does::Limits(&[RateOf::new(&["#0"], &["=1"], 1.0)]),
    ),
    Idiom::new(
        "guzzle-rate-limiter-middleware",
        &["RateLimiterMiddleware.perMinute"],
        Does::Limits(&[RateOf::new(&["#0"], &["=60"], 1.0)]),
    ),
    Idiom::new(
        "token-bucket",
        &["tokenBucket.Rate"],
        Does::Limits(&[RateOf::new(&["#0"], &["#1"], 1.0)]),
    ),
    Idiom::new("", &["tokenBucket.Rate.SECOND"], Does::Duration(&[], 1.0)),
    Idiom::new("", &["tokenBucket.Rate.MINUTE"], Does::Duration(&[], 60.0)),
    Idiom::new("", &["tokenBucket.Rate.HOUR"], Does::Duration(&[], 3600.0)),
    Idiom::new(
        "rate-limit",
        &["RateLimit.Rate.perSecond"],
        Does::Limits(&[RateOf::new(&["#0"], &["=1"], 1.0)]),
    ),
    Idiom::new(
        "rate-limit",
        &["RateLimit.Rate.perMinute"],
        Does::Limits(&[RateOf::new(&["#0"], &["=60"], 1.0)]),
    ),
    Idiom::new(
        "rate-limit",
        &["RateLimit.Rate.perHour"],
        Does::Limits(&[RateOf::new(&["#0"], &["=3600"], 1.0)]),
    ),
    Idiom::new(
        "Stiphle",
        &["throttle.throttle"],
        Does::Limits(&[RateOf::new(&["#1"], &["#2"], 1e-3)]),
    ),
    Idiom::new("Guzzle", &["Middleware.retry"], Does::Retry),
    Idiom::new(
        "guzzle-retry-middleware",
        &[
            "GuzzleRetryMiddleware.factory",
            "GuzzleRetry.GuzzleRetryMiddleware",
        ],
        Does::Retry,
    ),
    Idiom::new(
        "Symfony HttpClient",
        &["HttpClient.RetryableHttpClient", "RetryableHttpClient"],
        Does::Retry,
    ),
    Idiom::new(
        "Laravel",
        &[
            "Http.retry",
            "withToken().retry",
            "withHeaders().retry",
            "baseUrl().retry",
            "acceptJson().retry",
            "asJson().retry",
            "timeout().retry",
            "withOptions().retry",
        ],
        Does::Retry,
    ),
    Idiom::new(
        "Laravel job middleware",
        &[
            "RateLimited",
            "RateLimitedWithRedis",
            "ThrottlesExceptions",
            "ThrottlesExceptionsWithRedis",
        ],
        Does::Retry,
    ),
    Idiom::new(
        "Guzzle promises",
        &[
            "Utils.all",
            "Utils.settle",
            "Utils.unwrap",
            "Utils.some",
            "Promise.all",
            "Promise.settle",
            "Promise.unwrap",
            "Amp.Future.await",
            "Amp.Future.awaitAll",
        ],
        Does::Gather(&[]),
    ),
    Idiom::new(
        "Guzzle promises",
        &["Each.ofLimit", "Each.ofLimitAll"],
        Does::Gather(&["#1"]),
    ),
    Idiom::new(
        "Guzzle promises",
        &["EachPromise", "GuzzleHttp.Promise.EachPromise"],
        Does::Gather(&["concurrency"]),
    ),
    Idiom::new(
        "Guzzle",
        &["GuzzleHttp.Pool", "Pool.batch"],
        Does::Gather(&["concurrency", "=25"]),
    ),
    Idiom::new("Laravel", &["Http.pool"], Does::Gather(&[])),
    Idiom::new(
        "coroutines",
        &[
            "Amp.async",
            "async",
            "Coroutine.create",
            "Coroutine.run",
            "Co.run",
            "go",
            "Async.Pool.add",
            "parallel.run",
        ],
        Does::Spawn,
    ),
    Idiom::new(
        "event loops",
        &["Loop.addPeriodicTimer", "EventLoop.repeat", "Timer.tick"],
        Does::Timer(&["#0"], 1.0),
    ),
    Idiom::new("array", &["array_map"], Does::Each(Over::Argument(1))),
    Idiom::new(
        "array",
        &["array_walk", "array_filter", "array_reduce"],
        Does::Each(Over::Argument(0)),
    ),
    Idiom::new(
        "collections",
        &[
            "~each",
            "~map",
            "~flatMap",
            "~mapWithKeys",
            "~transform",
            "~reduce",
            "~filter",
            "~eachSpread",
        ],
        Does::Each(Over::Receiver),
    ),
    Idiom::new(
        "collections",
        &["~chunk", "~chunkById", "~each_by_id", "~times"],
        Does::Each(Over::Itself),
    ),
    Idiom::new(
        "settings",
        &["env", "config", "Config.get", "Env.get", "get_option"],
        Does::Default(&["#1"]),
    ),
    Idiom::new(
        "texts",
        &[
            "rtrim",
            "ltrim",
            "trim",
            "strval",
            "intval",
            "floatval",
            "strtolower",
            "untrailingslashit",
            "trailingslashit",
        ],
        Does::Same(&["#0"]),
    ),
    Idiom::new("texts", &["str_replace"], Does::Same(&["#2"])),
    Idiom::new("texts", &["implode", "join"], Does::JoinAll),
    Idiom::new(
        "curl",
        &["curl_init", "GuzzleHttp.Psr7.Uri", "Uri"],
        Does::Address(&["#0"]),
    ),
    Idiom::new("curl", &["curl_exec"], Does::Request(&["#0"])),
    Idiom::new("curl", &["curl_multi_add_handle"], Does::Request(&["#1"])),
    Idiom::new(
        "PHP",
        &["file_get_contents", "fopen", "get_headers"],
        Does::Request(&["#0"]),
    ),
    Idiom::new(
        "WordPress",
        &[
            "wp_remote_get",
            "wp_remote_post",
            "wp_remote_request",
            "wp_safe_remote_get",
            "wp_safe_remote_post",
        ],
        Does::Request(&["#0"]),
    ),
    Idiom::new(
        "Guzzle",
        &["Psr7.Request", "GuzzleHttp.Psr7.Request"],
        Does::Address(&["#1"]),
    ),
    Idiom::new("Guzzle", &["yield Request"], Does::Request(&["#1"])),
    Idiom::new(
        "Laravel",
        &[
            "Http.get",
            "Http.post",
            "Http.put",
            "Http.patch",
            "Http.delete",
        ],
        Does::Request(&["#0"]),
    ),
];
