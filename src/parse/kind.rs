//! What a file is and which part of the repository it belongs to, from its path alone.
//!
//! Called once for every walked file, so: no regular expressions, no allocation.

mod licence;
mod zone;

use crate::facts::{ConfigSyntax, DataFormat, FileKind, Language, ManifestKind, Zone};
use crate::parse::manifest::described::is_described;
use crate::source::ceil_boundary;

pub use zone::zone;

/// The kind of the file at `path` (relative, `/`-separated).
pub fn kind(path: &str) -> FileKind {
    let name = file_name(path);
    let mut buffer = Folded::new();
    let lower = buffer.fold(name);
    if let Some(manifest) = manifest(path, lower) {
        return FileKind::Manifest(manifest);
    }
    if is_noise(lower) {
        return FileKind::Other;
    }
    let by_extension = match by_extension(lower) {
        FileKind::Other | FileKind::View if is_site_template(path, lower) => FileKind::Html,
        kind => kind,
    };
    if licence::is_licence(path, name, lower, by_extension) {
        return FileKind::Licence;
    }
    if by_extension == FileKind::Other && is_plain_document(name, lower) {
        return FileKind::Text;
    }
    by_extension
}

/// Whether a file is parsed even when no trigger stands in it: manifests,
/// licences and the few documents that speak for the whole repository.
pub fn always_parse(path: &str, kind: FileKind) -> bool {
    match kind {
        FileKind::Licence => true,
        FileKind::Manifest(_) => zone(path) != Zone::Test,
        _ if is_document(kind) => {
            let mut buffer = Folded::new();
            let name = file_name(path);
            speaks_for_repository(name, buffer.fold(name)) && zone(path) != Zone::Test
        }
        _ => false,
    }
}

/// Whether a file is XML that has the ending of a language by chance, as the translations of
/// Qt have (`.ts`). No program in one begins so, but templates of PHP do.
pub fn is_no_code(kind: FileKind, bytes: &[u8]) -> bool {
    let FileKind::Code(language) = kind else {
        return false;
    };
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = text.trim_ascii_start();
    let begins = |with: &[u8]| {
        text.get(..with.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    language != Language::Php && (begins(b"<?xml") || begins(b"<!doctype"))
}

/// Markup or plain text that people read.
pub fn is_document(kind: FileKind) -> bool {
    matches!(
        kind,
        FileKind::Markdown
            | FileKind::ReStructuredText
            | FileKind::AsciiDoc
            | FileKind::Html
            | FileKind::Text
    )
}

/// Text of a kind that is read.
pub fn is_text(kind: FileKind) -> bool {
    !matches!(kind, FileKind::Other | FileKind::Picture)
}

/// Whether `path` is a README by its name, in whatever markup.
pub fn is_readme(path: &str) -> bool {
    let mut buffer = Folded::new();
    begins_word(buffer.fold(file_name(path)), "readme")
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A name in ASCII lower case, on the stack.
struct Folded([u8; Self::CAPACITY]);

impl Folded {
    const CAPACITY: usize = 128;

    fn new() -> Self {
        Self([0; Self::CAPACITY])
    }

    /// Lower-cases `name`. Of a name that is too long the end is kept, which holds
    /// the extension.
    fn fold(&mut self, name: &str) -> &str {
        let start = ceil_boundary(name, name.len().saturating_sub(Self::CAPACITY));
        let name = &name.as_bytes()[start..];
        let folded = &mut self.0[..name.len()];
        folded.copy_from_slice(name);
        folded.make_ascii_lowercase();
        std::str::from_utf8(folded).unwrap_or("")
    }
}

fn split_extension(lower: &str) -> (&str, &str) {
    match lower.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, extension),
        _ => (lower, ""),
    }
}

/// `word` at the start of `name`, followed by no letter (`s` for a plural aside).
fn begins_word(name: &str, word: &str) -> bool {
    name.strip_prefix(word).is_some_and(|rest| {
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        !rest.starts_with(|c: char| c.is_alphabetic())
    })
}

fn manifest(path: &str, lower: &str) -> Option<ManifestKind> {
    let (stem, extension) = split_extension(lower);
    Some(match lower {
        "cargo.toml" => ManifestKind::Cargo,
        "package.json" => ManifestKind::PackageJson,
        "pyproject.toml" => ManifestKind::PyProject,
        "setup.cfg" => ManifestKind::SetupCfg,
        "setup.py" => ManifestKind::SetupPy,
        "directory.build.props" | "directory.build.targets" => ManifestKind::MsBuild,
        "pom.xml" => ManifestKind::MavenPom,
        "go.mod" => ManifestKind::GoMod,
        "composer.json" => ManifestKind::Composer,
        "chart.yaml" | "chart.yml" => ManifestKind::HelmChart,
        "action.yaml" | "action.yml" => ManifestKind::GitHubAction,
        "manifest.json" => ManifestKind::AppManifest,
        "reuse.toml" => ManifestKind::ReuseToml,
        "skill.md" => ManifestKind::Skill,
        "mkdocs.yml" | "mkdocs.yaml" | "docs.json" | "mint.json" | "_config.yml"
        | "_config.yaml" | "book.toml" | "cname" => ManifestKind::SiteConfig,
        "dep5" if path == ".reuse/dep5" || path.ends_with("/.reuse/dep5") => {
            ManifestKind::ReuseDep5
        }
        _ => match extension {
            "csproj" | "fsproj" | "vbproj" => ManifestKind::MsBuild,
            "nuspec" => ManifestKind::NuSpec,
            "vsixmanifest" => ManifestKind::Vsix,
            "psd1" => ManifestKind::PowerShellData,
            "gemspec" => ManifestKind::GemSpec,
            "webmanifest" => ManifestKind::AppManifest,
            "license" => ManifestKind::ReuseSidecar,
            "yaml" | "yml" | "json"
                if (begins_word(stem, "openapi") || begins_word(stem, "swagger"))
                    && !path.contains(".github/") =>
            {
                ManifestKind::OpenApi
            }
            _ if is_described(path, lower) => ManifestKind::Described,
            _ => return None,
        },
    })
}

/// Whether a file is code that a bundler wrote, by its name in lower case.
pub fn is_bundle(lower: &str) -> bool {
    [".min.js", ".min.mjs", ".bundle.js"]
        .iter()
        .any(|end| lower.ends_with(end))
}

/// Written by tools for tools: lock files, bundles, lists of requirements.
fn is_noise(lower: &str) -> bool {
    matches!(
        lower,
        "package-lock.json"
            | "npm-shrinkwrap.json"
            | "pnpm-lock.yaml"
            | "pnpm-lock.yml"
            | "packages.lock.json"
            | "project.assets.json"
            | "cmakelists.txt"
            | "robots.txt"
    ) || is_bundle(lower)
        || (split_extension(lower).1 == "txt"
            && (begins_word(lower, "requirement") || begins_word(lower, "constraint")))
}

fn by_extension(lower: &str) -> FileKind {
    let (stem, extension) = split_extension(lower);
    match extension {
        "md" | "markdown" | "mdx" | "mdown" | "mkd" | "mkdn" | "mdwn" | "mdc" | "qmd" | "rmd" => {
            FileKind::Markdown
        }
        "rst" => FileKind::ReStructuredText,
        "adoc" | "asciidoc" => FileKind::AsciiDoc,
        "html" | "htm" | "xhtml" | "shtml" => FileKind::Html,
        "txt" | "text" => FileKind::Text,
        "py" | "pyi" | "pyw" => FileKind::Code(Language::Python),
        "js" | "jsx" | "mjs" | "cjs" => FileKind::Code(Language::JavaScript),
        "ts" | "mts" | "cts" => FileKind::Code(Language::TypeScript),
        "tsx" => FileKind::Code(Language::Tsx),
        "cs" | "csx" => FileKind::Code(Language::CSharp),
        "go" => FileKind::Code(Language::Go),
        "ps1" | "psm1" => FileKind::Code(Language::PowerShell),
        "java" => FileKind::Code(Language::Java),
        "kt" | "kts" => FileKind::Code(Language::Kotlin),
        "rs" => FileKind::Code(Language::Rust),
        "rb" | "rake" | "ru" => FileKind::Code(Language::Ruby),
        "php" => FileKind::Code(Language::Php),
        "sh" | "bash" => FileKind::Code(Language::Bash),
        "dart" => FileKind::Code(Language::Dart),
        "r" => FileKind::Code(Language::R),
        "lua" => FileKind::Code(Language::Lua),
        "yaml" | "yml" => FileKind::Data(DataFormat::Yaml),
        "json" | "jsonc" => FileKind::Data(DataFormat::Json),
        "toml" => FileKind::Data(DataFormat::Toml),
        "ipynb" => FileKind::Notebook,
        "xml" | "jmx" => FileKind::Config(ConfigSyntax::Xml),
        "conf" | "nginx" | "vhost" => FileKind::Config(ConfigSyntax::Nginx),
        "tf" | "hcl" => FileKind::Config(ConfigSyntax::Hcl),
        "bicep" => FileKind::Config(ConfigSyntax::Bicep),
        "cron" | "crontab" => FileKind::Config(ConfigSyntax::Crontab),
        "" if stem == "crontab" => FileKind::Config(ConfigSyntax::Crontab),
        "env" | "properties" | "ini" => FileKind::Config(ConfigSyntax::Lines),
        _ if lower == ".env" || lower.starts_with(".env.") => FileKind::Config(ConfigSyntax::Lines),
        "svg" => FileKind::Svg,
        "png" | "jpg" | "jpeg" | "webp" | "gif" | "ico" => FileKind::Picture,
        "vue" | "svelte" | "astro" | "swift" | "m" | "mm" | "cshtml" | "razor" | "xaml"
        | "axaml" | "erb" | "haml" | "slim" | "ejs" | "hbs" | "handlebars" | "mustache"
        | "twig" | "phtml" | "njk" | "liquid" | "pug" | "jade" | "ftl" | "jsp" | "heex" | "eex"
        | "elm" | "cljs" | "clj" | "scala" | "ex" | "ui" | "qml" | "storyboard" | "strings"
        | "arb" | "po" | "pot" => FileKind::View,
        // A template of a document is read as the document; nginx has its own.
        "tmpl" | "tpl" | "gotmpl" | "template" | "j2" | "jinja" | "jinja2" | "in" | "example"
        | "sample" | "dist" => match by_last_extension(stem) {
            kind @ (FileKind::Markdown
            | FileKind::ReStructuredText
            | FileKind::AsciiDoc
            | FileKind::Html
            | FileKind::Text
            | FileKind::Config(ConfigSyntax::Nginx)) => kind,
            _ if matches!(extension, "tmpl" | "tpl" | "j2" | "jinja" | "jinja2") => FileKind::View,
            _ => FileKind::Other,
        },
        _ => FileKind::Other,
    }
}

/// The document or server configuration that a template makes; one level deep.
fn by_last_extension(stem: &str) -> FileKind {
    match split_extension(stem).1 {
        "md" | "mdx" => FileKind::Markdown,
        "rst" => FileKind::ReStructuredText,
        "adoc" => FileKind::AsciiDoc,
        "html" => FileKind::Html,
        "txt" => FileKind::Text,
        "conf" | "nginx" => FileKind::Config(ConfigSyntax::Nginx),
        _ => FileKind::Other,
    }
}

/// Templates of pages of a site in languages that are HTML with holes in it: in folders
/// that site generators keep them in, or footers by their names. Elsewhere they are
/// views of a program. Held by attribution--missing/good/hard-theme-footers.
fn is_site_template(path: &str, lower: &str) -> bool {
    let (stem, extension) = split_extension(lower);
    if !matches!(
        extension,
        "hbs"
            | "handlebars"
            | "njk"
            | "liquid"
            | "ejs"
            | "eta"
            | "astro"
            | "vue"
            | "svelte"
            | "partial"
            | "webc"
            | "mustache"
    ) {
        return false;
    }
    let named = [
        "footer",
        "copyright",
        "attribution",
        "credit",
        "legal",
        "licence",
        "license",
    ];
    // Components are parts of a program wherever they lie, but for the foot of a page.
    let component = matches!(extension, "astro" | "vue" | "svelte");
    named.iter().any(|word| stem.contains(word))
        || !component
            && path.split('/').rev().skip(1).any(|folder| {
                matches!(
                    folder,
                    "theme"
                        | "themes"
                        | "_includes"
                        | "_layouts"
                        | "layouts"
                        | "partials"
                        | "overrides"
                )
            })
}

/// Documents that are known by a bare name.
fn is_plain_document(name: &str, lower: &str) -> bool {
    !lower.contains('.')
        && (speaks_for_repository(name, lower)
            || ["changelog", "change", "history", "new", "contributing"]
                .iter()
                .any(|word| begins_word(lower, word)))
}

/// README, NOTICE and the like: what stands there holds for the whole repository.
fn speaks_for_repository(name: &str, lower: &str) -> bool {
    const WORDS: [&str; 12] = [
        "notice",
        "attribution",
        "credit",
        "author",
        "contributor",
        "support",
        "trademark",
        "legal",
        "copyright",
        "disclaimer",
        "acknowledgement",
        "acknowledgment",
    ];
    let stem = split_extension(lower).0;
    let named = WORDS.iter().any(|word| {
        // `NOTICE-fonts.md` is a notice, `support-for-signed-messages.md` an article.
        let shouted = name
            .get(..word.len())
            .is_some_and(|head| !head.bytes().any(|byte| byte.is_ascii_lowercase()));
        begins_word(lower, word) && (shouted || stem.len() <= word.len() + "s.zh-cn".len())
    });
    named || begins_word(lower, "readme") || is_third_party_name(lower)
}

/// `ThirdPartyNotices`, `THIRD-PARTY-LICENSES.txt`, `LICENSE-3RD-PARTY`,
/// `third_party.md`.
fn is_third_party_name(lower: &str) -> bool {
    const STARTS: [&str; 7] = [
        "third-party",
        "third_party",
        "thirdparty",
        "third party",
        "3rd-party",
        "3rd_party",
        "3rdparty",
    ];
    const SAYS: [&str; 6] = [
        "notice",
        "licen",
        "attribution",
        "copyright",
        "credit",
        "legal",
    ];
    let says = |text: &str| SAYS.iter().any(|word| text.starts_with(word));
    STARTS.iter().any(|start| {
        lower.find(start).is_some_and(|at| {
            let mut rest = &lower[at + start.len()..];
            let ends = rest.is_empty() || rest.starts_with('.');
            for filler in ["", "software", "library", "libraries", "oss"] {
                rest = rest.trim_start_matches(['-', '_', ' ', '.']);
                rest = rest.strip_prefix(filler).unwrap_or(rest);
            }
            let rest = rest.trim_start_matches(['-', '_', ' ', '.']);
            says(lower) || (at == 0 && (ends || says(rest)))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_is_no_program_whatever_its_ending() {
        let table = [
            ("i18n/fr.ts", "<?xml version=\"1.0\"?>\n<!DOCTYPE TS>", true),
            ("i18n/fr.ts", "\u{feff}\n<!DOCTYPE TS><TS>", true),
            ("src/a.ts", "// <?xml\nfetch(url)", false),
            ("src/a.tsx", "<Page />", false),
            ("view.php", "<?xml version=\"1.0\"?><?php f(); ?>", false),
            ("a.xml", "<?xml version=\"1.0\"?>", false),
        ];
        for (path, text, expected) in table {
            assert_eq!(
                is_no_code(kind(path), text.as_bytes()),
                expected,
                "{path}: {text}"
            );
        }
    }

    #[test]
    fn kinds_are_told_by_name_and_extension() {
        use FileKind::{
            Code, Config, Data, Html, Licence, Manifest, Markdown, Notebook, Other, Svg, Text,
        };
        let table = [
            (
                Markdown,
                "README.md docs/a.markdown site/page.mdx README.md.tmpl",
            ),
            (FileKind::ReStructuredText, "README.rst"),
            (FileKind::AsciiDoc, "docs/index.adoc a.asciidoc"),
            (
                Html,
                "a.html a/b.HTM docs/license.html licenses.html t/page.html.j2 theme/index.hbs src/components/Footer.astro src/_includes/base.njk templates/x/partials/footer.tmpl.partial",
            ),
            (
                Text,
                "README NOTICE Notice.txt AUTHORS CREDITS SUPPORT ATTRIBUTION ThirdPartyNotices THIRD-PARTY-NOTICES.txt notes.txt debian/copyright",
            ),
            (
                Licence,
                "LICENSE LICENCE license.txt License.md COPYING COPYING.LESSER UNLICENSE LICENSE-CODE LICENSE-CODE.md LICENSE.MIT license-mit LICENSES/CC-BY-4.0.txt LICENSES/Apache-2.0 sub/LICENSE-APACHE licenses/MIT.txt LICENSE-THIRD-PARTY.txt LIZENZ LIZENZ.txt LICENCIA.md LICENÇA licença.txt LICENSE.html EULA.md LICENZA ЛИЦЕНЗИЯ.txt MIT-LICENSE mit-license.txt LICENCE.md",
            ),
            (
                Markdown,
                "license-management.md docs/licensing.md licenses/overview.md docs/licenses.md",
            ),
            (
                Other,
                "lizenzierung licencias LICENSE.pdf license.c data.csv Makefile package-lock.json a.min.js requirements-dev.txt requirements.txt licensed",
            ),
            (Svg, "license.svg logo.svg"),
            (Notebook, "a.ipynb"),
            (Config(ConfigSyntax::Xml), "policy.xml plan.jmx license.xml"),
            (
                Config(ConfigSyntax::Nginx),
                "nginx.conf a.vhost templates/default.conf.template",
            ),
            (Config(ConfigSyntax::Hcl), "main.tf"),
            (Config(ConfigSyntax::Bicep), "main.bicep"),
            (Config(ConfigSyntax::Crontab), "crontab etc/a.cron"),
            (Code(Language::Rust), "src/license.rs"),
            (Code(Language::Python), "license.py notice.py"),
            (Code(Language::JavaScript), "docusaurus.config.js a.mjs"),
            (Code(Language::Tsx), "a.tsx"),
            (Code(Language::PowerShell), "a.ps1 a.psm1"),
            (
                Data(DataFormat::Yaml),
                "a.yml .github/workflows/ci.yaml .github/workflows/openapi-check.yml license.yml",
            ),
            (Data(DataFormat::Json), "a.json licenses.json"),
            (Manifest(ManifestKind::Cargo), "Cargo.toml a/b/Cargo.toml"),
            (
                Manifest(ManifestKind::MsBuild),
                "a/B.csproj Directory.Build.props",
            ),
            (Manifest(ManifestKind::PowerShellData), "M.psd1"),
            (Manifest(ManifestKind::Skill), "skills/x/SKILL.md"),
            (Manifest(ManifestKind::ReuseDep5), ".reuse/dep5"),
            (Manifest(ManifestKind::ReuseSidecar), "logo.png.license"),
            (
                Manifest(ManifestKind::SiteConfig),
                "mkdocs.yml docs.json _config.yml book.toml docs/CNAME",
            ),
            (
                Manifest(ManifestKind::OpenApi),
                "openapi.yaml api/openapi-v2.json swagger.json",
            ),
            (Manifest(ManifestKind::GitHubAction), "action.yml"),
            (
                Manifest(ManifestKind::Described),
                "CITATION.cff galaxy.yml roles/a/meta/main.yml A.podspec vcpkg.json recipe/meta.yaml deno.jsonc a.cabal mix.exs DESCRIPTION app/build.gradle.kts app.manifest",
            ),
        ];
        for (expected, paths) in table {
            for path in paths.split(' ') {
                assert_eq!(kind(path), expected, "{path}");
            }
        }
    }

    #[test]
    fn what_speaks_for_the_repository_is_always_parsed() {
        for (path, expected) in [
            ("README.md", true),
            ("sub/README.rst", true),
            ("NOTICE", true),
            ("TRADEMARKS.md", true),
            ("ThirdPartyNotices.txt", true),
            ("Cargo.toml", true),
            ("a/b/package.json", true),
            ("tests/fixtures/package.json", false),
            ("tests/README.md", false),
            ("LICENSE", true),
            ("docs/guide.md", false),
            ("src/readme.rs", false),
            ("support-for-signed-messages.md", false),
            ("NOTICE-fonts.md", true),
            ("Authors.zh-CN.md", true),
            ("manage-third-party-app-licenses.md", false),
            ("src/notice.ts", false),
        ] {
            assert_eq!(always_parse(path, kind(path)), expected, "{path}");
        }
    }

    #[test]
    fn odd_paths_do_no_harm() {
        let long = format!("{}é.md", "é".repeat(200));
        assert_eq!(kind(&long), FileKind::Markdown);
        for path in [
            "",
            "/",
            ".",
            "..",
            "a/",
            "é",
            ".md",
            "LICENSES/",
            "//a//.license",
        ] {
            let _ = always_parse(path, kind(path));
            let _ = zone(path);
        }
    }
}
