//! Words in names that tell what a function is for. Of no vendor.

use std::sync::LazyLock;

use regex::Regex;

static PATIENT: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)retr(?:y|ies)|back_?off|throttl|rate_?limit|limiter|resilien|schedule|enqueue")
});
static WAITS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)throttl|rate_?limit|limiter|sleep|delay|pause|back_?off|(?:^|[._])(?:wait|acquire|wait_?for_?(?:slot|token|quota|capacity))$",
    )
});
static BATCHED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)chunk|batch|,\s*\d{2,}\s*\)\s*$|page"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

/// Whether something of this name waits or tries again as it should.
pub fn is_patient(name: &str) -> bool {
    PATIENT.is_match(name)
}

/// Whether a call of this name holds the code up.
pub fn waits(callee: &str) -> bool {
    WAITS.is_match(callee)
}

/// Whether what a loop runs over comes in batches.
pub fn is_batched(over: &str) -> bool {
    BATCHED.is_match(over)
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
            | "all"
    )
}

/// Functions that are handed an address and send nothing there.
pub fn is_harmless(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [
        "log",
        "print",
        "write-",
        "token",
        "auth",
        "credential",
        "scope",
        "parse",
        "url",
        "uri",
        "encode",
        "decode",
        "replace",
        "split",
        "debug",
        "warn",
        "error",
        "format",
        "assert",
        "expect",
        "mock",
        "set",
        "add",
        "append",
        "push",
        "join",
        "msal",
        "connect",
        "config",
        "echo",
        "info",
        "trace",
        "equal",
        "contains",
        "includes",
        "starts",
        "match",
        "test",
        "convert",
        "some",
        "build",
        "create",
        "new",
        "header",
        "exception",
        "throw",
        "resource",
        "register",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// Whether the module that an import names is the file at `path`.
pub fn is_module(module: &str, path: &str) -> bool {
    let stem = |text: &str| {
        let text = text.trim_end_matches('/');
        let base = text.rsplit('/').next().unwrap_or(text);
        let base = base
            .rsplit_once('.')
            .filter(|(stem, extension)| !stem.is_empty() && extension.len() <= 4)
            .map_or(base, |(stem, _)| stem);
        base.to_ascii_lowercase()
    };
    let folder = || {
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        stem(parent)
    };
    let last = if module.contains('/') {
        stem(module)
    } else {
        // `.consts`, `package.client`, `crate::client`.
        module
            .rsplit(['.', ':'])
            .find(|part| !part.is_empty())
            .unwrap_or(module)
            .to_ascii_lowercase()
    };
    let own = stem(path);
    own == last || matches!(own.as_str(), "index" | "__init__" | "mod") && folder() == last
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
