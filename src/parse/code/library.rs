//! Libraries that know a service by themselves, as data: whoever makes one of their
//! clients names no host. Read from `rules/common/libraries/`, one entry a library.

mod entry;

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use foldhash::HashMap;
use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::idiom::{Does, From, Idiom, RateOf};
use super::words::last_name;
use crate::facts::Language;
use entry::{Entry, kept, kept_all};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules/common/libraries");

/// All libraries that are known as data, by their names.
pub fn all() -> &'static [Library] {
    static ALL: LazyLock<Vec<Library>> = LazyLock::new(|| {
        let texts = FILES.files().filter_map(|file| file.contents_utf8());
        let entries = texts.flat_map(|text| read(text).unwrap_or_default());
        let mut all: Vec<Library> = entries.map(Library::new).collect();
        all.sort_by_key(|library| library.name);
        all
    });
    &ALL
}

/// What the calls of a language's libraries mean.
pub(super) fn of(language: Language) -> impl Iterator<Item = &'static Idiom> {
    all()
        .iter()
        .filter(move |library| library.languages.contains(&language))
        .flat_map(|library| &library.idioms)
}

/// The services that the libraries of a language ask.
pub(super) struct Services {
    by_method: HashMap<&'static str, Vec<&'static Service>>,
    /// What makes a client, by its last name.
    makers: Vec<&'static str>,
    mentions: Option<AhoCorasick>,
}

impl Services {
    /// Those of a language.
    pub fn new(language: Language) -> Self {
        let mut by_method: HashMap<&str, Vec<&Service>> = HashMap::default();
        let mut makers = Vec::new();
        let mut mentions: Vec<&str> = Vec::new();
        for library in all() {
            if !library.languages.contains(&language) {
                continue;
            }
            mentions.extend(&library.mentions);
            for idiom in &library.idioms {
                if let Does::Client(service) = idiom.does {
                    makers.extend(idiom.callees.iter().map(|callee| last_name(callee)));
                    for ask in &service.requests {
                        by_method.entry(ask.name).or_default().push(service);
                    }
                }
            }
        }
        Self {
            by_method,
            makers,
            mentions: AhoCorasick::new(&mentions)
                .ok()
                .filter(|_| !mentions.is_empty()),
        }
    }

    /// The services whose clients have a method of this name.
    pub fn with(&self, method: &str) -> &[&'static Service] {
        self.by_method
            .get(method)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Last names of what makes a client.
    pub fn makers(&self) -> &[&'static str] {
        &self.makers
    }

    /// Whether a file mentions one of the libraries.
    pub fn are_in(&self, text: &str) -> bool {
        self.mentions
            .as_ref()
            .is_some_and(|mentions| mentions.is_match(text))
    }
}

/// A library.
pub struct Library {
    /// Its name.
    pub name: &'static str,
    /// Languages that it is written for.
    pub languages: Vec<Language>,
    /// Literals of which one stands in every file that uses it.
    pub mentions: Vec<&'static str>,
    /// What it knows to ask.
    pub services: Vec<&'static Service>,
    /// What it knows to show.
    pub layers: Vec<(From, &'static Layer)>,
    /// What its calls mean.
    idioms: Vec<Idiom>,
}

/// A service that a client or a function of a library asks.
#[derive(Debug)]
pub struct Service {
    /// Its address where nobody gives another.
    pub address: &'static str,
    /// Where another host or address is given.
    pub host: From,
    /// It is asked only when this is chosen.
    pub only: Option<Only>,
    /// Seconds that the library waits by itself before each request.
    pub pause: Option<f64>,
    /// How often the library tries again by itself after 429, waiting before each time.
    pub retries: Option<Tries>,
    /// The library.
    pub library: &'static str,
    /// What a client's methods ask for; of a function the only one.
    pub requests: Vec<Ask>,
}

/// A layer of tiles that a call of a library puts on a map.
#[derive(Debug)]
pub struct Layer {
    /// The library.
    pub library: &'static str,
    /// Its address where nobody gives another; empty where one has to be given.
    pub address: &'static str,
    /// Names that stand for that address.
    pub names: Vec<String>,
    /// Where another address or name is given.
    pub host: From,
    /// Nothing is known where none is given.
    pub given: bool,
    /// The library shows the credit by itself.
    pub credits: bool,
    /// Arguments that take it away where they are empty or false.
    pub silent: From,
    /// What it sends as User-Agent by itself, and the arguments that name another.
    pub agent: Option<Agent>,
}

/// What a library sends as User-Agent.
#[derive(Clone, Copy, Debug)]
pub struct Agent {
    /// Where nobody names another.
    pub sends: &'static str,
    /// Arguments that name another, whatever they hold.
    pub named: From,
}

/// How a library tries again by itself.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tries {
    /// How many times, where it gives up in the end.
    #[serde(default)]
    pub times: Option<u64>,
}

/// A choice between services.
#[derive(Debug)]
pub struct Only {
    /// Where it is made.
    pub from: From,
    /// The words that choose this service.
    pub is: Vec<String>,
    /// It is this one where nothing is chosen.
    pub default: bool,
    /// The name under which a choice is kept that is made elsewhere in the program.
    pub kept: Option<&'static str>,
}

/// A method of a client, and what it asks for.
#[derive(Debug)]
pub struct Ask {
    /// The method's name.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, or the argument that holds it.
    pub path: &'static str,
}

impl Service {
    /// What a method of its client asks for.
    pub fn request(&self, name: &str) -> Option<&Ask> {
        self.requests.iter().find(|ask| ask.name == name)
    }
}

fn read(text: &str) -> Result<Vec<Entry>, serde_yaml::Error> {
    serde_yaml::from_str(text)
}

impl Library {
    /// The services that it asks, each with the callees by which that is known.
    pub fn known(&self) -> impl Iterator<Item = (From, &'static Service)> + '_ {
        self.idioms.iter().filter_map(|idiom| match idiom.does {
            Does::Client(service) | Does::Asks(service) => Some((idiom.callees, service)),
            _ => None,
        })
    }
}

impl Library {
    fn new(entry: Entry) -> Self {
        let name = kept(entry.library);
        let mut services = Vec::new();
        let mut layers = Vec::new();
        let mut idioms = Vec::new();
        for raw in entry.layers {
            let (callees, layer) = raw.layer(name);
            layers.push((callees, layer));
            idioms.push(Idiom::new(name, callees, Does::Shows(layer)));
        }
        for raw in entry.clients {
            let (callees, service) = raw.service(name);
            services.push(service);
            idioms.push(Idiom::new(name, callees, Does::Client(service)));
        }
        for mut raw in entry.functions {
            let only = raw.only.as_mut();
            let configured = only.map_or_else(Vec::new, |only| only.configured.clone());
            let (callees, service) = raw.service(name);
            services.push(service);
            if !configured.is_empty() {
                let does = Does::Configures(service);
                idioms.push(Idiom::new(name, kept_all(configured), does));
            }
            idioms.push(Idiom::new(name, callees, Does::Asks(service)));
        }
        for raw in entry.limiters {
            let rate = RateOf::new(kept_all(raw.calls), kept_all(raw.period), raw.unit);
            let does = Does::Limited(vec![rate].leak(), kept_all(raw.function));
            idioms.push(Idiom::new(name, kept_all(raw.callees), does));
        }
        Self {
            name,
            languages: entry
                .languages
                .iter()
                .filter_map(|name| language(name))
                .flatten()
                .copied()
                .collect(),
            mentions: entry.mentions.into_iter().map(kept).collect(),
            services,
            layers,
            idioms,
        }
    }
}

/// Languages by the names that entries use.
fn language(name: &str) -> Option<&'static [Language]> {
    Some(match name {
        "python" => &[Language::Python],
        "javascript" => &[Language::JavaScript, Language::TypeScript, Language::Tsx],
        "csharp" => &[Language::CSharp],
        "go" => &[Language::Go],
        "powershell" => &[Language::PowerShell],
        "java" => &[Language::Java],
        "kotlin" => &[Language::Kotlin],
        "rust" => &[Language::Rust],
        "ruby" => &[Language::Ruby],
        "php" => &[Language::Php],
        "bash" => &[Language::Bash],
        "dart" => &[Language::Dart],
        "r" => &[Language::R],
        "lua" => &[Language::Lua],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_can_be_read() {
        for file in FILES.files() {
            let text = file.contents_utf8().expect("UTF-8");
            let entries = read(text).unwrap_or_else(|error| panic!("{:?}: {error}", file.path()));
            for entry in entries {
                let name = &entry.library;
                assert!(!entry.mentions.is_empty(), "{name}");
                for own in &entry.languages {
                    assert!(language(own).is_some(), "{name}: {own}");
                }
                for client in &entry.clients {
                    assert!(
                        !client.methods.is_empty() && client.asks.is_empty(),
                        "{name}"
                    );
                }
                for function in &entry.functions {
                    assert!(
                        function.methods.is_empty() && !function.asks.is_empty(),
                        "{name}"
                    );
                }
            }
        }
    }
}
