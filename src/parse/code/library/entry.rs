//! The entries of `rules/common/libraries/`, as they are written.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::idiom::From;
use super::{Agent, Ask, Layer, Only, Service, Tries};

/// An entry of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) library: String,
    pub(super) languages: Vec<String>,
    pub(super) mentions: Vec<String>,
    #[serde(default)]
    pub(super) clients: Vec<RawService>,
    #[serde(default)]
    pub(super) functions: Vec<RawService>,
    #[serde(default)]
    pub(super) limiters: Vec<RawLimiter>,
    #[serde(default)]
    pub(super) layers: Vec<RawLayer>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLayer {
    pub(super) callees: Vec<String>,
    #[serde(default)]
    address: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    host: Vec<String>,
    #[serde(default)]
    given: bool,
    credit: Credit,
    #[serde(default)]
    silent: Vec<String>,
    #[serde(default)]
    agent: Option<RawAgent>,
}

/// Who shows the credit.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Credit {
    /// The library.
    Itself,
    /// Who calls it.
    Caller,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAgent {
    sends: String,
    #[serde(default)]
    named: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawService {
    pub(super) callees: Vec<String>,
    address: String,
    #[serde(default)]
    host: Vec<String>,
    #[serde(default)]
    pub(super) only: Option<RawOnly>,
    #[serde(default)]
    pause: Option<f64>,
    #[serde(default)]
    retries: Option<Tries>,
    /// Method and path, by the name of the client's method.
    #[serde(default)]
    pub(super) methods: BTreeMap<String, String>,
    /// Method and path of a function.
    #[serde(default)]
    pub(super) asks: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOnly {
    from: Vec<String>,
    is: Vec<String>,
    #[serde(default)]
    default: bool,
    /// Calls that make the choice for the whole program.
    #[serde(default)]
    pub(super) configured: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLimiter {
    pub(super) callees: Vec<String>,
    /// The function that it makes a limited one of.
    pub(super) function: Vec<String>,
    pub(super) calls: Vec<String>,
    pub(super) period: Vec<String>,
    /// Seconds for each unit of a plain number.
    pub(super) unit: f64,
}

/// Kept for as long as the program runs: there are a few hundred of them.
pub(super) fn kept(text: String) -> &'static str {
    text.leak()
}

pub(super) fn kept_all(texts: Vec<String>) -> From {
    texts.into_iter().map(kept).collect::<Vec<_>>().leak()
}

fn ask(name: String, words: &str) -> Ask {
    let (method, path) = words.split_once(' ').unwrap_or(("", words));
    Ask {
        name: kept(name),
        method: kept(method.to_owned()),
        path: kept(path.to_owned()),
    }
}

impl RawService {
    pub(super) fn service(self, library: &'static str) -> (From, &'static Service) {
        let mut requests: Vec<Ask> = self
            .methods
            .into_iter()
            .map(|(name, words)| ask(name, &words))
            .collect();
        if !self.asks.is_empty() {
            requests.push(ask(String::new(), &self.asks));
        }
        let service = Service {
            address: kept(self.address),
            host: kept_all(self.host),
            only: self.only.map(|only| Only {
                from: kept_all(only.from),
                is: only.is,
                default: only.default,
                kept: (!only.configured.is_empty())
                    .then(|| kept(format!("configuration of {library}"))),
            }),
            pause: self.pause,
            retries: self.retries,
            library,
            requests,
        };
        (kept_all(self.callees), Box::leak(Box::new(service)))
    }
}

impl RawLayer {
    pub(super) fn layer(self, library: &'static str) -> (From, &'static Layer) {
        let layer = Layer {
            library,
            address: kept(self.address),
            names: self.names,
            host: kept_all(self.host),
            given: self.given,
            credits: self.credit == Credit::Itself,
            silent: kept_all(self.silent),
            agent: self.agent.map(|agent| Agent {
                sends: kept(agent.sends),
                named: kept_all(agent.named),
            }),
        };
        (kept_all(self.callees), Box::leak(Box::new(layer)))
    }
}
