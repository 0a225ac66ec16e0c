//! Idioms: what a call of a known library means. A table a language; the words are
//! the libraries' own, the numbers are read from the code.

use std::sync::LazyLock;

use foldhash::HashMap;
use memchr::memrchr2;
use regex::Regex;

use super::library::{Layer, Service};

/// What a call of a library means.
#[derive(Clone, Copy, Debug)]
pub struct Idiom {
    /// The library for people, or the language's own name.
    pub library: &'static str,
    /// Callees, dotted. A callee matches when it is the same or ends with `.` and
    /// this; one that starts with `~` matches any receiver, `name()` in it a call.
    pub callees: &'static [&'static str],
    /// The meaning.
    pub does: Does,
}

/// Where a value is taken from: `#0` is the first argument, `name` a named one or
/// a key of an argument that holds names and values, `name/key` a key of that one's, `.name` the first argument of
/// that method in the same chain, `@` what the method is called on, `=7` a number.
pub type From = &'static [&'static str];

/// Meanings.
#[derive(Clone, Copy, Debug)]
pub enum Does {
    /// Sends a request to the address taken from here.
    Request(From),
    /// Builds something that stands for the address taken from here.
    Address(From),
    /// Builds a client of the host taken from here, which has no scheme.
    Host(From),
    /// Builds the address of a host, which has no scheme, and a path there.
    Site(From, From),
    /// Joins an address and a path.
    Join(From, From),
    /// Joins all of its arguments, or the items of a list, with slashes.
    JoinAll,
    /// Puts its arguments one behind the other.
    Concat,
    /// Reads a setting that has the default taken from here.
    Default(From),
    /// Builds a length of time: the argument in units of so many seconds.
    Duration(From, f64),
    /// Waits for so long; a plain number counts so many seconds each.
    Sleep(From, f64),
    /// Waits for the sum of these.
    Sleeps(&'static [(From, f64)]),
    /// Waits for a clock that stands for a length of time.
    Tick(From),
    /// Waits for a person to type something.
    Person,
    /// Builds a clock with this period.
    Clock(From, f64),
    /// Limits calls by all of these rates that are given; by numbers that stand
    /// elsewhere, when there are none.
    Limits(&'static [RateOf]),
    /// The same; where no rate is asked for at all, limits how many run at the same time.
    LimitsOr(&'static [RateOf], From),
    /// Limits how many run at the same time.
    Width(From),
    /// Runs a closure again and again until it jumps.
    Forever,
    /// Runs a closure or function for each item, one after the other.
    Each(Over),
    /// The same, without waiting for the one before; width taken from here.
    EachAtOnce(Over, From),
    /// Runs the closures of its own chain for each item.
    Drain(Over),
    /// Waits for many at once, so many at a time.
    Gather(From),
    /// Is itself repeated for each item, so many at a time.
    Repeat(Over, From),
    /// Runs a closure or function beside the code around it.
    Spawn,
    /// The same, so many at a time.
    SpawnAtMost(From),
    /// Runs a closure or function again and again with this period.
    Timer(From, f64),
    /// A retry policy of which nothing more is known.
    Retry,
    /// A retry policy that its arguments tell what to try again.
    RetryOf(RetryOf),
    /// Sends a request to the address taken from here, and tries again by itself.
    Sends(From, RetryOf),
    /// Passes the value of its argument or receiver on.
    Same(From),
    /// A number that chance takes between these.
    Chance(From, From),
    /// Builds a client that knows its service.
    Client(&'static Service),
    /// Asks a service that the function knows.
    Asks(&'static Service),
    /// Chooses the service that functions of its library ask.
    Configures(&'static Service),
    /// Puts tiles on a map.
    Shows(&'static Layer),
    /// Calls the function that it is handed, with what stands behind it.
    Calls,
    /// Makes a function of the one taken from here.
    Function(From),
    /// The same, whose calls are limited by these rates.
    Limited(&'static [RateOf], From),
}

impl Does {
    /// The meaning for people.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Request(_) => "request",
            Self::Address(_) => "builds a request or an address",
            Self::Host(_) => "client of a host",
            Self::Site(..) => "address of a host and a path",
            Self::Join(..) | Self::JoinAll => "joins an address and a path",
            Self::Concat => "puts texts together",
            Self::Default(_) => "setting with a default",
            Self::Forever => "endless loop",
            Self::Duration(..) => "length of time",
            Self::Sleep(..) | Self::Sleeps(_) => "wait",
            Self::Tick(_) => "wait for a clock",
            Self::Person => "wait for a person",
            Self::Clock(..) => "clock",
            Self::Limits(_) | Self::LimitsOr(..) | Self::Limited(..) => "rate limiter",
            Self::Width(_) => "limit of concurrency",
            Self::Each(_) | Self::Drain(_) => "for each item",
            Self::EachAtOnce(..) => "for many items at the same time",
            Self::Gather(_) => "waits for many at once",
            Self::Repeat(..) => "repeats a command, many at the same time",
            Self::Spawn | Self::SpawnAtMost(_) => "runs beside",
            Self::Timer(..) => "again and again",
            Self::Retry | Self::RetryOf(_) => "retry policy",
            Self::Sends(..) => "request that tries again",
            Self::Same(_) => "passes a value on",
            Self::Chance(..) => "a number by chance, for its mean",
            Self::Client(_) => "client of a service",
            Self::Asks(_) => "asks a service",
            Self::Shows(_) => "shows tiles",
            Self::Configures(_) => "chooses a service",
            Self::Calls => "calls a function that it is handed",
            Self::Function(_) => "makes a function of another",
        }
    }
}

/// How a retry policy is told what to try again.
#[derive(Clone, Copy, Debug)]
pub struct RetryOf {
    /// How many times.
    pub attempts: From,
    /// The statuses to try again, or a condition that decides.
    pub statuses: From,
    /// The HTTP methods to try again, or a switch that allows all.
    pub methods: From,
    /// What the library does when it is told nothing.
    pub untold: Untold,
}

/// What a library's retry policy does by itself.
#[derive(Clone, Copy, Debug)]
pub struct Untold {
    /// It tries a throttled call again.
    pub throttling: bool,
    /// It does so whatever statuses it is told when the answer has a Retry-After header.
    pub retry_after: bool,
    /// It leaves POST and PATCH alone.
    pub idempotent_only: bool,
}

impl Untold {
    /// It takes a throttled call for any other failure.
    pub const LEAVES_OUT: Self = Self {
        throttling: false,
        retry_after: false,
        idempotent_only: false,
    };
    /// It tries a throttled call again, unless it is told statuses without 429.
    pub const TAKES: Self = Self {
        throttling: true,
        ..Self::LEAVES_OUT
    };
    /// The same, but for POST and PATCH.
    pub const TAKES_IDEMPOTENT: Self = Self {
        idempotent_only: true,
        ..Self::TAKES
    };
    /// It waits as Retry-After says, whatever it is told.
    pub const WAITS: Self = Self {
        retry_after: true,
        ..Self::TAKES
    };
    /// The same, but for POST and PATCH.
    pub const WAITS_IDEMPOTENT: Self = Self {
        idempotent_only: true,
        ..Self::WAITS
    };
}

/// Where a limiter's rate is taken from.
#[derive(Clone, Copy, Debug)]
pub struct RateOf {
    /// Calls.
    pub calls: From,
    /// Length of the window.
    pub period: From,
    /// Seconds for each unit of a plain number.
    pub unit: f64,
}

impl RateOf {
    /// So many calls in so long.
    pub const fn new(calls: From, period: From, unit: f64) -> Self {
        Self {
            calls,
            period,
            unit,
        }
    }
}

/// What is iterated over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// What the method is called on.
    Receiver,
    /// The argument at this position.
    Argument(usize),
    /// The command before it in the pipeline.
    Pipeline,
    /// The call itself: `1.upto(9)`.
    Itself,
}

impl Idiom {
    /// An idiom.
    pub const fn new(library: &'static str, callees: &'static [&'static str], does: Does) -> Self {
        Self {
            library,
            callees,
            does,
        }
    }

    /// How much of `callee`, its imported names spelt out, is this idiom's.
    pub fn matches(&self, callee: &str, ignore_case: bool) -> Option<usize> {
        let same = |a: &str, b: &str| {
            if ignore_case {
                a.eq_ignore_ascii_case(b)
            } else {
                a == b
            }
        };
        let fits = |pattern: &&str| {
            if same(callee, pattern) {
                return true;
            }
            let Some(at) = callee.len().checked_sub(pattern.len() + 1) else {
                return false;
            };
            callee.is_char_boundary(at)
                && matches!(callee.as_bytes()[at], b'.' | b'/')
                && callee.get(at + 1..).is_some_and(|tail| same(tail, pattern))
        };
        self.callees
            .iter()
            .map(|pattern| pattern.trim_start_matches('~'))
            .filter(fits)
            .map(str::len)
            .max()
    }
}

/// Idioms by the last name of their callees.
pub struct IdiomTable {
    by_name: HashMap<String, Vec<&'static Idiom>>,
    ignore_case: bool,
}

impl IdiomTable {
    /// Puts idioms in order.
    pub fn new(idioms: impl Iterator<Item = &'static Idiom>, ignore_case: bool) -> Self {
        let mut by_name: HashMap<String, Vec<&'static Idiom>> = HashMap::default();
        for idiom in idioms {
            for callee in idiom.callees {
                let name = callee.trim_start_matches('~');
                let list = by_name.entry(last(name).to_owned()).or_default();
                if !list.iter().any(|own| std::ptr::eq(*own, idiom)) {
                    list.push(idiom);
                }
            }
        }
        Self {
            by_name,
            ignore_case,
        }
    }

    /// The idiom of a callee: the one that says most of it, the first of equals.
    pub fn find(&self, callee: &str) -> Option<&'static Idiom> {
        self.by_name
            .get(last(callee))?
            .iter()
            .rev()
            .filter_map(|idiom| Some((idiom.matches(callee, self.ignore_case)?, *idiom)))
            .max_by_key(|&(len, _)| len)
            .map(|(_, idiom)| idiom)
    }
}

fn last(callee: &str) -> &str {
    memrchr2(b'.', b'/', callee.as_bytes()).map_or(callee, |at| &callee[at + 1..])
}

/// Names of what leads to the next page.
pub static PAGING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)next_?-?link|next_?page|skip_?token|has_?more|more_?pages|page_?token|continuation",
    )
    .expect("a valid pattern")
});

/// Methods of HTTP clients in any language: the name in lower case, without
/// `async`, and the HTTP method that it stands for; empty when an argument says it.
pub const VERBS: &[(&str, &str)] = &[
    ("get", "GET"),
    ("post", "POST"),
    ("put", "PUT"),
    ("patch", "PATCH"),
    ("delete", "DELETE"),
    ("head", "HEAD"),
    ("del", "DELETE"),
    ("getstring", "GET"),
    ("getstream", "GET"),
    ("getbytearray", "GET"),
    ("getfromjson", "GET"),
    ("postasjson", "POST"),
    ("putasjson", "PUT"),
    ("patchasjson", "PATCH"),
    ("deletefromjson", "DELETE"),
    ("getforobject", "GET"),
    ("getforentity", "GET"),
    ("postforobject", "POST"),
    ("postforentity", "POST"),
    ("postform", "POST"),
    ("getjson", "GET"),
    ("postjson", "POST"),
    ("request", ""),
    ("requestjson", ""),
    ("send", ""),
    ("fetch", ""),
    ("do", ""),
    ("exchange", ""),
    ("execute", ""),
    ("urlopen", ""),
    ("newcall", ""),
    ("sendrequest", ""),
];

/// The HTTP method that a callee's last name stands for.
pub fn verb(name: &str) -> Option<&'static str> {
    let stem = name
        .len()
        .checked_sub("async".len())
        .and_then(|at| name.split_at_checked(at))
        .filter(|(_, end)| end.eq_ignore_ascii_case("async"))
        .map_or(name, |(stem, _)| stem);
    VERBS
        .iter()
        .find(|(verb, _)| verb.eq_ignore_ascii_case(stem))
        .map(|&(_, method)| method)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_callee_matches_whole_names_only() {
        let idiom = Idiom::new("x", &["time.sleep"], Does::Gather(&[]));
        assert_eq!(idiom.matches("time.sleep", false), Some(10));
        assert!(idiom.matches("eventlet.time.sleep", false).is_some());
        assert!(idiom.matches("mytime.sleep", false).is_none());
        assert!(idiom.matches("sleep", false).is_none());
        assert!(
            Idiom::new("x", &["start-sleep"], Does::Gather(&[]))
                .matches("Start-Sleep", true)
                .is_some()
        );
        assert_eq!(verb("GetStringAsync"), Some("GET"));
        assert_eq!(verb("getattr"), None);
    }
}
