//! Libraries of Python.

use crate::parse::code::idiom::{Does, Idiom, Over, RateOf, RetryOf, Untold};

/// The idioms.
pub const IDIOMS: &[Idiom] = &[
    // A person decides when the next round comes.
    Idiom::new(
        "input",
        &[
            "input",
            "raw_input",
            "getpass.getpass",
            "click.prompt",
            "click.confirm",
            "click.pause",
            "typer.prompt",
            "typer.confirm",
        ],
        Does::Person,
    ),
    Idiom::new(
        "time.sleep",
        &[
            "time.sleep",
            "asyncio.sleep",
            "gevent.sleep",
            "anyio.sleep",
            "trio.sleep",
        ],
        Does::Sleep(&["#0", "seconds", "secs", "delay"], 1.0),
    ),
    Idiom::new(
        "datetime",
        &["datetime.timedelta", "timedelta"],
        Does::Duration(&["seconds"], 1.0),
    ),
    Idiom::new(
        "typer",
        &["typer.Option", "typer.Argument", "click.Option"],
        Does::Default(&["default", "#0"]),
    ),
    Idiom::new(
        "dataclasses",
        &[
            "dataclasses.field",
            "pydantic.Field",
            "attr.ib",
            "attrs.field",
        ],
        Does::Default(&["default", "#0"]),
    ),
    Idiom::new("datetime", &["~total_seconds"], Does::Same(&["@"])),
    Idiom::new(
        "ratelimit",
        &["ratelimit.limits", "ratelimit.rate_limited"],
        Does::Limits(&[RateOf::new(
            &["calls", "#0", "=15"],
            &["period", "#1", "=900"],
            1.0,
        )]),
    ),
    Idiom::new(
        "ratelimiter",
        &["ratelimiter.RateLimiter"],
        Does::Limits(&[RateOf::new(
            &["max_calls", "#0"],
            &["period", "#1", "=1"],
            1.0,
        )]),
    ),
    Idiom::new(
        "aiolimiter",
        &["aiolimiter.AsyncLimiter"],
        Does::Limits(&[RateOf::new(
            &["max_rate", "#0"],
            &["time_period", "#1", "=60"],
            1.0,
        )]),
    ),
    Idiom::new(
        "asyncio-throttle",
        &[
            "asyncio_throttle.Throttler",
            "throttler.Throttler",
            "throttler.throttle",
        ],
        Does::Limits(&[RateOf::new(
            &["rate_limit", "#0"],
            &["period", "#1", "=1"],
            1.0,
        )]),
    ),
    Idiom::new(
        "pyrate-limiter",
        &["pyrate_limiter.Rate"],
        // Milliseconds, and so are its named durations.
        Does::Limits(&[RateOf::new(&["limit", "#0"], &["interval", "#1"], 0.001)]),
    ),
    Idiom::new(
        "pyrate-limiter",
        &["pyrate_limiter.RequestRate"],
        Does::Limits(&[RateOf::new(&["limit", "#0"], &["interval", "#1"], 1.0)]),
    ),
    Idiom::new(
        "",
        &["pyrate_limiter.Duration.SECOND"],
        Does::Duration(&[], 1.0),
    ),
    Idiom::new(
        "",
        &["pyrate_limiter.Duration.MINUTE"],
        Does::Duration(&[], 60.0),
    ),
    Idiom::new(
        "",
        &["pyrate_limiter.Duration.HOUR"],
        Does::Duration(&[], 3600.0),
    ),
    Idiom::new(
        "",
        &["pyrate_limiter.Duration.DAY"],
        Does::Duration(&[], 86_400.0),
    ),
    Idiom::new(
        "pyrate-limiter",
        &["pyrate_limiter.Limiter"],
        Does::Limits(&[]),
    ),
    Idiom::new(
        "requests-ratelimiter",
        &[
            "requests_ratelimiter.LimiterSession",
            "requests_ratelimiter.LimiterAdapter",
        ],
        Does::Limits(&[
            RateOf::new(&["per_second"], &["=1"], 1.0),
            RateOf::new(&["per_minute"], &["=60"], 1.0),
            RateOf::new(&["per_hour"], &["=3600"], 1.0),
            RateOf::new(&["per_day"], &["=86400"], 1.0),
        ]),
    ),
    Idiom::new(
        "tenacity",
        &[
            "tenacity.retry",
            "tenacity.Retrying",
            "tenacity.AsyncRetrying",
        ],
        Does::Retry,
    ),
    Idiom::new(
        "backoff",
        &["backoff.on_exception", "backoff.on_predicate"],
        Does::Retry,
    ),
    Idiom::new(
        "retrying",
        &["retrying.retry", "retry.retry", "stamina.retry"],
        Does::Retry,
    ),
    Idiom::new(
        "urllib3 Retry",
        &[
            "urllib3.util.retry.Retry",
            "urllib3.util.Retry",
            "urllib3.Retry",
            "requests.adapters.Retry",
            "requests.packages.urllib3.util.retry.Retry",
        ],
        // Answers with Retry-After are tried again whatever `status_forcelist` holds;
        // POST and PATCH are left alone unless `allowed_methods` names them.
        Does::RetryOf(RetryOf {
            attempts: &["total", "#0"],
            statuses: &["status_forcelist"],
            methods: &["allowed_methods", "method_whitelist"],
            untold: Untold::WAITS_IDEMPOTENT,
        }),
    ),
    Idiom::new(
        "requests HTTPAdapter",
        &["requests.adapters.HTTPAdapter"],
        // A number makes a `Retry` of its own, which heeds Retry-After; without one
        // nothing is tried again.
        Does::RetryOf(RetryOf {
            attempts: &["max_retries", "=0"],
            statuses: &[],
            methods: &[],
            untold: Untold::WAITS_IDEMPOTENT,
        }),
    ),
    Idiom::new(
        "httpx",
        &["httpx.HTTPTransport", "httpx.AsyncHTTPTransport"],
        // Connects again, and looks at no answer.
        Does::RetryOf(RetryOf {
            attempts: &["retries"],
            statuses: &[],
            methods: &[],
            untold: Untold::LEAVES_OUT,
        }),
    ),
    Idiom::new(
        "httpx-retries",
        &["httpx_retries.Retry", "httpx_retries.RetryTransport"],
        Does::RetryOf(RetryOf {
            attempts: &["total", "#0"],
            statuses: &["status_forcelist"],
            methods: &["allowed_methods", "retry"],
            untold: Untold::WAITS_IDEMPOTENT,
        }),
    ),
    Idiom::new(
        "aiohttp-retry",
        &[
            "aiohttp_retry.ExponentialRetry",
            "aiohttp_retry.RandomRetry",
            "aiohttp_retry.JitterRetry",
            "aiohttp_retry.FibonacciRetry",
            "aiohttp_retry.ListRetry",
        ],
        // Of statuses it tries those of servers that fail by itself.
        Does::RetryOf(RetryOf {
            attempts: &["attempts", "#0"],
            statuses: &["statuses", "evaluate_response_callback"],
            methods: &["methods"],
            untold: Untold::LEAVES_OUT,
        }),
    ),
    Idiom::new(
        "asyncio",
        &[
            "asyncio.Semaphore",
            "asyncio.BoundedSemaphore",
            "threading.Semaphore",
            "threading.BoundedSemaphore",
        ],
        Does::Width(&["#0", "value", "=1"]),
    ),
    Idiom::new(
        "concurrent.futures",
        &[
            "ThreadPoolExecutor",
            "ProcessPoolExecutor",
            "multiprocessing.Pool",
            "multiprocessing.pool.ThreadPool",
            "ThreadPool",
        ],
        Does::Width(&["max_workers", "processes", "#0"]),
    ),
    Idiom::new(
        "concurrent.futures",
        &[
            "executor.map",
            "pool.map",
            "ex.map",
            "pool.imap",
            "pool.imap_unordered",
            "pool.starmap",
            "tpe.map",
            "thread_pool.map",
        ],
        Does::EachAtOnce(Over::Argument(1), &[]),
    ),
    Idiom::new(
        "concurrent.futures",
        &[
            "~submit",
            "~apply_async",
            "asyncio.create_task",
            "asyncio.ensure_future",
            "loop.run_in_executor",
            "asyncio.to_thread",
            "threading.Thread",
            "gevent.spawn",
            "~start_soon",
        ],
        Does::Spawn,
    ),
    Idiom::new(
        "asyncio",
        &[
            "asyncio.gather",
            "asyncio.wait",
            "asyncio.as_completed",
            "tqdm.asyncio.tqdm.gather",
            "gevent.joinall",
            "futures.as_completed",
        ],
        Does::Gather(&[]),
    ),
    Idiom::new("map", &["map"], Does::Each(Over::Argument(1))),
    Idiom::new(
        "random",
        &["random.uniform", "random.randint", "random.randrange"],
        Does::Chance(&["#0", "a"], &["#1", "b"]),
    ),
    Idiom::new("random", &["random.random"], Does::Chance(&["=0"], &["=1"])),
    Idiom::new(
        "pandas",
        &[
            "~apply",
            "~progress_apply",
            "~progress_map",
            "~parallel_apply",
            "~applymap",
            "~transform",
            "~map_elements",
            "~map_rows",
        ],
        Does::Each(Over::Receiver),
    ),
    Idiom::new("functools", &["functools.partial"], Does::Function(&["#0"])),
    Idiom::new("threading", &["threading.Timer"], Does::Timer(&["#0"], 1.0)),
    Idiom::new(
        "urllib",
        &["urllib.parse.urljoin", "urljoin", "parse.urljoin"],
        Does::Join(&["#0", "base"], &["#1", "url"]),
    ),
    Idiom::new(
        "urllib",
        &[
            "urllib.request.Request",
            "request.Request",
            "urllib2.Request",
            "httpx.URL",
            "yarl.URL",
        ],
        Does::Address(&["url", "#0"]),
    ),
    Idiom::new(
        "requests",
        &["requests.Request", "httpx.Request"],
        Does::Address(&["url", "#1"]),
    ),
    Idiom::new(
        "urllib",
        &[
            "urllib.request.urlopen",
            "urllib2.urlopen",
            "request.urlopen",
        ],
        Does::Request(&["url", "#0"]),
    ),
    Idiom::new(
        "requests",
        &[
            "requests.get",
            "requests.post",
            "requests.put",
            "requests.patch",
            "requests.delete",
            "requests.head",
            "httpx.get",
            "httpx.post",
            "httpx.put",
            "httpx.patch",
            "httpx.delete",
        ],
        Does::Request(&["url", "#0"]),
    ),
    Idiom::new(
        "requests",
        &[
            "requests.request",
            "httpx.request",
            "~session.request",
            "~_session.request",
            "~http.request",
        ],
        Does::Request(&["url", "#1"]),
    ),
];
