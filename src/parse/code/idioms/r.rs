//! Libraries of R.

use crate::parse::code::idiom::{Does, Idiom, Over};

/// The idioms.
pub const IDIOMS: &[Idiom] = &[
    Idiom::new(
        "Sys.sleep",
        &["Sys.sleep"],
        Does::Sleep(&["#0", "time"], 1.0),
    ),
    Idiom::new(
        "paste",
        &["paste0", "paste", "str_c", "glue.glue_collapse"],
        Does::Concat,
    ),
    // What is put into a template leaves its address.
    Idiom::new("texts", &["gsub", "sub"], Does::Same(&["#2", "x"])),
    Idiom::new(
        "stringr",
        &[
            "str_replace",
            "str_replace_all",
            "stri_replace_all_fixed",
            "URLencode",
            "utils.URLencode",
        ],
        Does::Same(&["#0", "string", "str"]),
    ),
    Idiom::new(
        "apply",
        &[
            "lapply", "sapply", "vapply", "apply", "tapply", "Map", "mapply",
        ],
        Does::Each(Over::Argument(0)),
    ),
    Idiom::new(
        "purrr",
        &[
            "map", "map_chr", "map_dbl", "map_int", "map_lgl", "map_df", "map_dfr", "map_dfc",
            "map2", "map2_dfr", "pmap", "pmap_dfr", "imap", "walk", "walk2", "rowwise",
        ],
        Does::Each(Over::Argument(0)),
    ),
    Idiom::new(
        "parallel",
        &["mclapply", "future_lapply", "future_sapply"],
        Does::EachAtOnce(Over::Argument(0), &["mc.cores"]),
    ),
    Idiom::new(
        "parallel",
        &["parLapply", "parSapply", "clusterApply", "clusterMap"],
        Does::EachAtOnce(Over::Argument(1), &[]),
    ),
    Idiom::new(
        "furrr",
        &[
            "future_map",
            "future_map_dfr",
            "future_map_chr",
            "future_walk",
        ],
        Does::EachAtOnce(Over::Argument(0), &[]),
    ),
    Idiom::new(
        "httr",
        &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"],
        Does::Request(&["url", "#0"]),
    ),
    Idiom::new(
        "jsonlite",
        &["fromJSON", "jsonlite.fromJSON", "read_json", "stream_in"],
        Does::Request(&["#0", "txt"]),
    ),
    Idiom::new(
        "base",
        &[
            "readLines",
            "download.file",
            "read_html",
            "read_xml",
            "xmlParse",
            "htmlParse",
        ],
        Does::Request(&["#0", "con", "url"]),
    ),
    Idiom::new(
        "curl",
        &[
            "getURL",
            "curl_fetch_memory",
            "curl.curl",
            "curl_download",
            "postForm",
            "getForm",
        ],
        Does::Request(&["#0", "url", "uri"]),
    ),
    Idiom::new(
        "httr2",
        &["httr2.request", "request"],
        Does::Address(&["#0"]),
    ),
    Idiom::new(
        "httr2",
        &[
            "req_url_query",
            "req_url_path",
            "req_url_path_append",
            "req_headers",
            "req_user_agent",
            "req_method",
            "req_body_json",
            "req_timeout",
            "req_error",
            "req_auth_bearer_token",
            "modify_url",
            "req_cache",
            "req_verbose",
        ],
        Does::Same(&["#0"]),
    ),
    Idiom::new("httr2", &["req_perform"], Does::Request(&["#0"])),
    Idiom::new("httr2", &["req_retry", "req_throttle"], Does::Retry),
    Idiom::new("httr", &["RETRY", "httr.RETRY"], Does::Retry),
    Idiom::new(
        "purrr",
        &[
            "slowly",
            "insistently",
            "ratelimitr.limit_rate",
            "limit_rate",
        ],
        Does::Retry,
    ),
];
