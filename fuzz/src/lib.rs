//! What is fuzzed: every parser by its kind of file, the engine from a tree to a report,
//! pages of `derive`, packs, configurations. Each takes any bytes; none may panic.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use termscheck::budget::Budget;
use termscheck::config::Config;
use termscheck::derive::{self, Known, write};
use termscheck::facts::extract::Extractor;
use termscheck::pack::{self, Pack};
use termscheck::parse;
use termscheck::scan::{NoticeLevel, ScanOptions, scan_tree};
use termscheck::source::{FileId, Source};
use termscheck::tree::{self, Overlay, Texts};

/// A target: its name, and what it does with the bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("markdown", markdown),
    ("markup", markup),
    ("text", text),
    ("code", code),
    ("notebook", notebook),
    ("data", data),
    ("config_kinds", config_kinds),
    ("manifest", manifest),
    ("licence", licence),
    ("rates", rates),
    ("engine", engine),
    ("derive", derived),
    ("pack", pack_of),
    ("configuration", configuration),
];

/// Work that a file may take: no target may go on without end.
const WORK: u64 = 50_000_000;

fn packs() -> &'static [Pack] {
    static PACKS: OnceLock<Vec<Pack>> = OnceLock::new();
    PACKS.get_or_init(|| pack::load_embedded().expect("the packs that ship"))
}

/// The first byte chooses a path, the others are the file.
fn parsed(paths: &[&str], bytes: &[u8]) {
    static EXTRACTORS: OnceLock<Vec<Extractor>> = OnceLock::new();
    let Some((&first, rest)) = bytes.split_first() else {
        return;
    };
    let path = paths[usize::from(first) % paths.len()];
    let source = Source::decode(FileId(0), path, rest.to_vec()).with_budget(Budget::new(WORK));
    let kind = parse::kind::kind(path);
    let facts = parse::parse_to(&source, kind, parse::kind::zone(path), true);
    let extractors = EXTRACTORS.get_or_init(|| packs().iter().map(Extractor::new).collect());
    for extractor in extractors {
        let _ = extractor.extract(&source, &facts);
    }
}

/// Markdown, MDX and skills.
pub fn markdown(bytes: &[u8]) {
    parsed(&["README.md", "docs/a.mdx", "a/SKILL.md"], bytes);
}

/// HTML and SVG.
pub fn markup(bytes: &[u8]) {
    parsed(&["index.html", "a.svg"], bytes);
}

/// Other documents.
pub fn text(bytes: &[u8]) {
    parsed(&["a.rst", "a.adoc", "README.txt", "NOTICE"], bytes);
}

/// Code of every language.
pub fn code(bytes: &[u8]) {
    let paths = [
        "a.py", "a.js", "a.ts", "a.tsx", "a.cs", "a.go", "a.ps1", "A.java", "a.kt", "a.rs", "a.rb",
        "a.php", "a.sh", "a.dart",
    ];
    parsed(&paths, bytes);
}

/// Notebooks.
pub fn notebook(bytes: &[u8]) {
    parsed(&["a.ipynb"], bytes);
}

/// YAML, JSON, TOML.
pub fn data(bytes: &[u8]) {
    let paths = [
        "a.yaml",
        "a.json",
        "a.toml",
        "openapi.yaml",
        ".github/workflows/a.yml",
    ];
    parsed(&paths, bytes);
}

/// Configuration in syntaxes of its own.
pub fn config_kinds(bytes: &[u8]) {
    let paths = [
        "nginx.conf",
        "main.tf",
        "main.bicep",
        "crontab",
        "plan.jmx",
        "policy.xml",
        "deploy.yaml",
        "kong.yaml",
        "envoy.yaml",
    ];
    parsed(&paths, bytes);
}

/// Manifests.
pub fn manifest(bytes: &[u8]) {
    let paths = [
        "Cargo.toml",
        "package.json",
        "pyproject.toml",
        "setup.cfg",
        "setup.py",
        "a.vsixmanifest",
        "a.csproj",
        "a.nuspec",
        "a.psd1",
        "pom.xml",
        "go.mod",
        "composer.json",
        "a.gemspec",
        "Chart.yaml",
        "action.yml",
        "manifest.json",
        "REUSE.toml",
        ".reuse/dep5",
        "a.license",
        "mkdocs.yml",
        "book.toml",
        "meta.yaml",
        "a.cabal",
    ];
    parsed(&paths, bytes);
}

/// Licence texts.
pub fn licence(bytes: &[u8]) {
    parsed(&["LICENSE", "LICENSES/MIT.txt", "COPYING"], bytes);
}

/// Sentences and tables of rates.
pub fn rates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let reader = parse::rates::Reader::shared();
    for said in reader.read(&text) {
        assert!(text.get(said.range).is_some());
    }
    let _ = (
        reader.duration(&text),
        reader.unit_of(&text),
        reader.count(&text),
    );
    let _ = reader.seems_to_tell(&text, &[]);
}

/// A folder that nothing stands in, for what is laid over it.
fn nowhere() -> &'static Path {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    FOLDER
        .get_or_init(|| tempfile::tempdir().expect("a folder"))
        .path()
}

/// Scans a tree of these files. Returns those that the program failed on, and of how many a
/// part was not checked.
pub fn scanned(files: &[(PathBuf, Vec<u8>)]) -> (Vec<String>, usize) {
    let texts: Texts = files
        .iter()
        .map(|(path, bytes)| (path.clone(), Arc::from(bytes.as_slice())))
        .collect();
    let mut options = ScanOptions::new(nowhere());
    options.threads = 1;
    options.selection.pedantic = true;
    let folder = tree::of_folder(&options.root);
    let Ok(report) = scan_tree(&options, packs(), &Overlay::new(&*folder, &texts)) else {
        return (Vec::new(), 0);
    };
    let unchecked: Vec<_> = report
        .notices
        .iter()
        .filter(|notice| notice.level == NoticeLevel::Unchecked)
        .collect();
    let failed = unchecked
        .iter()
        .filter(|notice| notice.message.contains("the program failed"))
        .filter_map(|notice| notice.path.clone());
    (failed.collect(), unchecked.len())
}

/// The engine: the first byte tells how many files the rest is cut into, and each begins
/// with a byte that chooses its name.
pub fn engine(bytes: &[u8]) {
    const NAMES: &[&str] = &[
        "README.md",
        "a.py",
        "lib/b.py",
        "a.js",
        "a.cs",
        "a.go",
        "LICENSE",
        "NOTICE",
        "package.json",
        "docs/index.html",
        "docs/a.md",
        ".gitignore",
        ".gitmodules",
        "deploy.yaml",
        "termscheck.yaml",
        "a.ipynb",
    ];
    let Some((&first, rest)) = bytes.split_first() else {
        return;
    };
    let size = rest.len() / (usize::from(first) % 8 + 1) + 1;
    let files: Vec<_> = rest
        .chunks(size)
        .filter_map(|chunk| {
            let (&name, text) = chunk.split_first()?;
            let name = NAMES[usize::from(name) % NAMES.len()];
            Some((PathBuf::from(name), text.to_vec()))
        })
        .collect();
    let (failed, _) = scanned(&files);
    assert!(failed.is_empty(), "the program failed on {failed:?}");
}

/// Pages of `derive`, and the pack that is made of one.
pub fn derived(bytes: &[u8]) {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    let Some((&first, rest)) = bytes.split_first() else {
        return;
    };
    let name = ["page.md", "page.html"][usize::from(first) % 2];
    let known = KNOWN.get_or_init(|| Known::of(packs()));
    let facts = derive::derive(name, rest.to_vec(), known);
    let _ = write::page_yaml(&facts);
}

/// A pack: its manifest and a file of rules, parted by a NUL byte.
pub fn pack_of(bytes: &[u8]) {
    let mut parts = bytes.splitn(2, |&byte| byte == 0);
    let mut texts = Texts::new();
    for name in ["pack.yaml", "rules/a.yaml"] {
        if let Some(part) = parts.next() {
            texts.insert(PathBuf::from(name), Arc::from(part));
        }
    }
    let folder = tree::of_folder(nowhere());
    let _ = pack::load_from(&Overlay::new(&*folder, &texts), Path::new(""));
}

/// A configuration.
pub fn configuration(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("termscheck.yaml");
    if std::fs::write(&file, bytes).is_err() {
        return;
    }
    match Config::load(&file, folder.path(), None) {
        Ok(config) => {
            let _ = config.is_off("a.md", &["trademark/altered"]);
            let _ = config.excludes();
        }
        Err(error) => drop(error.to_string()),
    }
}
