//! Which part of the repository a file belongs to.

use super::{
    Folded, begins_word, file_name, is_document, is_third_party_name, kind, split_extension,
};
use crate::facts::{FileKind, Zone};

/// The zone of the file at `path`.
pub fn zone(path: &str) -> Zone {
    let kind = kind(path);
    let name = file_name(path);
    let mut buffer = Folded::new();
    let lower = buffer.fold(name);
    let mut zone = file_zone(name, lower, kind).unwrap_or(Zone::Project);
    let mut below_docs = false;
    let mut folders = Folded::new();
    let mut rest = path.strip_suffix(name).unwrap_or(path);
    let mut top = true;
    let mut package = Package::default();
    while let Some((folder, tail)) = rest.split_once('/') {
        rest = tail;
        let place = Folder {
            name: folder,
            lower: folders.fold(folder),
            top,
            below_docs,
            kind,
        };
        top = false;
        let named = package.names(place.lower);
        if let Some(found) = place.zone().filter(|zone| !named || *zone != Zone::Example) {
            below_docs |= found == Zone::Docs;
            if rank(found) > rank(zone) {
                zone = found;
            }
        }
    }
    zone
}

/// Which zone wins when a path belongs to several.
fn rank(zone: Zone) -> u8 {
    match zone {
        Zone::Project => 0,
        Zone::Docs => 1,
        Zone::Example => 2,
        Zone::History => 3,
        Zone::Archive => 4,
        Zone::Test => 5,
        Zone::ThirdParty => 6,
    }
}

fn file_zone(name: &str, lower: &str, kind: FileKind) -> Option<Zone> {
    let text = is_document(kind) || kind == FileKind::Licence;
    if text && is_third_party_name(lower) {
        return Some(Zone::ThirdParty);
    }
    if is_document(kind) && is_outdated(split_extension(lower).0) {
        return Some(Zone::Archive);
    }
    if is_document(kind) && is_history(name, lower) {
        return Some(Zone::History);
    }
    let (stem, extension) = split_extension(lower);
    if matches!(kind, FileKind::Code(_)) && is_test_code(name, stem) {
        return Some(Zone::Test);
    }
    // What a program is tried on: sample_questions.txt, example-input.txt. A page that is
    // an example (example.md) speaks to readers.
    let first = stem.split(['_', '-', '.', ' ']).next().unwrap_or(stem);
    if kind == FileKind::Text
        && first.len() < stem.len()
        && matches!(first, "sample" | "samples" | "example" | "examples")
    {
        return Some(Zone::Test);
    }
    let inner = split_extension(stem).1;
    if extension == "snap" || matches!(inner, "test" | "tests" | "spec" | "fixture" | "mock") {
        return Some(Zone::Test);
    }
    let example =
        |part: &str| matches!(part, "example" | "examples" | "sample" | "samples" | "demo");
    (example(extension) || example(inner) || example(stem)).then_some(Zone::Example)
}

/// `README-OLD.md`.
fn is_outdated(stem: &str) -> bool {
    ["old", "archived", "deprecated", "backup", "bak"]
        .iter()
        .any(|word| {
            stem.strip_suffix(word)
                .is_some_and(|rest| rest.ends_with(['-', '_', '.']))
        })
}

fn is_history(name: &str, lower: &str) -> bool {
    let (stem, _) = split_extension(lower);
    // Unmistakable words may have a suffix in any case, the others only when
    // they are shouted: `news-feed.md` is an article, `NEWS-2.md` is not.
    [
        "changelog",
        "release-note",
        "release_note",
        "releasenote",
        "whats-new",
        "what-s-new",
    ]
    .iter()
    .any(|word| begins_word(stem, word))
        || matches!(
            stem,
            "changes" | "history" | "news" | "releases" | "release notes"
        )
        || [
            "CHANGES",
            "HISTORY",
            "NEWS",
            "RELEASES",
            "MIGRATION",
            "MIGRATING",
            "UPGRADING",
        ]
        .iter()
        .any(|word| begins_word(name, word))
}

fn is_test_code(name: &str, stem: &str) -> bool {
    // `DefenderClientTests.cs`; the capital keeps `Latest.java` out.
    let camel = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    matches!(stem, "test" | "tests" | "conftest" | "setuptests")
        || stem.starts_with("test_")
        || stem.starts_with("test-")
        || stem.starts_with("mock_")
        || stem.ends_with("_test")
        || stem.ends_with("_tests")
        || stem.ends_with("-test")
        || stem.ends_with("-tests")
        || stem.ends_with("_mock")
        || (camel.len() > 4 && camel.ends_with("Test"))
        || (camel.len() > 5 && camel.ends_with("Tests"))
}

/// Folders that are the name of a package: `com/example/app` is what Android Studio, Flutter
/// and Spring call a new app, and no folder of examples.
#[derive(Default)]
struct Package {
    /// Below the sources of a JVM language: `src/main/kotlin`.
    sources: bool,
    /// Folders since `src`; the sources stand two below it.
    since_src: Option<u8>,
    /// The folder before is the end of a domain, with which a package's name begins.
    domain: bool,
}

impl Package {
    /// Goes down into a folder; whether `example` and the like are a package's name there.
    /// Folders of many, `examples`, are what they say.
    fn names(&mut self, lower: &str) -> bool {
        let language = matches!(lower, "java" | "kotlin" | "scala" | "groovy");
        self.sources |= self.since_src == Some(1) && language;
        self.since_src = match self.since_src {
            _ if lower == "src" => Some(0),
            Some(folders) if folders < 2 => Some(folders + 1),
            _ => None,
        };
        let one = matches!(lower, "example" | "sample" | "demo");
        // What stands below `com/example` belongs to the same name.
        self.sources |= self.domain && one;
        self.domain = matches!(lower, "com" | "org");
        // `com.example.app`, a folder of Xcode's or of a bundle's.
        let dotted = lower.starts_with("com.") || lower.starts_with("org.");
        self.sources && (one || is_example_folder(lower)) || dotted
    }
}

struct Folder<'a> {
    name: &'a str,
    lower: &'a str,
    /// First folder of the path.
    top: bool,
    /// Below a folder of documentation.
    below_docs: bool,
    /// What the file is.
    kind: FileKind,
}

impl Folder<'_> {
    fn zone(&self) -> Option<Zone> {
        // A page on testing, in documentation, is documentation.
        let document = is_document(self.kind);
        let code = matches!(self.kind, FileKind::Code(_));
        let article = document && self.below_docs;
        Some(match self.lower {
            "third_party" | "third-party" | "thirdparty" | "3rdparty" | "3rd-party"
            | "3rd_party" | "vendor" | "vendored" | "node_modules" | "bower_components"
            | "site-packages" => Zone::ThirdParty,
            "licenses" | "licences"
                if self.name == "LICENSES"
                    || matches!(self.kind, FileKind::Licence | FileKind::Text) =>
            {
                Zone::ThirdParty
            }
            "testdata" | "test-data" | "test_data" | "testfiles" | "test-files" | "fixtures"
            | "fixture" | "__fixtures__" | "__tests__" | "__test__" | "__mocks__"
            | "__snapshots__" | "cassettes" => Zone::Test,
            "test" | "tests" | "unittests" | "unittest" | "e2e" | "mocks" | "mock"
            | "snapshots" | "testutil" | "testutils" | "test-utils" | "test_utils"
            | "androidtest"
                if !article =>
            {
                Zone::Test
            }
            "spec" | "specs" | "testing" if code => Zone::Test,
            "archive" if self.top || !code => Zone::Archive,
            "archived" | "archives" | "deprecated" | "attic" | "old-docs" | "old_docs"
            | "docs-old" | "docs_old" | "legacy-docs" | "legacy_docs" => Zone::Archive,
            "legacy" | "obsolete" | "old" if document => Zone::Archive,
            lower if document && is_before_a_year(lower) => Zone::Archive,
            "changelogs" | "changelog" | "changelog.d" | ".changeset" | ".changes"
            | "newsfragments" | "release-notes" | "release_notes" | "releasenotes"
            | "release notes" | "whats-new" => Zone::History,
            "changes" | "releases" | "history" | "news" if document => Zone::History,
            "example" | "examples" | "sample" | "samples" | "demo" | "demos" | "_examples" => {
                Zone::Example
            }
            "doc" | "docs" | "documentation" | "_docs" | "wiki" | "articles" | "manual"
            | "handbook" | "guides" | "tutorials" | "_site" => Zone::Docs,
            "content" | "site" | "website" | "guide" | "help" | "book" | "blog" | "_posts"
            | "tutorial" | "learn"
                if document =>
            {
                Zone::Docs
            }
            lower if is_test_folder(self.name, lower) && !article => Zone::Test,
            lower if is_example_folder(lower) => Zone::Example,
            lower if lower.starts_with("docs-") || lower.ends_with("-docs") => Zone::Docs,
            _ => return None,
        })
    }
}

/// `pre-2023`, `Before Dec2022`: what was there before something was written anew
/// (trademark/outdated-name good/hard-folders-of-a-time).
fn is_before_a_year(lower: &str) -> bool {
    let mut words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let before = matches!(words.next(), Some("pre" | "before" | "until"));
    let year = |word: &str| {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
    };
    before && words.any(year)
}

/// `code_samples`, `deployable examples`, `samples-classic`.
fn is_example_folder(lower: &str) -> bool {
    ["example", "sample"].iter().any(|word| {
        lower
            .strip_prefix(word)
            .is_some_and(|rest| rest.trim_start_matches('s').starts_with(['-', '_', ' ']))
            || lower
                .trim_end_matches('s')
                .strip_suffix(word)
                .is_some_and(|rest| rest.ends_with(['-', '_', ' ', '.']))
    })
}

/// `Defender.Tests`, `integration-tests`, `DefenderTests`.
fn is_test_folder(name: &str, lower: &str) -> bool {
    let named = ["tests", "test", "unittests", "integrationtests"]
        .iter()
        .any(|word| {
            lower
                .strip_suffix(word)
                .is_some_and(|rest| rest.ends_with(['.', '-', '_']))
        });
    named || (name.len() > 5 && name.ends_with("Tests"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_told_by_folders_and_names() {
        let table = [
            (
                Zone::Project,
                "README.md src/lib.rs src/latest.java src/archive/tar.go spec/openapi.yaml src/contest.py lib/history.ts news-feed.md commerce/licenses/buy.md threshold.md app/src/main/java/com/example/pier/Map.kt app/src/free/kotlin/com/sample/Map.kt src/main/java/com/example/demo/A.java src/com/example/demo/A.java ios/com.example/A.swift src/main/java/io/harbour/sample/A.java",
            ),
            (
                Zone::Docs,
                "docs/a.md doc/conf.py documentation/x/y.rst docs/test/overview.md website/docs/a.md docs/third-party-integrations.md docs/licenses/overview.md docs/manage-third-party-licenses.md",
            ),
            (
                Zone::Example,
                "examples/a.py docs/samples/a.md config.example.yaml code_samples/a.py samples-classic/a.go src/main/java/io/harbour/examples/A.java example/android/app/src/main/java/com/example/pier/Map.kt samples/src/main/java/com/example/A.java io/example/a.rs src/demo/A.java",
            ),
            (
                Zone::Test,
                "tests/a.py src/a_test.go test_a.py a.spec.ts Get-It.Tests.ps1 conftest.py x/__tests__/README.md testdata/package.json spec/a.ts src/Foo.Tests/A.cs FooTests/A.cs src/FooTests.cs docs/fixtures/a.md src/test/java/A.java sample_questions.txt data/example-input.txt",
            ),
            (
                Zone::History,
                "CHANGELOG.md HISTORY NEWS.rst docs/RELEASE-NOTES.md changelogs/1.md docs/release-notes/2.0.md docs/whats-new-in-x.md UPGRADING.md",
            ),
            (
                Zone::Archive,
                "archive/a.go docs/archive/a.md deprecated/a.py docs/legacy/a.md old/a.md pre-Dec2022/a.md old-docs/a.md README-OLD.md",
            ),
            (
                Zone::ThirdParty,
                "THIRD-PARTY-NOTICES ThirdPartyNotices.txt third_party/x/README.md LICENSES/MIT.txt THIRD_PARTY.md docs/third-party-licenses.md LICENSE-THIRD-PARTY.txt",
            ),
        ];
        for (expected, paths) in table {
            for path in paths.split(' ') {
                assert_eq!(zone(path), expected, "{path}");
            }
        }
    }
}
