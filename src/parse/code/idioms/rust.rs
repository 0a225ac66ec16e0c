//! Libraries of Rust.

use crate::parse::code::idiom::{Does, Idiom, Over, RateOf};

/// The idioms.
pub const IDIOMS: &[Idiom] = &[
    Idiom::new(
        "sleep",
        &[
            "tokio.time.sleep",
            "time.sleep",
            "thread.sleep",
            "task.sleep",
            "tokio.time.sleep_until",
        ],
        Does::Sleep(&["#0"], 1.0),
    ),
    Idiom::new(
        "Duration",
        &[
            "Duration.from_secs",
            "Duration.from_secs_f64",
            "Duration.from_secs_f32",
        ],
        Does::Duration(&["#0"], 1.0),
    ),
    Idiom::new(
        "Duration",
        &["Duration.from_millis"],
        Does::Duration(&["#0"], 0.001),
    ),
    Idiom::new(
        "Duration",
        &["Duration.from_micros"],
        Does::Duration(&["#0"], 1e-6),
    ),
    Idiom::new(
        "Duration",
        &["Duration.from_mins"],
        Does::Duration(&["#0"], 60.0),
    ),
    Idiom::new(
        "tokio interval",
        &["time.interval", "tokio.time.interval", "time.interval_at"],
        Does::Clock(&["#1", "#0"], 1.0),
    ),
    Idiom::new("tokio interval", &["~tick"], Does::Tick(&["@"])),
    Idiom::new(
        "governor",
        &["Quota.per_second"],
        Does::Limits(&[RateOf::new(&["#0"], &["=1"], 1.0)]),
    ),
    Idiom::new(
        "governor",
        &["Quota.per_minute"],
        Does::Limits(&[RateOf::new(&["#0"], &["=60"], 1.0)]),
    ),
    Idiom::new(
        "governor",
        &["Quota.per_hour"],
        Does::Limits(&[RateOf::new(&["#0"], &["=3600"], 1.0)]),
    ),
    Idiom::new(
        "governor",
        &["Quota.with_period"],
        Does::Limits(&[RateOf::new(&["=1"], &["#0"], 1.0)]),
    ),
    Idiom::new(
        "tower",
        &[
            "RateLimitLayer.new",
            "~rate_limit",
            "tower.limit.rate.Rate.new",
        ],
        Does::Limits(&[RateOf::new(&["#0"], &["#1"], 1.0)]),
    ),
    Idiom::new(
        "leaky-bucket",
        &["~refill"],
        Does::Limits(&[RateOf::new(&["#0"], &[".interval"], 1.0)]),
    ),
    Idiom::new(
        "reqwest-retry",
        &[
            "RetryTransientMiddleware.new_with_policy",
            "ExponentialBackoff.builder",
            "ExponentialBackoffBuilder.new",
            "backoff.retry",
            "backoff.future.retry",
            "Retry.spawn",
            "RetryIf.spawn",
            "~retry",
        ],
        Does::Retry,
    ),
    Idiom::new("Semaphore", &["Semaphore.new"], Does::Width(&["#0"])),
    Idiom::new(
        "futures",
        &["~buffer_unordered", "~buffered", "~try_buffer_unordered"],
        Does::Gather(&["#0"]),
    ),
    Idiom::new(
        "futures",
        &["~for_each_concurrent", "~try_for_each_concurrent"],
        Does::EachAtOnce(Over::Receiver, &["#0"]),
    ),
    Idiom::new(
        "rayon",
        &[
            "par_iter().map",
            "par_iter().for_each",
            "par_iter().flat_map",
            "par_iter().filter_map",
            "into_par_iter().map",
            "into_par_iter().for_each",
            "into_par_iter().filter_map",
        ],
        Does::EachAtOnce(Over::Receiver, &[]),
    ),
    Idiom::new(
        "futures",
        &[
            "join_all",
            "try_join_all",
            "future.join_all",
            "future.try_join_all",
        ],
        Does::Gather(&[]),
    ),
    Idiom::new(
        "tokio::spawn",
        &[
            "tokio.spawn",
            "task.spawn",
            "thread.spawn",
            "~spawn",
            "spawn",
        ],
        Does::Spawn,
    ),
    Idiom::new(
        "Iterator",
        &[
            "~map",
            "~for_each",
            "~then",
            "~flat_map",
            "~filter_map",
            "~and_then",
        ],
        Does::Each(Over::Receiver),
    ),
    Idiom::new(
        "Url",
        &["Url.parse", "Uri.from_str"],
        Does::Address(&["#0"]),
    ),
    Idiom::new(
        "Request",
        &["Request.get", "Request.post", "Request.builder"],
        Does::Address(&["#0", ".uri"]),
    ),
    Idiom::new(
        "reqwest",
        &[
            "reqwest.get",
            "ureq.get",
            "ureq.post",
            "ureq.put",
            "ureq.patch",
            "ureq.delete",
            "reqwest.blocking.get",
        ],
        Does::Request(&["#0"]),
    ),
    Idiom::new(
        "NonZero",
        &[
            "NonZeroU32.new",
            "NonZero.new",
            "Some",
            "Ok",
            "Arc.new",
            "Box.new",
            "String.from",
        ],
        Does::Same(&["#0"]),
    ),
];
