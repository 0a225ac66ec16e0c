//! `termscheck fix`: what it mends, what it keeps, and what it leaves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Duration;

use proptest::prelude::*;
use termscheck::config::{Config, Settings};
use termscheck::fix::{Plan, Wanted};
use termscheck::pack::{Pack, load_embedded};
use termscheck::scan::{ScanOptions, scan};
use termscheck::selection::Selection;
use termscheck::source::Encoding;
use termscheck::tree::WriteError;

use crate::remedy::kinds;
use crate::rules::{folders, has_own_cases, lay_beside, lay_out, marker, name, testdata};
use crate::support::{Fixture, Run, run};

/// A page with all that an attribution needs but what was changed.
const PAGE: &str = "---\ntitle: List machines API\nms.assetid: 785a4c3d-df4e-4d58-a4b9-bcca685aa303\noriginal_url: https://learn.microsoft.com/en-us/defender-endpoint/api/get-machines\n---\n# List machines API\n\nWords.\n";

/// The attribution of that page.
const WORDS: &str = "“List machines API” by Microsoft and contributors, https://learn.microsoft.com/en-us/defender-endpoint/api/get-machines, licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). Changes: shortened.";

const NOTICE: &str = "Microsoft is a trademark of the Microsoft group of companies. This project is not affiliated with, endorsed by or sponsored by Microsoft.";

fn fix(fixture: &Fixture, arguments: &[&str]) -> Run {
    run(&mut fixture.bare(&[&["fix", "--pedantic"], arguments].concat()))
}

/// Every file of the repository.
fn files(fixture: &Fixture) -> BTreeMap<String, Vec<u8>> {
    let root = fixture.root();
    let entries = walkdir::WalkDir::new(&root).into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(&root).expect("below the root");
            let bytes = fs::read(entry.path()).expect("a file");
            (path.to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

fn text(fixture: &Fixture, path: &str) -> String {
    fs::read_to_string(fixture.root().join(path)).expect("a text")
}

#[test]
fn mode_encoding_and_line_ends_are_kept() {
    let fixture = Fixture::new(&[("LICENSE", "x\n")]);
    let before = "We run née Microsoft Sharepoint.\r\n\r\nWe run Sharepoint again\r\n";
    let after = before.replace("Sharepoint", "SharePoint");
    let encodings = [
        ("utf8.md", Encoding::Utf8),
        ("bom.md", Encoding::Utf8Bom),
        ("little.md", Encoding::Utf16Le),
        ("big.md", Encoding::Utf16Be),
    ];
    for (path, encoding) in encodings {
        fixture.write(path, encoding.bytes(before));
    }
    let latin = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    fixture.write("latin.md", latin(before));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(fixture.root().join("utf8.md"), mode).expect("a mode");
    }
    let patch = fix(&fixture, &["--diff"]);
    assert_eq!(patch.code, 1, "{}", patch.err);
    assert!(
        patch.out.contains("+We run SharePoint again"),
        "{}",
        patch.out
    );
    assert_eq!(text(&fixture, "utf8.md"), before, "a patch writes nothing");
    let done = fix(&fixture, &[]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.out.contains("bom.md: 2 edits (trademark/altered)"),
        "{}",
        done.out
    );
    assert!(done.err.contains("5 files changed"), "{}", done.err);
    let now = files(&fixture);
    for (path, encoding) in encodings {
        assert_eq!(now[path], encoding.bytes(&after), "{path}");
    }
    assert_eq!(now["latin.md"], latin(&after));
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let found = fs::metadata(fixture.root().join("utf8.md")).expect("there");
        assert_eq!(found.mode() & 0o777, 0o755);
    }
    // Nothing is left behind, and a second run has nothing to do.
    assert_eq!(now.len(), 6);
    let again = fix(&fixture, &[]);
    assert!(again.err.contains("0 files changed"), "{}", again.err);
    assert_eq!(files(&fixture), now);
    assert_eq!(fix(&fixture, &["--diff"]).code, 0);
}

#[test]
fn what_has_to_be_looked_at_is_left_until_it_is_asked_for() {
    let fixture = Fixture::new(&[
        (
            "a.md",
            "Microsoft.\n\nSharepoint here.\n\nThe portal (Azure Sentinel) is here.\n",
        ),
        (
            "b.md",
            "Microsoft.\n\n<!-- termscheck: ignore trademark/altered -- a quotation -->\nSharepoint here.\n",
        ),
    ]);
    let done = fix(&fixture, &[]);
    assert!(
        done.err.contains("1 more edit has to be looked at"),
        "{}",
        done.err
    );
    let safe = text(&fixture, "a.md");
    assert!(
        safe.contains("SharePoint") && safe.contains("Azure Sentinel"),
        "{safe}"
    );
    assert!(
        text(&fixture, "b.md").contains("Sharepoint"),
        "it is suppressed"
    );
    fix(&fixture, &["--unsafe"]);
    assert!(text(&fixture, "a.md").contains("(Microsoft Sentinel)"));
    // What a baseline accepts is left.
    fixture.write("a.md", "Microsoft.\n\nSharepoint here.\n");
    let accept = ["baseline", "--pedantic", "-q"];
    assert_eq!(run(&mut fixture.bare(&accept)).code, 0);
    fix(&fixture, &["--baseline", "termscheck-baseline.json"]);
    assert!(text(&fixture, "a.md").contains("Sharepoint"));
}

/// A repository with a page to attribute and a name without a notice.
fn unattributed(style: &str) -> Fixture {
    let fixture = Fixture::new(&[
        ("docs/list.md", PAGE),
        ("README.md", "# Microsoft Backup Helper\n\nKeeps copies.\n"),
        (
            "package.json",
            "{\"name\": \"microsoft-backup-helper\", \"license\": \"MIT\"}\n",
        ),
        (".git/HEAD", "ref: refs/heads/main\n"),
    ]);
    if !style.is_empty() {
        let config = format!("attribution:\n  style: {style}\n  changes: shortened\n");
        fixture.write("termscheck.yaml", config);
    }
    fixture
}

fn rules_of(fixture: &Fixture) -> BTreeSet<String> {
    let run = run(&mut fixture.bare(&["--format", "json"]));
    run.found().into_iter().map(|(rule, _)| rule).collect()
}

#[test]
fn attributions_are_written_as_the_configuration_says() {
    let reuse = format!(
        "version = 1\n\n[[annotations]]\npath = \"docs/list.md\"\nSPDX-FileCopyrightText = \
         \"Microsoft\"\nSPDX-License-Identifier = \"CC-BY-4.0\"\nSPDX-FileComment = \"{WORDS}\"\n"
    );
    let of_file = |words: &str| format!("# Attribution\n\n{words}\n");
    let readme = format!("# Microsoft Backup Helper\n\nKeeps copies.\n\n{NOTICE}\n");
    for (style, wanted) in [
        (
            "footer",
            vec![
                ("docs/list.md", format!("{PAGE}\n{WORDS}\n")),
                ("README.md", readme.clone()),
            ],
        ),
        (
            "ATTRIBUTION.md",
            vec![
                ("docs/ATTRIBUTION.md", of_file(WORDS)),
                ("ATTRIBUTION.md", of_file(NOTICE)),
            ],
        ),
        (
            "REUSE.toml",
            vec![("REUSE.toml", reuse), ("README.md", readme)],
        ),
    ] {
        let fixture = unattributed(style);
        let before = files(&fixture);
        let asked = rules_of(&fixture);
        let done = fix(&fixture, &[]);
        assert_eq!(done.code, 0, "{style}: {}", done.err);
        for (path, text) in &wanted {
            assert_eq!(self::text(&fixture, path), *text, "{style}: {}", done.err);
        }
        let now = files(&fixture);
        for (path, bytes) in &before {
            assert!(
                now[path].starts_with(bytes),
                "{style}: {path} is written over"
            );
        }
        if style == "REUSE.toml" {
            assert!(text(&fixture, "LICENSES/CC-BY-4.0.txt").contains("Attribution 4.0"));
        }
        let left = rules_of(&fixture);
        let gone: Vec<&str> = asked.difference(&left).map(String::as_str).collect();
        assert_eq!(gone, ["attribution/incomplete"], "{style}: {left:?}");
        assert!(left.is_subset(&asked), "{style}: {left:?}");
        fix(&fixture, &[]);
        assert_eq!(files(&fixture), now, "{style}: a second run writes more");
    }
}

#[test]
fn nothing_is_made_up() {
    let without_style = unattributed("");
    let before = files(&without_style);
    let done = fix(&without_style, &[]);
    assert!(
        done.err.contains("2 attributions or notices are missing"),
        "{}",
        done.err
    );
    assert_eq!(files(&without_style), before);

    let fixture = unattributed("");
    fixture.write("termscheck.yaml", "attribution: { style: footer }\n");
    let page = "---\nms.assetid: 785a4c3d-df4e-4d58-a4b9-bcca685aa303\n---\nWords.\n";
    fixture.write("docs/bare.md", page);
    let done = fix(&fixture, &[]);
    assert_eq!(done.code, 0, "{}", done.err);
    for wanted in [
        "docs/bare.md: nobody says its title and where the original is and what was changed",
        "docs/list.md: nobody says what was changed (`attribution.changes` in termscheck.yaml)",
    ] {
        assert!(done.err.contains(wanted), "{}", done.err);
    }
    assert_eq!(text(&fixture, "docs/bare.md"), page);
    assert_eq!(text(&fixture, "docs/list.md"), PAGE);
    assert!(text(&fixture, "README.md").ends_with(&format!("{NOTICE}\n")));
    fixture.write("termscheck.yaml", "attribution: { changes: <what> }\n");
    let refused = fix(&fixture, &[]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("a placeholder"), "{}", refused.err);
}

#[test]
fn one_page_that_is_not_known_keeps_no_other_from_being_attributed() {
    let fixture = unattributed("ATTRIBUTION.md");
    let bare = PAGE.replace("original_url", "x");
    for page in ["docs/a.md", "docs/z.md"] {
        fixture.write(page, &bare);
    }
    fixture.write("docs/b.md", PAGE);
    let done = fix(&fixture, &[]);
    assert_eq!(
        text(&fixture, "docs/ATTRIBUTION.md")
            .matches("by Microsoft")
            .count(),
        2
    );
    let told = done.err.matches("nobody says where the original is");
    assert_eq!(told.count(), 2, "{}", done.err);
}

#[test]
fn what_is_there_is_added_to_and_never_written_over() {
    let fixture = unattributed("ATTRIBUTION.md");
    fixture.write(
        "docs/ATTRIBUTION.md",
        "# Ours\r\n\r\nSome icons by Jane.\r\n",
    );
    fix(&fixture, &[]);
    let wanted = format!("# Ours\r\n\r\nSome icons by Jane.\r\n\r\n{WORDS}\r\n");
    assert_eq!(text(&fixture, "docs/ATTRIBUTION.md"), wanted);

    let fixture = unattributed("REUSE.toml");
    let reuse = "version = 1\n\n[[annotations]]\npath = \"src/**\"\nSPDX-FileCopyrightText = \"Jane\"\nSPDX-License-Identifier = \"MIT\"";
    fixture.write("REUSE.toml", reuse);
    fix(&fixture, &[]);
    let now = text(&fixture, "REUSE.toml");
    assert!(
        now.starts_with(&format!("{reuse}\n\n[[annotations]]\n")),
        "{now}"
    );
    // Tables can't be added to a list on one line.
    let fixture = unattributed("REUSE.toml");
    let inline = "version = 1\nannotations = []\n";
    fixture.write("REUSE.toml", inline);
    let done = fix(&fixture, &[]);
    assert!(
        done.err.contains("REUSE.toml: it can't be added to"),
        "{}",
        done.err
    );
    assert_eq!(text(&fixture, "REUSE.toml"), inline);
}

#[test]
fn a_text_that_would_not_be_found_is_not_written() {
    let fixture = unattributed("footer");
    let open = format!("{PAGE}\n```sh\nopen\n");
    fixture.write("docs/list.md", &open);
    let done = fix(&fixture, &[]);
    assert!(
        done.err
            .contains("docs/list.md: the text would not be found there"),
        "{}",
        done.err
    );
    assert_eq!(text(&fixture, "docs/list.md"), open);
    assert!(
        text(&fixture, "README.md").contains("not affiliated"),
        "the other is"
    );
}

#[test]
fn files_that_are_not_ones_own_or_not_to_be_written_are_left() {
    let fixture = Fixture::new(&[
        ("a.md", "Microsoft.\n\nSharepoint here.\n"),
        ("sub/b.md", "Microsoft.\n\nSharepoint here.\n"),
        ("sub/.git", "gitdir: ../.git/modules/sub\n"),
        (
            ".gitmodules",
            "[submodule \"sub\"]\n\tpath = sub\n\turl = https://example.com/a/b\n",
        ),
        (".git/HEAD", "ref: refs/heads/main\n"),
    ]);
    fixture.write("c.md", "Microsoft.\n\nSharepoint here.\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let mode = fs::Permissions::from_mode(0o444);
        fs::set_permissions(fixture.root().join("c.md"), mode).expect("a mode");
        fs::write(
            fixture.path("outside.md"),
            "Microsoft.\n\nSharepoint here.\n",
        )
        .expect("a file");
        symlink("../outside.md", fixture.root().join("link.md")).expect("a link");
        let done = fix(&fixture, &[]);
        assert_eq!(done.code, 2, "{}", done.err);
        assert!(done.err.contains("c.md: is read-only"), "{}", done.err);
        assert!(text(&fixture, "c.md").contains("Sharepoint"));
        let outside = fs::read_to_string(fixture.path("outside.md")).expect("a file");
        assert!(outside.contains("Sharepoint"));
    }
    #[cfg(not(unix))]
    fix(&fixture, &[]);
    assert!(text(&fixture, "a.md").contains("SharePoint"));
    assert!(text(&fixture, "sub/b.md").contains("Sharepoint"));
}

fn options(root: &Path) -> ScanOptions {
    ScanOptions {
        threads: 2,
        selection: Selection::everything(),
        ..ScanOptions::new(root)
    }
}

fn plan(options: &ScanOptions, packs: &[Pack], unsafe_edits: bool) -> Plan {
    let wanted = Wanted {
        unsafe_edits,
        accept: &|_| {},
    };
    Plan::of(options, packs, &wanted).expect("a sound configuration")
}

#[test]
fn a_file_that_changed_is_left_as_it_is() {
    let packs = load_embedded().expect("the shipped packs load");
    let fixture = Fixture::new(&[
        ("a.md", "Microsoft.\n\nSharepoint here.\n"),
        ("b.md", "Microsoft.\n\nSharepoint there.\n"),
    ]);
    let plan = plan(&options(&fixture.root()), &packs, false);
    assert_eq!(plan.changes.len(), 2);
    fixture.write("a.md", "Microsoft.\n\nSharepoint here!\n");
    let failed = plan.write(&fixture.root());
    assert_eq!(failed.len(), 1);
    assert!(matches!(&failed[0], (path, WriteError::Changed) if path == "a.md"));
    assert!(text(&fixture, "a.md").ends_with("Sharepoint here!\n"));
    assert!(text(&fixture, "b.md").contains("SharePoint"));
}

#[cfg(unix)]
#[test]
fn a_run_that_is_killed_loses_nothing() {
    let before = format!(
        "Microsoft.\n\nSharepoint here.\n{}",
        "Words.\n".repeat(2_000)
    );
    let after = before.replace("Sharepoint", "SharePoint");
    let fixture = Fixture::new(&[]);
    for index in 0..120 {
        fixture.write(&format!("{index}.md"), &before);
    }
    for wait in [0, 400, 900, 1_600, 2_500] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_termscheck"));
        command
            .current_dir(fixture.root())
            .args(["fix", "--pedantic", "-q"]);
        let mut child = command.spawn().expect("the binary runs");
        std::thread::sleep(Duration::from_millis(wait));
        // It may have ended already.
        let _ = child.kill();
        child.wait().expect("it ended");
        let mut whole = 0;
        for (path, bytes) in files(&fixture) {
            let known = bytes == before.as_bytes() || bytes == after.as_bytes();
            let link = Path::new(&path).extension().is_none();
            assert!(known, "{path} is neither old nor new after {wait} ms");
            whole += usize::from(!link);
        }
        assert_eq!(whole, 120);
    }
    assert_eq!(fix(&fixture, &[]).code, 0);
    for index in 0..120 {
        assert_eq!(text(&fixture, &format!("{index}.md")), after);
    }
}

/// What is wrong after the fixes were made: a finding that has come, an edit that is still
/// to be made, a second run that changes more.
fn judge(options: &ScanOptions, packs: &[Pack], unsafe_edits: bool) -> Vec<String> {
    let before = kinds(&scan(options, packs).expect("a sound configuration"));
    let done = plan(options, packs, unsafe_edits);
    let mut wrong: Vec<String> = done
        .refused
        .iter()
        .map(|left| format!("{left:?}"))
        .collect();
    for (path, error) in done.write(&options.root) {
        wrong.push(format!("{path}: {error}"));
    }
    let report = scan(options, packs).expect("a sound configuration");
    for (rule, path) in kinds(&report).difference(&before) {
        wrong.push(format!("has come: {rule} {path}"));
    }
    for finding in report
        .findings
        .iter()
        .filter(|one| one.suppressed.is_none())
    {
        if finding.fixes().any(|fix| fix.safe || unsafe_edits) {
            wrong.push(format!("still there: {}", finding.message));
        }
    }
    for path in plan(options, packs, unsafe_edits).changes.keys() {
        wrong.push(format!("changed twice: {path}"));
    }
    wrong
}

#[test]
fn fixes_of_every_case_are_harmless_and_made_once() {
    let packs = load_embedded().expect("the shipped packs load");
    let mut failures = Vec::new();
    let mut mended = 0;
    let cased = packs.iter().filter(|pack| !has_own_cases(pack));
    for compiled in cased.flat_map(|pack| &pack.rules) {
        let rule = compiled.rule.reported().replace('/', "--");
        for case in folders(&testdata().join(&rule).join("bad")) {
            for unsafe_edits in [false, true] {
                let target = tempfile::tempdir().expect("a temp folder");
                lay_out(&case, target.path(), &marker());
                lay_beside(&testdata().join(&rule).join("also"), target.path());
                let yaml = fs::read_to_string(target.path().join("termscheck.yaml"));
                let mut settings: Settings = yaml.map_or_else(
                    |_| Settings::default(),
                    |text| serde_yaml::from_str(&text).expect("a config"),
                );
                settings.packs = Some(vec![compiled.rule.pack.to_string()]);
                settings.attribution.style = Some(termscheck::config::AttributionStyle::Footer);
                settings.attribution.changes = Some("none".to_owned());
                let options = ScanOptions {
                    config: Config::of(settings, target.path()),
                    ..options(target.path())
                };
                if plan(&options, &packs, unsafe_edits).changes.is_empty() {
                    continue;
                }
                mended += 1;
                let wrong = judge(&options, &packs, unsafe_edits);
                let of = format!("{rule} {} unsafe={unsafe_edits}", name(&case));
                failures.extend(wrong.into_iter().map(|wrong| format!("{of}: {wrong}")));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(mended > 40, "{mended} cases are mended");
}

/// Lines that have something to mend, or not.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let line = prop_oneof![
        Just("We run Sharepoint in production."),
        Just("Open an Azure ATP rule, then a Azure Sentinel rule."),
        Just("The portal (Azure Sentinel) and Windows Defender ATP."),
        Just("# Sharepoint and Azure Sentinel"),
        Just("- [Sharepoint](a.md) `Sharepoint` *Azure Sentinel*"),
        Just("| Sharepoint | Azure ATP | née |"),
        Just("```"),
        Just("Plain words."),
        Just(""),
    ];
    proptest::collection::vec(line.prop_map(str::to_owned), 0..14)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_mended_once_and_for_all(
        lines in lines(),
        crlf in any::<bool>(),
        encoding in prop_oneof![Just(Encoding::Utf8), Just(Encoding::Utf8Bom), Just(Encoding::Utf16Le)],
        unsafe_edits in any::<bool>(),
    ) {
        static PACKS: std::sync::OnceLock<Vec<Pack>> = std::sync::OnceLock::new();
        let packs = PACKS.get_or_init(|| load_embedded().expect("the shipped packs load"));
        let newline = if crlf { "\r\n" } else { "\n" };
        let text = format!("Microsoft.{newline}{newline}{}{newline}", lines.join(newline));
        let fixture = Fixture::new(&[]);
        fixture.write("a.md", encoding.bytes(&text));
        let wrong = judge(&options(&fixture.root()), packs, unsafe_edits);
        prop_assert!(wrong.is_empty(), "{}: {:?}", text, wrong);
        let now = fs::read(fixture.root().join("a.md")).expect("there");
        let now = termscheck::source::Source::decode(termscheck::source::FileId(0), "a.md", now);
        prop_assert_eq!(now.encoding, encoding);
        prop_assert_eq!(now.text.matches('\n').count(), text.matches('\n').count());
        prop_assert_eq!(now.text.matches('\r').count(), text.matches('\r').count());
    }
}

#[test]
#[cfg(unix)]
fn a_patch_is_of_the_file_that_it_names() {
    let words = "Microsoft.\n\nWe run Sharepoint here.\n";
    let fixture = Fixture::new(&[("LICENSE", "x\n"), ("bom.md", &format!("\u{feff}{words}"))]);
    fs::create_dir_all(fixture.root().join("q\n+++ b")).expect("a folder");
    fixture.write("q\n+++ b/a.md", words);
    let run = fix(&fixture, &["--diff"]);
    let heads: Vec<&str> = run
        .out
        .lines()
        .filter(|line| line.starts_with("+++"))
        .collect();
    assert_eq!(
        heads,
        ["+++ b/bom.md", "+++ \"b/q\\n+++ b/a.md\""],
        "{run:?}"
    );
    assert!(run.out.contains("\n \u{feff}Microsoft.\n"), "{run:?}");
}

#[test]
fn no_edit_breaks_the_markup_around_it() {
    let fixture = Fixture::new(&[
        ("LICENSE", "x\n"),
        (
            "a.rst",
            "Use it\n\nWindows Defender ATP\n--------------------\n\nText\n",
        ),
        (
            "b.adoc",
            "Use it\n\nWindows Defender ATP\n--------------------\n\nText\n",
        ),
        (
            "c.md",
            "See [Windows Defender ATP].\n\n[Windows Defender ATP]: https://x.example\n",
        ),
    ]);
    let before = files(&fixture);
    fix(&fixture, &["--unsafe"]);
    assert_eq!(files(&fixture), before);
}

/// A name and its short form in parentheses are one name; a feature has the family's.
#[test]
fn names_of_features_are_those_of_the_owner() {
    let fixture = Fixture::new(&[(
        "README.md",
        "# Quayside\n\nQuayside reads the list of machines from Microsoft Intune.\n\n\
         The keeper of an Azure Active Directory (Azure AD) tenant, or of an Azure AD group, signs \
         in to Azure AD.\n",
    )]);
    fix(&fixture, &["--unsafe"]);
    let text = std::fs::read_to_string(fixture.root().join("README.md")).expect("the page");
    assert!(
        text.contains(
            "The keeper of a Microsoft Entra tenant, or of a Microsoft Entra group, signs in to \
             Microsoft Entra ID."
        ),
        "{text}"
    );
}
