//! Libraries of Dart.

use crate::parse::code::idiom::{Does, Idiom, Over, RetryOf, Untold};

/// The idioms.
pub const IDIOMS: &[Idiom] = &[
    Idiom::new(
        "Future",
        &["Future.delayed", "sleep", "io.sleep"],
        Does::Sleep(&["#0"], 1.0),
    ),
    Idiom::new(
        "Duration",
        &["Duration.milliseconds"],
        Does::Duration(&["milliseconds"], 0.001),
    ),
    Idiom::new(
        "Duration",
        &["Duration.seconds"],
        Does::Duration(&["seconds"], 1.0),
    ),
    Idiom::new(
        "Duration",
        &["Duration.minutes"],
        Does::Duration(&["minutes"], 60.0),
    ),
    Idiom::new(
        "Duration",
        &["Duration.hours"],
        Does::Duration(&["hours"], 3600.0),
    ),
    Idiom::new(
        "Timer",
        &["Timer.periodic", "Stream.periodic"],
        Does::Timer(&["#0"], 1.0),
    ),
    Idiom::new("Future", &["Future.wait"], Does::Gather(&[])),
    Idiom::new("Future", &["Future.forEach"], Does::Each(Over::Argument(0))),
    Idiom::new(
        "Iterable",
        &["~map", "~forEach", "~expand", "~where", "~any", "~every"],
        Does::Each(Over::Receiver),
    ),
    Idiom::new("pool", &["Pool"], Does::Width(&["#0"])),
    Idiom::new("retry", &["retry", "RetryOptions().retry"], Does::Retry),
    Idiom::new(
        "http",
        &["RetryClient"],
        // It tries 503 again by itself, and nothing else.
        Does::RetryOf(RetryOf {
            attempts: &["retries", "=3"],
            statuses: &["when"],
            methods: &[],
            untold: Untold::LEAVES_OUT,
        }),
    ),
    Idiom::new(
        "Uri",
        &["Uri.parse", "Uri.tryParse"],
        Does::Address(&["#0"]),
    ),
    Idiom::new(
        "Uri",
        &["Uri.https", "Uri.http"],
        Does::Site(&["#0"], &["#1"]),
    ),
    Idiom::new("Uri", &["Uri"], Does::Site(&["host"], &["path"])),
    // Texts have no method of this name.
    Idiom::new("Uri", &["~replace"], Does::Join(&["@"], &["path"])),
    Idiom::new(
        "http",
        &[
            "http.get",
            "http.post",
            "http.put",
            "http.patch",
            "http.delete",
            "http.head",
            "http.read",
        ],
        Does::Request(&["#0"]),
    ),
    Idiom::new(
        "dio",
        &[
            "Dio().get",
            "Dio().post",
            "dio.get",
            "dio.post",
            "dio.put",
            "dio.patch",
            "dio.delete",
        ],
        Does::Request(&["#0"]),
    ),
];
