//! How code files lean on each other: modules by name, and the names that make
//! another file worth reading. Of no vendor.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::Language;
use super::code::{CodeFacts, FunctionId, Text};

/// Most names that one file is said to seek.
const MAX_NAMES: usize = 200;

static PATIENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)retr(?:y|ies)|back_?off|throttl|rate_?limit|limiter|resilien|schedule|enqueue")
        .expect("a valid pattern")
});

static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)elapsed|(?:^|utc|[^a-z])now(?:[^a-z]|$)|get-date|\btime\b|monotonic|perf_counter|clock|stopwatch|currenttimemillis|nanotime|(?-i:\bSECONDS\b)",
    )
    .expect("a valid pattern")
});

/// What makes another file of the same language worth reading.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Names that the other file defines or uses.
    pub names: BTreeSet<String>,
    /// Modules that the other file may be.
    pub modules: BTreeSet<String>,
}

impl Links {
    /// What a file leans on, and what leans on it.
    pub fn add(&mut self, code: &CodeFacts) {
        // What is called may be any expression; only a name is found elsewhere.
        let is_name = |name: &str| {
            name.chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$'))
        };
        let speaks = |name: &str| name.len() >= 5 && is_name(name) && !is_everyday(name);
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for import in &code.imports {
            self.modules.insert(import.module.clone());
        }
        let own: BTreeSet<&str> = code.functions.iter().map(|f| f.name.as_str()).collect();
        // A package's functions are known in all of its files.
        let packaged = matches!(code.language, Some(Language::Go | Language::Kotlin));
        let senders: BTreeSet<FunctionId> = code
            .calls
            .iter()
            .filter(|call| call.request)
            .map(|call| code.function_of(call.block))
            .collect();
        for call in &code.calls {
            // `Pacing.pause()`, `new Pacing()`: a file is named after the type it defines.
            let first = call.callee.split(['.', ':']).next().unwrap_or_default();
            if first.starts_with(char::is_uppercase) && self.modules.len() < MAX_NAMES {
                self.modules.insert(first.to_owned());
            }
            let function = &code.functions[code.function_of(call.block) as usize];
            // Whoever calls a function that sends something may do so in a loop.
            if call.request || call.url.is_some() || own.contains(call.name()) {
                names.insert(&function.name);
                names.extend(function.owner.as_deref());
            }
            // What is defined elsewhere may wait, or try again.
            let unknown = !call.request && !own.contains(call.name());
            let patient = is_patient(&call.callee) || is_hook(call.name());
            let near = packaged
                && !call.callee.contains('.')
                && !is_built_in(&call.callee)
                && senders.contains(&code.function_of(call.block));
            // What is handed a host may keep it.
            let told = call.arguments.iter().any(|argument| {
                let text = argument.text.as_ref().map(Text::shown);
                text.is_some_and(|text| is_host(&text))
            });
            if unknown && (call.url.is_some() || patient || near || told) {
                names.insert(call.name());
            }
        }
        let made = code.made.iter().map(String::as_str);
        names.extend(made.filter(|name| is_patient(name) || is_hook(name)));
        for (name, _) in &code.constants {
            let last = name.rsplit('.').next().unwrap_or(name);
            let last = last.rsplit(' ').next().unwrap_or(last);
            names.insert(last.trim_end_matches("()"));
        }
        let sought = names
            .into_iter()
            .filter(|name| speaks(name))
            .take(MAX_NAMES);
        self.names.extend(sought.map(str::to_owned));
    }

    /// Names a file that others read by its name: `. ./lib.sh`.
    pub fn add_file(&mut self, language: Option<Language>, path: &str) {
        let name = path.rsplit('/').next().unwrap_or(path);
        if matches!(language, Some(Language::Bash | Language::PowerShell)) {
            self.names.insert(name.to_owned());
        }
    }

    /// Whether nothing is sought.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.modules.is_empty()
    }
}

/// Words of code that holds a rate, for files that only such code is sought in.
pub const THROTTLES: &[&str] = &[
    "ratelimit",
    "rate-limit",
    "rate_limit",
    "throttl",
    "tokenbucket",
    "token_bucket",
    "leakybucket",
    "leaky_bucket",
];

static THROTTLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:test|check|wait|await|acquire|enforce|apply|respect|invoke|limit|throttle|use|with|consume|take|ensure)",
        r"_?-?[a-z0-9_]{0,12}?_?-?(?:rate_?-?limit|throttl(?:e|er|ing)|token_?bucket)(?:er|ing|ed)?$",
        r"|^(?:rate_?limit(?:er|ed)?|throttler?|token_?bucket|leaky_?bucket)$",
        r"|(?:rate_?limiter|throttler|token_?bucket|leaky_?bucket)$",
    ))
    .expect("a valid pattern")
});

/// Whether something of this name is there to hold a rate.
pub fn is_throttle(name: &str) -> bool {
    THROTTLE.is_match(name)
}

/// Languages whose code calls each other.
pub fn group(language: Language) -> Language {
    match language {
        Language::TypeScript | Language::Tsx => Language::JavaScript,
        other => other,
    }
}

/// Whether a text is the name of a host.
pub fn is_host(text: &str) -> bool {
    let labels = |text: &str| {
        text.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.len() <= 80
        && text.matches('.').count() >= 2
        && last.len() >= 2
        && last.chars().all(|c| c.is_ascii_lowercase())
        && labels(text)
}

/// The code outside of functions.
pub const OUTSIDE: FunctionId = 0;

/// Whether something of this name waits or tries again as it should.
pub fn is_patient(name: &str) -> bool {
    PATIENT.is_match(name)
}

/// Functions of Go and Kotlin that every file knows.
fn is_built_in(name: &str) -> bool {
    const BUILT_IN: &[&str] = &[
        "panic",
        "string",
        "close",
        "clear",
        "print",
        "println",
        "delete",
        "recover",
        "error",
        "check",
        "require",
        "repeat",
        "launch",
        "async",
        "runBlocking",
        "coroutineScope",
        "supervisorScope",
        "withContext",
        "listOf",
        "setOf",
        "mapOf",
        "mutableListOf",
        "mutableMapOf",
        "mutableSetOf",
        "emptyList",
        "buildList",
        "buildString",
        "buildMap",
        "header",
        "headers",
        "parameter",
        "setBody",
        "bearerAuth",
        "contentType",
        "accept",
        "withTimeout",
        "int64",
        "int32",
        "uint64",
        "float64",
    ];
    BUILT_IN.contains(&name)
}

/// Whether requests may pass through values of a type of this name.
fn is_hook(name: &str) -> bool {
    ["Handler", "Interceptor", "Transport"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// Whether words ask what time it is.
pub fn is_clock(words: &str) -> bool {
    CLOCK.is_match(words)
}

/// Names of methods that many kinds of objects have.
pub fn is_everyday(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "get"
            | "post"
            | "put"
            | "patch"
            | "delete"
            | "request"
            | "send"
            | "fetch"
            | "do"
            | "run"
            | "call"
            | "execute"
            | "start"
            | "stop"
            | "list"
            | "add"
            | "remove"
            | "update"
            | "set"
            | "create"
            | "find"
            | "query"
            | "search"
            | "read"
            | "write"
            | "open"
            | "close"
            | "save"
            | "load"
            | "main"
            | "init"
            | "new"
            | "next"
            | "map"
            | "filter"
            | "push"
            | "pop"
            | "join"
            | "format"
            | "parse"
            | "log"
            | "info"
            | "error"
            | "print"
            | "data"
            | "handle"
            | "process"
            | "apply"
            | "invoke"
            | "wait"
            | "acquire"
            | "head"
            | "options"
            | "exchange"
            | "emit"
            | "of"
            | "from"
            | "with"
            | "use"
            | "build"
            | "builder"
            | "all"
    )
}

/// Whether the module that an import names is the file at `path`.
pub fn is_module(module: &str, path: &str) -> bool {
    file_stems(path).contains(&module_stem(module))
}

/// The name by which a module is looked for among files.
pub fn module_stem(module: &str) -> String {
    if module.contains('/') {
        return stem(module);
    }
    // `.consts`, `package.client`, `crate::client`.
    module
        .rsplit(['.', ':'])
        .find(|part| !part.is_empty())
        .unwrap_or(module)
        .to_ascii_lowercase()
}

/// The names of modules that the file at `path` may be.
pub fn file_stems(path: &str) -> Vec<String> {
    let own = stem(path);
    let folder = path.rsplit_once('/').map_or("", |(parent, _)| parent);
    if matches!(own.as_str(), "index" | "__init__" | "mod") {
        vec![stem(folder), own]
    } else {
        vec![own]
    }
}

/// The last part of a path, without what tells its kind.
fn stem(path: &str) -> String {
    let path = path.trim_end_matches('/');
    let base = path.rsplit('/').next().unwrap_or(path);
    base.rsplit_once('.')
        .filter(|(stem, extension)| !stem.is_empty() && extension.len() <= 4)
        .map_or(base, |(stem, _)| stem)
        .to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_name_files() {
        for (module, path) in [
            ("./client", "src/client.ts"),
            ("../lib/client.js", "lib/client.js"),
            (".consts", "app/consts.py"),
            ("app.api.client", "app/api/client.py"),
            ("./lib", "src/lib/index.ts"),
            ("crate.client", "src/client/mod.rs"),
        ] {
            assert!(is_module(module, path), "{module} {path}");
        }
        assert!(!is_module("./client", "src/clients.ts"));
    }
}
