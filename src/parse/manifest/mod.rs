//! Package manifests: a reader a syntax makes a flat list of entries, a table a
//! manifest says what they mean.

pub mod described;
mod fields;
mod flat;
mod ini;
mod json;
mod lines;
mod literals;
mod meant;
mod psd1;
mod reuse;
mod setup_py;
mod strings;
mod toml;
mod xml;

use std::collections::HashMap;
use std::ops::Range;

use described::Description;
use fields::Means;
use flat::Flat;
use meant::{is_literal, is_meant, is_private, is_xml};

use crate::facts::picture::{PictureRole, PictureUse};
use crate::facts::{
    DataFormat, DeclaredName, FileFacts, FrontMatterEntry, Holder, HolderRole, LicenceDeclaration,
    LicenceSource, ManifestKind, NameRole, Precedence, Problem, ProseContext, Zone,
};
use crate::parse::licence::{copyright, expression::expression, words::words};
use crate::parse::{align, data, directive, markdown, picture, yaml};
use crate::source::{Source, Span};

/// Parses a manifest.
pub fn parse(source: &Source, kind: ManifestKind, facts: &mut FileFacts) {
    // A skill is Markdown, whose parser reads its comments.
    if kind != ManifestKind::Skill {
        facts.directives = directive::from_lines(source);
    }
    match kind {
        ManifestKind::ReuseToml => reuse::toml(source, facts),
        ManifestKind::ReuseDep5 => reuse::dep5(source, facts),
        ManifestKind::ReuseSidecar => reuse::sidecar(source, facts),
        ManifestKind::Described => described(source, facts),
        ManifestKind::Skill => {
            markdown::parse(source, facts);
            let flat = Flat {
                entries: facts.front_matter.clone(),
                problem: None,
            };
            Filler::new(source, kind, &flat, facts).fill();
        }
        _ => {
            let flat = read(source, kind);
            if !is_meant(kind, &flat) {
                return;
            }
            Filler::new(source, kind, &flat, facts).fill();
            if let Some(problem) = flat.problem {
                report(source, problem, facts);
            }
            if kind == ManifestKind::OpenApi {
                data::describe(source, &flat.entries, facts);
            }
            let yaml = matches!(extension(source).as_str(), "yml" | "yaml");
            if yaml || kind == ManifestKind::OpenApi {
                facts.front_matter = flat.entries;
            }
        }
    }
}

/// Reads a description of `packages.yaml`. A file that only has the name of one is data
/// like any other.
fn described(source: &Source, facts: &mut FileFacts) {
    let Some(description) = Description::of(source) else {
        return;
    };
    let yaml = matches!(extension(source).as_str(), "yml" | "yaml");
    let Some(flat) = description.read(source) else {
        let format = match extension(source).as_str() {
            "json" => DataFormat::Json,
            _ if yaml => DataFormat::Yaml,
            _ => return,
        };
        data::parse(source, format, false, facts);
        return;
    };
    let mut filler = Filler::new(source, ManifestKind::Described, &flat, facts);
    filler.store = description.store;
    for entry in &flat.entries {
        if let Some(means) = description.means(&entry.key)
            && is_literal(&entry.value)
        {
            filler.entry(entry, means);
        }
    }
    if yaml {
        facts.front_matter = flat.entries;
    }
}

/// The entries of a JSON file.
pub fn json_entries(source: &Source) -> Vec<FrontMatterEntry> {
    json::read(source).entries
}

/// The entries of a TOML file.
pub fn toml_entries(source: &Source) -> Vec<FrontMatterEntry> {
    toml::read(source).entries
}

/// Notes a problem, unless the file is a template or sample, damaged on purpose.
fn report(source: &Source, problem: Problem, facts: &mut FileFacts) {
    let template = ["{{", "{%", "<%", "${{", "<#"]
        .iter()
        .any(|mark| source.text.contains(mark));
    if !template && !matches!(facts.zone, Zone::Test | Zone::Archive | Zone::ThirdParty) {
        facts.problems.push(problem);
    }
}

/// A file's extension in lower case.
fn extension(source: &Source) -> String {
    let name = source.file_name();
    name.rsplit_once('.')
        .map_or(String::new(), |(_, extension)| {
            extension.to_ascii_lowercase()
        })
}

fn read(source: &Source, kind: ManifestKind) -> Flat {
    let name = source.file_name();
    match kind {
        ManifestKind::Cargo | ManifestKind::PyProject => toml::read(source),
        ManifestKind::PackageJson | ManifestKind::Composer | ManifestKind::AppManifest => {
            json::read(source)
        }
        ManifestKind::MsBuild
        | ManifestKind::NuSpec
        | ManifestKind::MavenPom
        | ManifestKind::Vsix => xml::read(source),
        ManifestKind::SetupPy => setup_py::read(source),
        ManifestKind::SetupCfg => ini::read(source),
        ManifestKind::PowerShellData => psd1::read(source),
        ManifestKind::GoMod => literals::read_go_mod(source),
        ManifestKind::GemSpec => literals::read_gemspec(source),
        _ if name.eq_ignore_ascii_case("cname") => domain(source),
        _ if extension(source) == "toml" => toml::read(source),
        _ if extension(source) == "json" => json::read(source),
        _ => {
            let yaml = yaml::parse(&source.text, 0, source.id, &source.budget);
            Flat {
                entries: yaml.entries,
                problem: yaml.problem,
            }
        }
    }
}

/// `CNAME` holds one domain.
fn domain(source: &Source) -> Flat {
    let mut flat = Flat::default();
    let text = source.text.trim();
    let start = source.text.len() - source.text.trim_start().len();
    if text.contains('.') && !text.contains(char::is_whitespace) {
        flat.push(
            source,
            "domain".to_owned(),
            text.to_owned(),
            start..start,
            start..start + text.len(),
        );
    }
    flat
}

/// Makes facts of entries.
struct Filler<'a> {
    source: &'a Source,
    kind: ManifestKind,
    flat: &'a Flat,
    facts: &'a mut FileFacts,
    private: bool,
    /// A store shows what a description says as it stands there.
    store: bool,
    /// The roles of each name that was told.
    named: HashMap<String, Vec<NameRole>>,
}

impl<'a> Filler<'a> {
    fn new(
        source: &'a Source,
        kind: ManifestKind,
        flat: &'a Flat,
        facts: &'a mut FileFacts,
    ) -> Self {
        Self {
            source,
            kind,
            flat,
            named: facts.names.iter().fold(HashMap::new(), |mut named, name| {
                let roles: &mut Vec<NameRole> = named.entry(name.value.clone()).or_default();
                roles.push(name.role);
                named
            }),
            facts,
            private: is_private(kind, flat),
            store: false,
        }
    }

    fn fill(mut self) {
        let fields = fields::fields(self.kind, self.source.file_name());
        for entry in &self.flat.entries {
            for &(pattern, means) in fields {
                if flat::matches(pattern, &entry.key) && is_literal(&entry.value) {
                    self.entry(entry, means);
                }
            }
        }
        if self.kind == ManifestKind::PowerShellData {
            self.module();
        }
    }

    fn entry(&mut self, entry: &FrontMatterEntry, means: Means) {
        match means {
            Means::Name(role) => self.name(entry, role),
            Means::Licence if self.is_file() => self.declare(entry, None),
            Means::Licence => self.declare(entry, expression(&entry.value)),
            Means::LicenceFile => self.declare(entry, None),
            Means::LicenceUrl => self.declare(
                entry,
                words().and_then(|words| words.url(&entry.value)).flatten(),
            ),
            Means::Classifier => self.classifier(entry),
            Means::Author => {
                let length = copyright::author(&entry.value);
                self.holder(HolderRole::Author, entry, 0..length);
            }
            Means::Authors => {
                let mut start = 0;
                for part in entry.value.split_inclusive([',', ';']) {
                    let name = part.trim_end_matches([',', ';']).trim();
                    let at = start + (part.len() - part.trim_start().len());
                    start += part.len();
                    let length = copyright::author(name);
                    self.holder(HolderRole::Author, entry, at..at + length);
                }
            }
            Means::Publisher => {
                self.holder(HolderRole::Publisher, entry, 0..entry.value.len());
            }
            Means::Copyright => {
                if let Some(range) = copyright::holder(&entry.value) {
                    self.holder(HolderRole::Copyright, entry, range);
                }
                self.prose(entry);
            }
            Means::Prose => self.prose(entry),
            Means::Icon => self.icon(entry),
        }
    }

    fn name(&mut self, entry: &FrontMatterEntry, role: NameRole) {
        // A product is what the package's own name says already.
        let roles = self.named.get(&entry.value);
        let known = roles.is_some_and(|roles| role == NameRole::Display || roles.contains(&role));
        // The assembly names the package only where nothing else does.
        let second = !known
            && entry.key.ends_with(".AssemblyName")
            && self.flat.get("Project.PropertyGroup.PackageId").is_some();
        if known || second || entry.value.trim().is_empty() {
            return;
        }
        let roles = self.named.entry(entry.value.clone()).or_default();
        roles.push(role);
        self.facts.names.push(DeclaredName {
            role,
            field: self.field(&entry.key),
            value: self.in_namespace(entry, role),
            span: Some(entry.value_span),
            private: self.private,
        });
    }

    /// A collection's name with the namespace before it, under which it is known.
    fn in_namespace(&self, entry: &FrontMatterEntry, role: NameRole) -> String {
        let namespace = self.flat.value("namespace");
        let described = self.kind == ManifestKind::Described && role == NameRole::Package;
        if described && !namespace.is_empty() {
            format!("{namespace}.{}", entry.value)
        } else {
            entry.value.clone()
        }
    }

    fn icon(&mut self, entry: &FrontMatterEntry) {
        // What a gallery or store takes and shows to others.
        let published = match self.kind {
            ManifestKind::Vsix | ManifestKind::NuSpec | ManifestKind::PowerShellData => true,
            ManifestKind::Described => !self.private && self.store,
            ManifestKind::PackageJson => {
                !self.private && entry.key == "icon" && self.flat.get("publisher").is_some()
            }
            ManifestKind::AppManifest => ["manifest_version", "manifestVersion"]
                .iter()
                .any(|key| self.flat.get(key).is_some()),
            _ => false,
        };
        self.facts.pictures.push(PictureUse {
            role: if published {
                PictureRole::PublishedIcon
            } else {
                PictureRole::Icon
            },
            field: self.field(&entry.key),
            target: picture::target(&entry.value),
            alt: String::new(),
            data: picture::embedded(&entry.value, &mut 1),
            span: entry.value_span,
        });
    }

    /// A PowerShell module is named by its manifest's file, which its root module
    /// nearly always repeats.
    fn module(&mut self) {
        let Some(stem) = self
            .source
            .file_name()
            .rsplit_once('.')
            .map(|(stem, _)| stem)
        else {
            return;
        };
        for key in ["RootModule", "ModuleToProcess"] {
            let Some(entry) = self.flat.get(key) else {
                continue;
            };
            let value = entry
                .value
                .trim_start_matches(".\\")
                .trim_start_matches("./");
            let named = value.rsplit_once('.').map_or(value, |(stem, _)| stem);
            let skipped = entry.value.len() - value.len();
            if named.eq_ignore_ascii_case(stem)
                && self.source.slice(entry.value_span) == entry.value
            {
                let start = entry.value_span.start as usize + skipped;
                self.facts.names.push(DeclaredName {
                    role: NameRole::Package,
                    field: self.field(key),
                    value: named.to_owned(),
                    span: Some(self.source.span(start..start + named.len())),
                    private: false,
                });
                return;
            }
        }
    }

    /// `package.json "name"`, `Cargo.toml package.name`.
    fn field(&self, key: &str) -> String {
        let file = self.source.file_name();
        let last = |key: &str| key.rsplit('.').next().unwrap_or(key).to_owned();
        match self.kind {
            ManifestKind::PackageJson | ManifestKind::Composer | ManifestKind::AppManifest => {
                format!("{file} \"{key}\"")
            }
            ManifestKind::MsBuild
            | ManifestKind::NuSpec
            | ManifestKind::MavenPom
            | ManifestKind::Vsix => {
                format!("{file} <{}>", last(key))
            }
            ManifestKind::Described if is_xml(file) => {
                let element = last(key);
                format!("{file} <{}>", element.split('@').next().unwrap_or(&element))
            }
            ManifestKind::Described if key == "text" => file.to_owned(),
            ManifestKind::GoMod => format!("{file} module"),
            ManifestKind::SiteConfig if key == "domain" => file.to_owned(),
            _ => format!("{file} {key}"),
        }
    }

    fn is_file(&self) -> bool {
        self.kind == ManifestKind::NuSpec
            && self.flat.value("package.metadata.license@type") == "file"
    }

    fn declare(&mut self, entry: &FrontMatterEntry, spdx: Option<String>) {
        let source = match self.kind {
            ManifestKind::OpenApi => LicenceSource::Metadata,
            kind => LicenceSource::Manifest(kind),
        };
        self.facts.licences.push(LicenceDeclaration {
            source,
            written: entry.value.clone(),
            spdx,
            span: entry.value_span,
            covers: Vec::new(),
            section: None,
            precedence: Precedence::default(),
        });
    }

    fn classifier(&mut self, entry: &FrontMatterEntry) {
        let Some(rest) = entry.value.strip_prefix("License ::") else {
            return;
        };
        let name = rest.rsplit("::").next().unwrap_or(rest).trim();
        // A heading of the list, no licence.
        if name == "OSI Approved" {
            return;
        }
        let spdx = words().and_then(|words| words.classifiers.get(name).cloned().flatten());
        self.declare(entry, spdx);
    }

    fn holder(&mut self, role: HolderRole, entry: &FrontMatterEntry, range: Range<usize>) {
        let Some(name) = entry.value.get(range.clone()).map(str::trim) else {
            return;
        };
        if name.is_empty() || name.eq_ignore_ascii_case("unknown") {
            return;
        }
        self.facts.holders.push(Holder {
            role,
            name: name.to_owned(),
            span: Some(self.part(entry, range)),
        });
    }

    /// The bytes of a part of an entry's value.
    fn part(&self, entry: &FrontMatterEntry, range: Range<usize>) -> Span {
        let raw = self.source.slice(entry.value_span);
        align::prose(
            ProseContext::ManifestField(String::new()),
            &entry.value,
            raw,
            entry.value_span.start as usize,
        )
        .span(self.source.id, range)
    }

    fn prose(&mut self, entry: &FrontMatterEntry) {
        let raw = self.source.slice(entry.value_span);
        let prose = align::prose(
            ProseContext::ManifestField(entry.key.clone()),
            &entry.value,
            raw,
            entry.value_span.start as usize,
        );
        if !prose.is_blank() {
            self.facts.prose.push(prose);
        }
    }
}

#[cfg(test)]
mod tests;
