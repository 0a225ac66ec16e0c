//! Libraries of Lua.

use crate::parse::code::idiom::{Does, Idiom};

/// The idioms.
pub const IDIOMS: &[Idiom] = &[
    Idiom::new(
        "sleep",
        &[
            "socket.sleep",
            "ngx.sleep",
            "posix.sleep",
            "system.sleep",
            "sleep",
            "task.wait",
        ],
        Does::Sleep(&["#0"], 1.0),
    ),
    Idiom::new(
        "http",
        &[
            "http.request",
            "https.request",
            "socket.http.request",
            "ssl.https.request",
        ],
        Does::Request(&["#0", "url"]),
    ),
    Idiom::new(
        "http",
        &[
            "requests.get",
            "requests.post",
            "http.get",
            "http.post",
            "httpc.request_uri",
        ],
        Does::Request(&["#0"]),
    ),
];
