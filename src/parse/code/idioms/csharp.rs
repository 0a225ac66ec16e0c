//! Libraries of C#.

use crate::parse::code::idiom::{Does, Idiom, Over, RateOf, RetryOf, Untold};

/// The idioms.
pub const IDIOMS: &[Idiom] = &[
    // A person decides when the next round comes.
    Idiom::new(
        "input",
        &[
            "Console.ReadLine",
            "Console.ReadKey",
            "System.Console.ReadLine",
        ],
        Does::Person,
    ),
    Idiom::new(
        "Task.Delay",
        &["Task.Delay", "Thread.Sleep"],
        Does::Sleep(&["#0", "millisecondsDelay", "delay"], 0.001),
    ),
    Idiom::new(
        "TimeSpan",
        &["TimeSpan.FromMilliseconds"],
        Does::Duration(&["#0"], 0.001),
    ),
    Idiom::new(
        "TimeSpan",
        &["TimeSpan.FromSeconds"],
        Does::Duration(&["#0"], 1.0),
    ),
    Idiom::new(
        "TimeSpan",
        &["TimeSpan.FromMinutes"],
        Does::Duration(&["#0"], 60.0),
    ),
    Idiom::new(
        "TimeSpan",
        &["TimeSpan.FromHours"],
        Does::Duration(&["#0"], 3600.0),
    ),
    Idiom::new(
        "PeriodicTimer",
        &["PeriodicTimer"],
        Does::Clock(&["#0", "period"], 1.0),
    ),
    Idiom::new(
        "PeriodicTimer",
        &["~WaitForNextTickAsync"],
        Does::Tick(&["@"]),
    ),
    Idiom::new(
        "System.Threading.RateLimiting",
        &["FixedWindowRateLimiter", "SlidingWindowRateLimiter"],
        Does::Limits(&[RateOf::new(&["PermitLimit"], &["Window"], 1.0)]),
    ),
    Idiom::new(
        "System.Threading.RateLimiting",
        &["TokenBucketRateLimiter"],
        Does::Limits(&[RateOf::new(
            &["TokensPerPeriod"],
            &["ReplenishmentPeriod"],
            1.0,
        )]),
    ),
    Idiom::new(
        "System.Threading.RateLimiting",
        &["ConcurrencyLimiter"],
        Does::Width(&["PermitLimit"]),
    ),
    Idiom::new(
        "Polly RateLimit",
        &["Policy.RateLimit", "Policy.RateLimitAsync"],
        Does::Limits(&[RateOf::new(
            &["#0", "numberOfExecutions"],
            &["#1", "perTimeSpan"],
            1.0,
        )]),
    ),
    Idiom::new(
        "RateLimiter",
        &[
            "TimeLimiter.GetFromMaxCountByInterval",
            "CountByIntervalAwaitableConstraint",
        ],
        Does::Limits(&[RateOf::new(&["#0"], &["#1"], 1.0)]),
    ),
    Idiom::new(
        "SemaphoreSlim",
        &["SemaphoreSlim"],
        Does::Width(&["#0", "initialCount"]),
    ),
    Idiom::new(
        "Parallel",
        &["Parallel.ForEachAsync", "Parallel.ForEach"],
        Does::EachAtOnce(Over::Argument(0), &["MaxDegreeOfParallelism"]),
    ),
    Idiom::new(
        "Enumerable",
        &["~ForEach", "~Select", "~SelectMany", "~ForEachAsync"],
        Does::Each(Over::Receiver),
    ),
    Idiom::new(
        "Task.WhenAll",
        &["Task.WhenAll", "Task.WaitAll", "Task.WhenAny"],
        Does::Gather(&[]),
    ),
    Idiom::new(
        "Task.Run",
        &["Task.Run", "Task.Factory.StartNew"],
        Does::Spawn,
    ),
    Idiom::new(
        "Timer",
        &["Timer", "System.Threading.Timer"],
        Does::Timer(&["#3", "period"], 0.001),
    ),
    Idiom::new(
        "Polly retry",
        &[
            "~WaitAndRetryAsync",
            "~WaitAndRetry",
            "~WaitAndRetryForeverAsync",
        ],
        Does::Retry,
    ),
    Idiom::new(
        "Polly retry",
        &[
            "HandleTransientHttpError().WaitAndRetryAsync",
            "HandleTransientHttpError().WaitAndRetry",
            "AddTransientHttpErrorPolicy().WaitAndRetryAsync",
            "AddTransientHttpErrorPolicy().WaitAndRetry",
        ],
        // What it calls transient is 408 and the errors of servers.
        Does::RetryOf(RetryOf {
            attempts: &["#0", "retryCount"],
            statuses: &[],
            methods: &[],
            untold: Untold::LEAVES_OUT,
        }),
    ),
    Idiom::new(
        "Polly retry",
        &["~AddPolicyHandler"],
        Does::RetryOf(RetryOf {
            attempts: &[],
            statuses: &["#0"],
            methods: &[],
            untold: Untold::TAKES,
        }),
    ),
    Idiom::new(
        "Polly retry",
        &["~AddRetry"],
        // Without a condition it goes by what is thrown.
        Does::RetryOf(RetryOf {
            attempts: &["MaxRetryAttempts"],
            statuses: &["ShouldHandle"],
            methods: &[],
            untold: Untold::TAKES,
        }),
    ),
    Idiom::new(
        "Microsoft.Extensions.Http.Resilience",
        &["~AddResilienceHandler"],
        Does::Retry,
    ),
    Idiom::new(
        "Microsoft.Extensions.Http.Resilience",
        &[
            "~AddStandardResilienceHandler",
            "~AddStandardHedgingHandler",
        ],
        Does::RetryOf(RetryOf {
            attempts: &["MaxRetryAttempts"],
            statuses: &[],
            methods: &[],
            untold: Untold::WAITS,
        }),
    ),
    Idiom::new(
        "Polly bulkhead",
        &["Policy.Bulkhead", "Policy.BulkheadAsync"],
        Does::Width(&["#0", "maxParallelization"]),
    ),
    Idiom::new(
        "Polly concurrency limiter",
        &["~AddConcurrencyLimiter"],
        Does::Width(&["#0", "permitLimit", "PermitLimit"]),
    ),
    Idiom::new("Uri", &["Uri"], Does::Join(&["#0"], &["#1"])),
    Idiom::new(
        "HttpRequestMessage",
        &["HttpRequestMessage"],
        Does::Address(&["#1", "RequestUri"]),
    ),
    Idiom::new(
        "RestSharp",
        &["RestRequest"],
        Does::Address(&["#0", "Resource", "resource"]),
    ),
    Idiom::new(
        "Flurl",
        &["~GetJsonAsync", "~PostJsonAsync", "~PatchJsonAsync"],
        Does::Request(&["@", "#0"]),
    ),
    Idiom::new("UriBuilder", &["UriBuilder"], Does::Address(&["#0"])),
];
