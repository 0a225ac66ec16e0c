//! Libraries of Go.

use crate::parse::code::idiom::{Does, Idiom, RateOf, RetryOf, Untold};

/// The idioms.
pub const IDIOMS: &[Idiom] = &[
    // A person decides when the next round comes.
    Idiom::new("input", &["fmt.Scanln", "fmt.Scanf"], Does::Person),
    Idiom::new("time.Sleep", &["time.Sleep"], Does::Sleep(&["#0"], 1e-9)),
    Idiom::new("", &["time.Nanosecond"], Does::Duration(&[], 1e-9)),
    Idiom::new("", &["time.Microsecond"], Does::Duration(&[], 1e-6)),
    Idiom::new("", &["time.Millisecond"], Does::Duration(&[], 0.001)),
    Idiom::new("", &["time.Second"], Does::Duration(&[], 1.0)),
    Idiom::new("", &["time.Minute"], Does::Duration(&[], 60.0)),
    Idiom::new("", &["time.Hour"], Does::Duration(&[], 3600.0)),
    Idiom::new(
        "time.Tick",
        &["time.Tick", "time.NewTicker", "time.After", "time.NewTimer"],
        Does::Clock(&["#0"], 1e-9),
    ),
    Idiom::new("time.Tick", &["<-"], Does::Tick(&["#0"])),
    Idiom::new(
        "x/time/rate",
        &["rate.NewLimiter"],
        Does::Limits(&[RateOf::new(&["#0"], &["=1"], 1.0)]),
    ),
    Idiom::new(
        "x/time/rate",
        &["rate.Every"],
        Does::Limits(&[RateOf::new(&["=1"], &["#0"], 1e-9)]),
    ),
    Idiom::new(
        "go.uber.org/ratelimit",
        &["ratelimit.New"],
        Does::Limits(&[RateOf::new(&["#0"], &["#1", "=1"], 1.0)]),
    ),
    Idiom::new(
        "go.uber.org/ratelimit",
        &["ratelimit.Per"],
        Does::Duration(&["#0"], 1e-9),
    ),
    Idiom::new(
        "go-retryablehttp",
        &["retryablehttp.NewClient"],
        // It tries 429 again by itself, after the seconds that the answer gives.
        Does::RetryOf(RetryOf {
            attempts: &[],
            statuses: &[],
            methods: &[],
            untold: Untold::WAITS,
        }),
    ),
    Idiom::new(
        "resty",
        &["~SetRetryCount"],
        // Versions differ in what they try again by themselves.
        Does::RetryOf(RetryOf {
            attempts: &["#0"],
            statuses: &[".AddRetryCondition", ".AddRetryConditions"],
            methods: &[],
            untold: Untold::TAKES,
        }),
    ),
    Idiom::new(
        "resty",
        &[
            "~AddRetryCondition",
            "~AddRetryConditions",
            "~AddRetryAfterErrorCondition",
        ],
        Does::Retry,
    ),
    Idiom::new(
        "backoff",
        &[
            "backoff.Retry",
            "backoff.RetryNotify",
            "retry.Do",
            "retry.DoWithData",
            "rehttp.NewTransport",
            "pester.New",
        ],
        Does::Retry,
    ),
    Idiom::new(
        "flag",
        &[
            "flag.Int",
            "flag.Int64",
            "flag.Uint",
            "flag.Float64",
            "flag.Duration",
            "flag.String",
        ],
        Does::Default(&["#1"]),
    ),
    Idiom::new(
        "errgroup",
        &[
            "g.SetLimit",
            "eg.SetLimit",
            "grp.SetLimit",
            "group.SetLimit",
            "errGroup.SetLimit",
            "errs.SetLimit",
        ],
        Does::Width(&["#0"]),
    ),
    Idiom::new(
        "semaphore",
        &["semaphore.NewWeighted"],
        Does::Width(&["#0"]),
    ),
    Idiom::new("buffered channel", &["make.chan"], Does::Width(&["#1"])),
    Idiom::new(
        "errgroup",
        &[
            "g.Go",
            "eg.Go",
            "grp.Go",
            "group.Go",
            "errGroup.Go",
            "errs.Go",
            "wg.Go",
            "pool.Submit",
            "pool.Go",
        ],
        Does::Spawn,
    ),
    Idiom::new(
        "net/http",
        &["http.NewRequestWithContext"],
        Does::Address(&["#2"]),
    ),
    Idiom::new("net/http", &["http.NewRequest"], Does::Address(&["#1"])),
    Idiom::new(
        "net/url",
        &["url.Parse", "url.ParseRequestURI"],
        Does::Address(&["#0"]),
    ),
    Idiom::new("net/url", &["url.JoinPath"], Does::Join(&["#0"], &["#1"])),
    Idiom::new(
        "strings",
        &[
            "strings.TrimRight",
            "strings.TrimSuffix",
            "strings.TrimSpace",
            "strings.ToLower",
        ],
        Does::Same(&["#0"]),
    ),
];
