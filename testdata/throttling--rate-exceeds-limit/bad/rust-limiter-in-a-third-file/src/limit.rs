use std::sync::LazyLock;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use nonzero_ext::nonzero;

/// Shared by all tasks.
pub static LIMITER: LazyLock<DefaultDirectRateLimiter> =
    LazyLock::new(|| RateLimiter::direct(Quota::per_minute(nonzero!(240u32))));
// ~^ throttling/rate-exceeds-limit "Quota::per_minute(nonzero!(240u32))" warning
