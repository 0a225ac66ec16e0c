//! Which fields of which manifest say what, as tables.

use crate::facts::{ManifestKind, NameRole};

/// What a field says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// A name of the project.
    Name(NameRole),
    /// An SPDX expression or a licence's name.
    Licence,
    /// The path of a licence file.
    LicenceFile,
    /// The address of a licence.
    LicenceUrl,
    /// A trove classifier, perhaps a licence's.
    Classifier,
    /// One author.
    Author,
    /// Authors in one string, separated by commas or semicolons.
    Authors,
    /// A publisher, company or organisation.
    Publisher,
    /// A copyright line.
    Copyright,
    /// Words for people.
    Prose,
    /// Path or address of the project's icon.
    Icon,
}

use Means::{
    Author, Authors, Classifier, Copyright, Icon, Licence, LicenceFile, LicenceUrl, Name, Prose,
    Publisher,
};
use NameRole::{Display, Domain, Package, Site};

/// Key patterns (`*` is an item's number) and what they mean.
type Fields = &'static [(&'static str, Means)];

const CARGO: Fields = &[
    ("package.name", Name(Package)),
    ("package.homepage", Name(Domain)),
    ("package.license", Licence),
    ("workspace.package.license", Licence),
    ("package.license-file", LicenceFile),
    ("workspace.package.license-file", LicenceFile),
    ("package.authors.*", Author),
    ("workspace.package.authors.*", Author),
    ("package.description", Prose),
    ("workspace.package.description", Prose),
    ("bin.*.name", Name(Display)),
    ("package.metadata.bundle.name", Name(Display)),
    ("package.metadata.bundle.icon.*", Icon),
];

const PACKAGE_JSON: Fields = &[
    ("name", Name(Package)),
    ("displayName", Name(Display)),
    ("productName", Name(Display)),
    ("build.productName", Name(Display)),
    ("homepage", Name(Domain)),
    ("license", Licence),
    ("license.type", Licence),
    ("licenses.*.type", Licence),
    ("licenses.*", Licence),
    ("author", Author),
    ("author.name", Author),
    ("publisher", Publisher),
    ("description", Prose),
    ("icon", Icon),
    ("build.icon", Icon),
    ("build.win.icon", Icon),
    ("build.mac.icon", Icon),
    ("build.linux.icon", Icon),
];

const COMPOSER: Fields = &[
    ("name", Name(Package)),
    ("homepage", Name(Domain)),
    ("license", Licence),
    ("license.*", Licence),
    ("authors.*.name", Author),
    ("description", Prose),
];

const APP: Fields = &[
    ("name", Name(Display)),
    ("short_name", Name(Display)),
    ("name.short", Name(Display)),
    ("name.full", Name(Display)),
    // A Slack app and its bot.
    ("display_information.name", Name(Display)),
    ("features.bot_user.display_name", Name(Display)),
    ("homepage_url", Name(Domain)),
    ("license", Licence),
    ("author", Author),
    ("developer.name", Publisher),
    ("description", Prose),
    ("description.short", Prose),
    ("description.full", Prose),
    ("icons.*", Icon),
    ("icons.*.src", Icon),
    ("icons.color", Icon),
    ("icons.outline", Icon),
    ("action.default_icon", Icon),
    ("action.default_icon.*", Icon),
    ("browser_action.default_icon", Icon),
    ("browser_action.default_icon.*", Icon),
];

const PYPROJECT: Fields = &[
    ("project.name", Name(Package)),
    ("tool.poetry.name", Name(Package)),
    ("project.urls.Homepage", Name(Domain)),
    ("project.urls.homepage", Name(Domain)),
    ("tool.poetry.homepage", Name(Domain)),
    ("project.license", Licence),
    ("project.license.text", Licence),
    ("project.license.file", LicenceFile),
    ("project.license-files.*", LicenceFile),
    ("tool.poetry.license", Licence),
    ("project.classifiers.*", Classifier),
    ("tool.poetry.classifiers.*", Classifier),
    ("project.authors.*.name", Author),
    ("tool.poetry.authors.*", Author),
    ("project.description", Prose),
    ("tool.poetry.description", Prose),
];

const SETUP_CFG: Fields = &[
    ("metadata.name", Name(Package)),
    ("metadata.license", Licence),
    ("metadata.license_file", LicenceFile),
    ("metadata.license_files", LicenceFile),
    ("metadata.license_files.*", LicenceFile),
    ("metadata.author", Authors),
    ("metadata.classifiers", Classifier),
    ("metadata.classifiers.*", Classifier),
    ("metadata.classifier.*", Classifier),
    ("metadata.description", Prose),
    ("metadata.summary", Prose),
];

/// Arguments of `setup()`, and items of those that are lists.
const SETUP_PY: Fields = &[
    ("name", Name(Package)),
    ("license", Licence),
    ("license_file", LicenceFile),
    ("license_files.*", LicenceFile),
    ("author", Authors),
    ("classifiers.*", Classifier),
    ("description", Prose),
];

/// The manifest of a Visual Studio extension, in its schema of today and of 2010.
const VSIX: Fields = &[
    ("PackageManifest.Metadata.DisplayName", Name(Display)),
    ("PackageManifest.Metadata.Identity@Publisher", Publisher),
    ("PackageManifest.Metadata.License", LicenceFile),
    ("PackageManifest.Metadata.Description", Prose),
    ("PackageManifest.Metadata.Icon", Icon),
    ("Vsix.Identifier.Name", Name(Display)),
    ("Vsix.Identifier.Author", Publisher),
    ("Vsix.Identifier.License", LicenceFile),
    ("Vsix.Identifier.Description", Prose),
    ("Vsix.Identifier.Icon", Icon),
];

const MSBUILD: Fields = &[
    ("Project.PropertyGroup.PackageId", Name(Package)),
    ("Project.PropertyGroup.AssemblyName", Name(Package)),
    ("Project.PropertyGroup.Title", Name(Display)),
    ("Project.PropertyGroup.AssemblyTitle", Name(Display)),
    ("Project.PropertyGroup.Product", Name(Display)),
    ("Project.PropertyGroup.ApplicationTitle", Name(Display)),
    ("Project.PropertyGroup.PackageLicenseExpression", Licence),
    ("Project.PropertyGroup.PackageLicenseFile", LicenceFile),
    ("Project.PropertyGroup.PackageLicenseUrl", LicenceUrl),
    ("Project.PropertyGroup.Authors", Authors),
    ("Project.PropertyGroup.Company", Publisher),
    ("Project.PropertyGroup.Copyright", Copyright),
    ("Project.PropertyGroup.Description", Prose),
    ("Project.PropertyGroup.PackageDescription", Prose),
    ("Project.PropertyGroup.PackageIcon", Icon),
    ("Project.PropertyGroup.PackageIconUrl", Icon),
    ("Project.PropertyGroup.ApplicationIcon", Icon),
];

const NUSPEC: Fields = &[
    ("package.metadata.id", Name(Package)),
    ("package.metadata.title", Name(Display)),
    ("package.metadata.license", Licence),
    ("package.metadata.licenseUrl", LicenceUrl),
    ("package.metadata.authors", Authors),
    ("package.metadata.owners", Publisher),
    ("package.metadata.copyright", Copyright),
    ("package.metadata.description", Prose),
    ("package.metadata.summary", Prose),
    ("package.metadata.icon", Icon),
    ("package.metadata.iconUrl", Icon),
];

const POWERSHELL: Fields = &[
    ("Author", Authors),
    ("CompanyName", Publisher),
    ("Copyright", Copyright),
    ("Description", Prose),
    ("PrivateData.PSData.LicenseUri", LicenceUrl),
    ("PrivateData.PSData.IconUri", Icon),
];

const POM: Fields = &[
    ("project.artifactId", Name(Package)),
    ("project.name", Name(Display)),
    ("project.licenses.license.name", Licence),
    ("project.licenses.license.url", LicenceUrl),
    ("project.organization.name", Publisher),
    ("project.developers.developer.name", Author),
    ("project.description", Prose),
];

const GO_MOD: Fields = &[("module", Name(Package))];

const GEMSPEC: Fields = &[
    ("name", Name(Package)),
    ("license", Licence),
    ("author", Author),
    ("summary", Prose),
    ("description", Prose),
];

const CHART: Fields = &[
    ("name", Name(Package)),
    ("maintainers.*.name", Author),
    ("annotations.artifacthub.io/license", Licence),
    ("annotations.artifacthub.io/licenses", Licence),
    ("annotations.licenses", Licence),
    ("annotations.license", Licence),
    ("annotations.org.opencontainers.image.licenses", Licence),
    ("description", Prose),
    ("icon", Icon),
];

const ACTION: Fields = &[
    ("name", Name(Display)),
    ("author", Author),
    ("description", Prose),
];

/// One table for every site generator: their keys do not clash.
const SITE: Fields = &[
    // mkdocs.yml
    ("site_name", Name(Site)),
    ("site_author", Author),
    ("site_description", Prose),
    ("copyright", Copyright),
    ("extra.copyright", Copyright),
    ("extra.footer", Prose),
    // _config.yml
    ("footer", Prose),
    ("footer_content", Prose),
    ("footer.text", Prose),
    ("footer.message", Prose),
    ("footer.copyright", Copyright),
    ("title", Name(Site)),
    ("author", Author),
    ("author.name", Author),
    ("description", Prose),
    // docs.json, mint.json
    ("name", Name(Site)),
    // book.toml
    ("book.title", Name(Site)),
    ("book.authors.*", Author),
    ("book.description", Prose),
    // mkdocs.yml
    ("theme.logo", Icon),
    ("theme.favicon", Icon),
    // docs.json, mint.json
    ("logo", Icon),
    ("logo.light", Icon),
    ("logo.dark", Icon),
    ("favicon", Icon),
];

// Contact and publisher of an API's description are those of the API, which need not
// be the repository's.
const OPEN_API: Fields = &[
    ("info.title", Name(Display)),
    ("info.license.identifier", Licence),
    ("info.license.name", Licence),
    ("info.license.url", LicenceUrl),
    ("info.description", Prose),
    ("info.summary", Prose),
];

const SKILL: Fields = &[("name", Name(Package)), ("license", Licence)];

const CNAME: Fields = &[("domain", Name(Domain))];

/// The table of a manifest.
pub(super) fn fields(kind: ManifestKind, file_name: &str) -> Fields {
    match kind {
        ManifestKind::Cargo => CARGO,
        ManifestKind::PackageJson => PACKAGE_JSON,
        ManifestKind::PyProject => PYPROJECT,
        ManifestKind::SetupCfg => SETUP_CFG,
        ManifestKind::SetupPy => SETUP_PY,
        ManifestKind::Vsix => VSIX,
        ManifestKind::MsBuild => MSBUILD,
        ManifestKind::NuSpec => NUSPEC,
        ManifestKind::PowerShellData => POWERSHELL,
        ManifestKind::MavenPom => POM,
        ManifestKind::GoMod => GO_MOD,
        ManifestKind::Composer => COMPOSER,
        ManifestKind::GemSpec => GEMSPEC,
        ManifestKind::HelmChart => CHART,
        ManifestKind::GitHubAction => ACTION,
        ManifestKind::AppManifest => APP,
        ManifestKind::SiteConfig if file_name.eq_ignore_ascii_case("cname") => CNAME,
        ManifestKind::SiteConfig => SITE,
        ManifestKind::OpenApi => OPEN_API,
        ManifestKind::Skill => SKILL,
        // Read by `reuse` and `described`.
        ManifestKind::ReuseToml
        | ManifestKind::ReuseDep5
        | ManifestKind::ReuseSidecar
        | ManifestKind::Described => &[],
    }
}
