//! Libraries that are known as data: each has a case that fires and one that stays
//! quiet, below `testdata/libraries/`, and a row of the manual.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use termscheck::finding::Severity;
use termscheck::pack::load_embedded;
use termscheck::parse::code::library::{self, Library, Service};
use termscheck::scan::{ScanOptions, scan};

fn folder(library: &Library) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("testdata/libraries")
        .join(library.name)
}

/// What is told of a case of a library: rules, and whether each is more than a note.
fn told(library: &Library, case: &str) -> Vec<(String, bool)> {
    let folder = folder(library);
    let file = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("testdata can be read").path())
        .find(|path| path.file_stem().is_some_and(|stem| stem == case))
        .unwrap_or_else(|| panic!("{} has no case `{case}`", library.name));
    let tree = tempfile::tempdir().expect("a folder");
    let name = file.file_name().expect("a name");
    std::fs::copy(&file, tree.path().join(name)).expect("a copy");
    let packs = load_embedded().expect("the packs load");
    let report = scan(&ScanOptions::new(tree.path()), &packs).expect("the scan runs");
    report
        .findings
        .iter()
        .map(|finding| (finding.rule.id.clone(), finding.severity > Severity::Note))
        .collect()
}

#[test]
fn every_library_fires_and_stays_quiet() {
    for library in library::all() {
        let fired = told(library, "fires");
        assert!(
            fired.iter().any(|(_, grave)| *grave),
            "{} does not fire: {fired:?}",
            library.name
        );
        let quiet = told(library, "quiet");
        assert!(quiet.is_empty(), "{} tells {quiet:?}", library.name);
    }
}

/// Every folder of cases belongs to a library.
#[test]
fn every_case_is_of_a_library() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/libraries");
    for entry in std::fs::read_dir(root).expect("the cases") {
        let name = entry.expect("testdata can be read").file_name();
        let known = library::all().iter().any(|library| library.name == name);
        assert!(known, "{name:?}");
    }
}

/// The section of the page on call rates.
pub fn section() -> String {
    let mut out = String::from(
        "\n## Libraries that know a service\n\n\
         Who makes one of their clients names no host. They stand in `rules/common/libraries/`,\n\
         and each has cases in `testdata/libraries/`.\n\n\
         | Library | Known by | Asks | Another host by | Waits by itself |\n|---|---|---|---|---|\n",
    );
    for library in library::all() {
        for (callees, service) in library.known() {
            let host = service.address.split("://").nth(1).unwrap_or_default();
            let asks: Vec<String> = service
                .requests
                .iter()
                .map(|ask| match ask.name {
                    "" => format!("`{}`", ask.path),
                    name => format!("`{name}`: `{}`", ask.path),
                })
                .collect();
            let _ = writeln!(
                out,
                "| {} | {} | {host}: {} | {} | {} |",
                library.name,
                quoted(callees),
                asks.join(", "),
                quoted(service.host),
                waits(service),
            );
        }
    }
    out.push_str(&layers());
    out
}

/// The table of libraries that show tiles.
fn layers() -> String {
    let mut out = String::from(
        "\n## Libraries that show tiles\n\n\
         What is asked for tiles by default, who shows the credit, and what is sent as User-Agent\n\
         where nobody names another: “no default” is said where an address or a name has to be\n\
         given. Leaflet, react-leaflet, MapLibre, osmdroid and MKTileOverlay are read by the\n\
         addresses and constants in their users' code, Swift by text alone: its calls are not\n\
         followed.\n\n\
         | Library | Known by | Shows | Another by | Credit | User-Agent |\n|---|---|---|---|---|---|\n",
    );
    for library in library::all() {
        for (callees, layer) in &library.layers {
            let shows = match (layer.given, layer.names.as_slice()) {
                (false, _) => format!("`{}`", layer.address),
                (true, []) => "no default".to_owned(),
                (true, names) => format!(
                    "no default; `{}` is `{}`",
                    names.join("`, `"),
                    layer.address
                ),
            };
            let credit = match (layer.credits, layer.silent) {
                (false, _) => "by the caller".to_owned(),
                (true, []) => "by itself".to_owned(),
                (true, silent) => format!("by itself, unless {} is empty", quoted(silent)),
            };
            let agent = layer
                .agent
                .map_or_else(String::new, |agent| match agent.named {
                    [] => format!("`{}`", agent.sends),
                    named => format!("`{}`, another by {}", agent.sends, quoted(named)),
                });
            let _ = writeln!(
                out,
                "| {} | {} | {shows} | {} | {credit} | {agent} |",
                library.name,
                quoted(callees),
                quoted(layer.host),
            );
        }
    }
    out
}

/// What a library waits by itself: before each request, and before it tries again.
fn waits(service: &Service) -> String {
    let pause = service.pause.map(|seconds| format!("{seconds} s"));
    let retries = service.retries.map(|tries| match tries.times {
        Some(times) => format!("after 429, up to {times} times"),
        None => "after 429".to_owned(),
    });
    let said: Vec<String> = pause.into_iter().chain(retries).collect();
    said.join(", ")
}

fn quoted(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}
