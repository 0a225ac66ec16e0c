//! What configuration forwards to or calls, and what holds the rate of it, in words
//! that every kind of configuration shares. Filled by [`crate::parse`]'s readers of
//! configuration, read by the throttling checks. Knows nothing of any vendor.

use super::code::{Amount, Text};
use crate::source::Span;

/// Kinds of configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConfigKind {
    /// Policies of Azure API Management.
    ApiManagement,
    /// Workflows of Azure Logic Apps, in ARM templates too.
    LogicApps,
    /// nginx.
    Nginx,
    /// Envoy.
    Envoy,
    /// Kong's declarative format.
    Kong,
    /// Traefik's dynamic configuration.
    Traefik,
    /// JMeter test plans.
    JMeter,
    /// k6 scripts.
    K6,
    /// Locust files.
    Locust,
    /// Postman collections and runs.
    Postman,
    /// OpenAPI descriptions with extensions that state a limit.
    OpenApi,
    /// cron tables, scheduled workflows and jobs.
    Schedule,
}

impl ConfigKind {
    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::ApiManagement => "Azure API Management",
            Self::LogicApps => "Logic Apps",
            Self::Nginx => "nginx",
            Self::Envoy => "Envoy",
            Self::Kong => "Kong",
            Self::Traefik => "Traefik",
            Self::JMeter => "JMeter",
            Self::K6 => "k6",
            Self::Locust => "Locust",
            Self::Postman => "Postman",
            Self::OpenApi => "OpenAPI",
            Self::Schedule => "Schedules",
        }
    }
}

/// An address that configuration forwards to or calls.
#[derive(Clone, Debug)]
pub struct Route {
    /// The kind of configuration that says so.
    pub kind: ConfigKind,
    /// The address, as far as it is known.
    pub address: Text,
    /// The words that name it.
    pub span: Span,
    /// HTTP method in upper case, when known.
    pub method: Option<String>,
    /// Whatever path a caller asks for follows the address.
    pub forwards: bool,
    /// Only where some condition holds.
    pub sometimes: bool,
    /// What limits it. All of them hold at the same time.
    pub limits: Vec<RateLimit>,
    /// What repeats it.
    pub repeat: Option<Repeat>,
    /// What happens when an answer says to slow down.
    pub retry: Retry,
}

impl Route {
    /// A route to an address with nothing around it.
    pub fn new(kind: ConfigKind, address: Text, span: Span) -> Self {
        Self {
            kind,
            address,
            span,
            method: None,
            forwards: false,
            sometimes: false,
            limits: Vec::new(),
            repeat: None,
            retry: Retry::Unknown,
        }
    }

    /// A route that hands calls on, as far as limits let them through.
    pub fn forwarding(
        kind: ConfigKind,
        (address, span): (Text, Span),
        limits: Vec<RateLimit>,
    ) -> Self {
        Self {
            forwards: true,
            limits,
            ..Self::new(kind, address, span)
        }
    }
}

/// So many calls in so many seconds, as configured.
#[derive(Clone, Debug)]
pub struct RateLimit {
    /// Calls; without a value when the number is not written here.
    pub calls: Amount,
    /// Seconds.
    pub seconds: Amount,
    /// Calls that may come at once before the rate holds.
    pub burst: Option<Amount>,
    /// Whose calls are counted together.
    pub scope: LimitScope,
    /// The number to point at.
    pub span: Span,
    /// The setting around the number: `calls="200"`.
    pub setting: Span,
    /// The same written by a longer period, where the format has one.
    pub longer: Option<Longer>,
}

impl RateLimit {
    /// So many calls in so many seconds for all callers, by the number at `span` in the
    /// setting around it.
    pub fn new(calls: Amount, seconds: Amount, span: Span, setting: Span) -> Self {
        Self {
            calls,
            seconds,
            burst: None,
            scope: LimitScope::All,
            span,
            setting,
            longer: None,
        }
    }
}

/// How a limit is written by a longer period.
#[derive(Clone, Debug)]
pub struct Longer {
    /// What is replaced.
    pub span: Span,
    /// Seconds of the longer period.
    pub seconds: f64,
    /// What is written after the number of calls.
    pub suffix: &'static str,
}

/// Whose calls a limit counts together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitScope {
    /// All callers' calls in sum.
    All,
    /// Each caller's calls by themselves.
    EachCaller,
}

/// What repeats a call.
#[derive(Clone, Debug)]
pub struct Repeat {
    /// How.
    pub kind: RepeatKind,
    /// The words that say so.
    pub span: Span,
    /// Calls of this route in one round.
    pub calls: u64,
    /// Rounds at the same time; without a value when that is not known.
    pub width: Amount,
    /// Seconds that one round takes at least: a pause, or the time to the next round.
    /// `None`: nothing makes it wait.
    pub seconds: Option<Amount>,
    /// Most rounds, when they are bounded.
    pub rounds: Option<u64>,
    /// The setting that holds the number which decides.
    pub setting: Span,
}

/// How a call is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatKind {
    /// For each item of a collection.
    ForEach,
    /// Until a condition holds.
    Until,
    /// By a clock.
    Schedule,
    /// By virtual users, one round after the other.
    Users,
    /// So many rounds are started in a period, however long they take; the width says
    /// how many.
    Arrivals,
}

/// What happens after an answer that says to slow down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Nothing is known of it.
    Unknown,
    /// Nothing: retries are turned off here.
    Off(Span),
    /// The product's default policy tries again.
    Default,
    /// A policy that is written here tries again.
    Policy(Span),
}
