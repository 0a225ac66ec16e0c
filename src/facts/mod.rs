//! The vocabulary between parsing and rules: what a file says, each fact with its
//! span. Parsers fill [`FileFacts`]; checks read it and never open a file.

pub mod code;
pub mod document;
pub mod extract;
pub mod links;
pub mod names;
pub mod ownership;
pub mod picture;
pub mod prose;
pub mod repository;
pub mod routes;
pub mod signals;

use std::sync::Arc;

pub use document::{Cell, DocfxMark, FencedCode, FrontMatterEntry, Heading, Link, Table};
pub use names::{
    DeclaredName, Holder, HolderRole, InformalGrant, LicenceDeclaration, LicenceSource,
    LicenceText, Misnamed, NameRole, Precedence,
};
pub use prose::{Prose, ProseContext};
pub use repository::{FileRecord, RepositoryFacts};
pub use signals::Signals;

use crate::source::Span;

/// Programming languages with a grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Python.
    Python,
    /// JavaScript, JSX included.
    JavaScript,
    /// TypeScript.
    TypeScript,
    /// TypeScript with JSX.
    Tsx,
    /// C#.
    CSharp,
    /// Go.
    Go,
    /// PowerShell scripts and modules.
    PowerShell,
    /// Java.
    Java,
    /// Kotlin.
    Kotlin,
    /// Rust.
    Rust,
    /// Ruby.
    Ruby,
    /// PHP.
    Php,
    /// POSIX shell and Bash.
    Bash,
    /// Dart.
    Dart,
    /// R.
    R,
    /// Lua.
    Lua,
}

/// What a file is, decided from its path alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// CommonMark with GitHub and DocFX extensions, MDX included.
    Markdown,
    /// reStructuredText.
    ReStructuredText,
    /// AsciiDoc.
    AsciiDoc,
    /// HTML pages.
    Html,
    /// Plain text: `README`, `NOTICE`, `*.txt`.
    Text,
    /// A licence text by its name: `LICENSE`, `COPYING`, `LICENCE-MIT`, `LICENSES/*`.
    Licence,
    /// A package manifest.
    Manifest(ManifestKind),
    /// Source code.
    Code(Language),
    /// Structured data that is no manifest: YAML, JSON, TOML. Scanned for limits
    /// and licence fields only.
    Data(DataFormat),
    /// Configuration, of which only what it forwards to or calls is read.
    Config(ConfigSyntax),
    /// Jupyter notebooks, of which only the calls in code cells are read.
    Notebook,
    /// Screens and templates in languages without a parser, of which only quoted
    /// addresses, scripts and the words of checks are read.
    View,
    /// SVG drawings.
    Svg,
    /// Pictures of pixels, of which only what is to be seen is read.
    Picture,
    /// Anything else; never parsed.
    Other,
}

/// Formats of [`FileKind::Data`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DataFormat {
    /// YAML.
    Yaml,
    /// JSON.
    Json,
    /// TOML.
    Toml,
}

/// Syntaxes of [`FileKind::Config`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConfigSyntax {
    /// XML: policies, test plans.
    Xml,
    /// nginx configuration.
    Nginx,
    /// HCL, the language of Terraform.
    Hcl,
    /// Bicep.
    Bicep,
    /// Tables of cron.
    Crontab,
    /// A name and a value a line: environment files, properties.
    Lines,
}

/// The manifests that are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ManifestKind {
    /// `Cargo.toml`.
    Cargo,
    /// `package.json`.
    PackageJson,
    /// `pyproject.toml`.
    PyProject,
    /// `setup.cfg`.
    SetupCfg,
    /// `setup.py`.
    SetupPy,
    /// `*.vsixmanifest`.
    Vsix,
    /// `*.csproj`, `*.fsproj`, `*.vbproj`, `Directory.Build.props`.
    MsBuild,
    /// `*.nuspec`.
    NuSpec,
    /// `*.psd1`.
    PowerShellData,
    /// `pom.xml`.
    MavenPom,
    /// `go.mod`.
    GoMod,
    /// `composer.json`.
    Composer,
    /// `*.gemspec`.
    GemSpec,
    /// Helm `Chart.yaml`.
    HelmChart,
    /// GitHub `action.yml`.
    GitHubAction,
    /// Browser-extension or web-app `manifest.json`.
    AppManifest,
    /// `REUSE.toml`.
    ReuseToml,
    /// `.reuse/dep5`.
    ReuseDep5,
    /// A `NAME.license` sidecar file.
    ReuseSidecar,
    /// Front matter of an agent skill, `SKILL.md`.
    Skill,
    /// A documentation site's configuration: `mkdocs.yml`, `docs.json`, `_config.yml`, `book.toml`.
    SiteConfig,
    /// OpenAPI description with `info.title` and `info.license`.
    OpenApi,
    /// A description of `packages.yaml`, which is read for its licence alone.
    Described,
}

/// What part of a repository a file belongs to, decided from its path alone.
/// Everything but `Project` and `Docs` keeps trademark and throttling rules quiet
/// unless a rule's YAML says otherwise.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Zone {
    /// The project's own code, manifests and top-level documents.
    Project,
    /// Documentation folders.
    Docs,
    /// Examples and samples that readers copy.
    Example,
    /// Tests, mocks, fixtures, snapshots, test data.
    Test,
    /// Changelogs, release notes, migration histories.
    History,
    /// Archived and deprecated material.
    Archive,
    /// Third-party notices and licence collections.
    ThirdParty,
}

/// A suppression comment, as written; [`crate::suppress`] judges it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The whole comment.
    pub span: Span,
    /// Everything after `termscheck:`, trimmed.
    pub text: String,
}

/// Something that could not be parsed; the rest of the file still was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where, when known.
    pub span: Option<Span>,
    /// What went wrong, in a sentence.
    pub message: String,
}

/// Everything one file says.
#[derive(Debug)]
pub struct FileFacts {
    /// What the file is.
    pub kind: FileKind,
    /// Where in the repository it lies.
    pub zone: Zone,
    /// Prose in reading order.
    pub prose: Vec<Prose>,
    /// Comments of a document, which its readers do not see.
    pub comments: Vec<Prose>,
    /// Headings in order; each is in `prose` too.
    pub headings: Vec<Heading>,
    /// Links and images.
    pub links: Vec<Link>,
    /// Pictures that it uses.
    pub pictures: Vec<picture::PictureUse>,
    /// Tables; their cells are in `prose` too.
    pub tables: Vec<Table>,
    /// Front matter or the top-level mapping of a metadata file.
    pub front_matter: Vec<FrontMatterEntry>,
    /// DocFX constructs.
    pub docfx: Vec<DocfxMark>,
    /// Fenced code blocks of documents.
    pub fences: Vec<FencedCode>,
    /// Names that this file gives to the project.
    pub names: Vec<DeclaredName>,
    /// Licences that this file declares.
    pub licences: Vec<LicenceDeclaration>,
    /// The licence text this file is, for [`FileKind::Licence`].
    pub licence_text: Option<LicenceText>,
    /// For a text in `LICENSES/`: it is another licence's.
    pub misnamed: Option<Misnamed>,
    /// Permissions that are no licence.
    pub informal: Vec<InformalGrant>,
    /// Copyright holders, authors and publishers.
    pub holders: Vec<Holder>,
    /// Literals of code that hold an address (`://`), and the scripts of a page.
    pub addresses: Vec<Span>,
    /// Suppression comments.
    pub directives: Vec<Directive>,
    /// Calls, loops, limiters and retries, for code.
    pub code: code::CodeFacts,
    /// What configuration forwards to or calls.
    pub routes: Vec<routes::Route>,
    /// Addresses that a data file sets for the programs that read it, by their keys.
    pub settings: Vec<(String, code::Text)>,
    /// Text that it has in common with pages of the indexes, most first.
    pub shared: Vec<crate::index::Shared>,
    /// What each pack's vocabularies find in all of that, by pack index.
    pub signals: Vec<Signals>,
    /// What could not be parsed.
    pub problems: Vec<Problem>,
}

impl FileFacts {
    /// No facts yet.
    pub fn new(kind: FileKind, zone: Zone) -> Self {
        Self {
            kind,
            zone,
            prose: Vec::new(),
            comments: Vec::new(),
            headings: Vec::new(),
            links: Vec::new(),
            pictures: Vec::new(),
            tables: Vec::new(),
            front_matter: Vec::new(),
            docfx: Vec::new(),
            fences: Vec::new(),
            names: Vec::new(),
            licences: Vec::new(),
            licence_text: None,
            misnamed: None,
            informal: Vec::new(),
            holders: Vec::new(),
            addresses: Vec::new(),
            directives: Vec::new(),
            code: code::CodeFacts::default(),
            routes: Vec::new(),
            settings: Vec::new(),
            shared: Vec::new(),
            signals: Vec::new(),
            problems: Vec::new(),
        }
    }
}

/// A shared path, relative to the scan root.
pub type RelativePath = Arc<str>;
