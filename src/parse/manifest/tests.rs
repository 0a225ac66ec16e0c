//! Every manifest from outside: which facts, at which bytes.

use super::*;
use crate::source::FileId;

struct Read {
    source: Source,
    facts: FileFacts,
}

fn manifest(path: &str, text: &str) -> Read {
    let source = Source::from_text(FileId(0), path, text);
    let kind = crate::parse::kind::kind(path);
    let facts = crate::parse::parse(&source, kind, Zone::Project);
    Read { source, facts }
}

impl Read {
    /// `field: words in the source`, private ones marked.
    fn names(&self) -> Vec<String> {
        self.facts
            .names
            .iter()
            .map(|name| {
                let span = name.span.map_or("", |span| self.source.slice(span));
                let private = if name.private { " (private)" } else { "" };
                format!("{:?} {}: {span}{private}", name.role, name.field)
            })
            .collect()
    }

    fn licences(&self) -> Vec<(String, Option<String>)> {
        self.facts
            .licences
            .iter()
            .map(|licence| {
                (
                    self.source.slice(licence.span).to_owned(),
                    licence.spdx.clone(),
                )
            })
            .collect()
    }

    fn holders(&self) -> Vec<String> {
        self.facts
            .holders
            .iter()
            .map(|holder| {
                let span = holder.span.map_or("", |span| self.source.slice(span));
                format!("{:?} {span}", holder.role)
            })
            .collect()
    }

    fn prose(&self) -> Vec<String> {
        self.facts
            .prose
            .iter()
            .map(|prose| self.source.slice(prose.whole(self.source.id)).to_owned())
            .collect()
    }

    fn licence(&self) -> Option<String> {
        self.facts.licences.first()?.spdx.clone()
    }
}

#[test]
fn cargo() {
    let read = manifest(
        "a/Cargo.toml",
        "[package]\nname = \"alpha-tool\"\nlicense = \"MIT/Apache-2.0\"\nauthors = [\"Jane Doe <j@d.org>\"]\ndescription = \"Does \\\"it\\\" well\"\npublish = false\n\n[[bin]]\nname = \"alpha\"\n[[bin]]\nname = \"alpha-tool\"\n\n[dependencies]\nname = \"1\"\nbeta = { package = \"gamma\" }\n",
    );
    assert_eq!(
        read.names(),
        [
            "Package Cargo.toml package.name: alpha-tool (private)",
            "Display Cargo.toml bin.0.name: alpha (private)",
        ]
    );
    assert_eq!(
        read.licences(),
        [(
            "MIT/Apache-2.0".to_owned(),
            Some("MIT OR Apache-2.0".to_owned())
        )]
    );
    assert_eq!(read.holders(), ["Author Jane Doe"]);
    assert_eq!(read.prose(), ["Does \\\"it\\\" well"]);
    let root = manifest(
        "Cargo.toml",
        "[workspace]\nmembers = [\"a\"]\n[workspace.package]\nlicense = \"ISC\"\n",
    );
    assert!(root.facts.names.is_empty());
    assert_eq!(root.licence().as_deref(), Some("ISC"));
    let file = manifest(
        "Cargo.toml",
        "[package]\nname='a'\nlicense-file = 'LICENSE.txt'\nlicense.workspace = true\n",
    );
    assert_eq!(file.licences(), [("LICENSE.txt".to_owned(), None)]);
}

#[test]
fn package_json() {
    let read = manifest(
        "package.json",
        r#"{"name": "@s/alpha", "private": true, "displayName": "Alpha é", "license": "SEE LICENSE IN EULA.md",
 "author": {"name": "Jane Doe"}, "publisher": "contoso", "description": "d",
 "dependencies": {"name": "1", "license": "2"}, "contributes": {"name": "no"}}"#,
    );
    assert_eq!(
        read.names(),
        [
            "Package package.json \"name\": @s/alpha (private)",
            "Display package.json \"displayName\": Alpha é (private)",
        ]
    );
    assert_eq!(
        read.licences(),
        [("SEE LICENSE IN EULA.md".to_owned(), None)]
    );
    assert_eq!(read.holders(), ["Author Jane Doe", "Publisher contoso"]);
    let old = manifest(
        "package.json",
        r#"{"license": {"type": "MIT"}, "author": "Jane Doe <j@d.org> (https://d)"}"#,
    );
    assert_eq!(old.licence().as_deref(), Some("MIT"));
    assert_eq!(old.holders(), ["Author Jane Doe"]);
}

#[test]
fn damaged_json_is_reported_and_read() {
    let read = manifest(
        "package.json",
        "{\"name\": \"alpha\", \"license\": \"MIT\", ",
    );
    assert_eq!(read.names(), ["Package package.json \"name\": alpha"]);
    assert_eq!(read.facts.problems.len(), 1);
    let template = manifest("package.json", "{\"name\": \"{{ slug }}\", {% if x %}");
    assert!(template.facts.problems.is_empty() && template.facts.names.is_empty());
}

#[test]
fn python() {
    let read = manifest(
        "pyproject.toml",
        "[project]\nname = \"alpha\"\nlicense = {text = \"MIT\"}\nclassifiers = [\"License :: OSI Approved :: MIT License\", \"Private :: Do Not Upload\"]\nauthors = [{name = \"Jane\", email = \"j@d\"}]\ndependencies = [\"name\"]\n[project.scripts]\nalpha = \"x:y\"\n",
    );
    assert_eq!(
        read.names(),
        ["Package pyproject.toml project.name: alpha (private)"]
    );
    assert_eq!(
        read.licences(),
        [
            ("MIT".to_owned(), Some("MIT".to_owned())),
            (
                "License :: OSI Approved :: MIT License".to_owned(),
                Some("MIT".to_owned())
            ),
        ]
    );
    assert_eq!(read.holders(), ["Author Jane"]);
    let read = manifest(
        "setup.cfg",
        "[metadata]\nname = alpha\nlicense = Apache License 2.0\nauthor = A B, C D\n[options]\nname = no\n",
    );
    assert_eq!(read.names(), ["Package setup.cfg metadata.name: alpha"]);
    assert_eq!(read.licence().as_deref(), Some("Apache-2.0"));
    assert_eq!(read.holders(), ["Author A B", "Author C D"]);
}

#[test]
fn dotnet() {
    let read = manifest(
        "a/A.csproj",
        "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><PackageId>Alpha.Tool</PackageId><AssemblyName>no</AssemblyName><Product>$(X)</Product><Title>Alpha &amp; Tool</Title><PackageLicenseExpression>MIT</PackageLicenseExpression><Company>Contoso</Company><Copyright>Copyright © 2020 Jane</Copyright></PropertyGroup><ItemGroup><PackageReference Include=\"Other\"/></ItemGroup></Project>",
    );
    assert_eq!(
        read.names(),
        [
            "Package A.csproj <PackageId>: Alpha.Tool",
            "Display A.csproj <Title>: Alpha &amp; Tool",
        ]
    );
    assert_eq!(read.licence().as_deref(), Some("MIT"));
    assert_eq!(read.holders(), ["Publisher Contoso", "Copyright Jane"]);
    let read = manifest(
        "a.nuspec",
        "<package><metadata><id>alpha</id><title>$title$</title><license type=\"file\">LICENSE</license><authors>A, B</authors><dependencies><dependency id=\"no\"/></dependencies></metadata></package>",
    );
    assert_eq!(read.names(), ["Package a.nuspec <id>: alpha"]);
    assert_eq!(read.licences(), [("LICENSE".to_owned(), None)]);
    assert_eq!(read.holders(), ["Author A", "Author B"]);
}

#[test]
fn powershell() {
    let read = manifest(
        "Alpha/Alpha.psd1",
        "@{\nRootModule = '.\\Alpha.psm1'\nModuleVersion = '1.0'\nAuthor = 'Jane Doe'\nCompanyName = 'Unknown'\nCopyright = '(c) 2020 Jane Doe. All rights reserved.'\nDescription = 'It''s good'\nRequiredModules = @('Other')\nPrivateData = @{ PSData = @{ LicenseUri = 'https://opensource.org/licenses/MIT' } }\n}\n",
    );
    assert_eq!(read.names(), ["Package Alpha.psd1 RootModule: Alpha"]);
    assert_eq!(read.licence().as_deref(), Some("MIT"));
    assert_eq!(read.holders(), ["Author Jane Doe", "Copyright Jane Doe"]);
    let data = manifest("strings.psd1", "@{ Author = 'no' }");
    assert!(data.facts.holders.is_empty());
}

#[test]
fn java_go_and_ruby() {
    let read = manifest(
        "pom.xml",
        "<project><parent><artifactId>no</artifactId></parent><artifactId>alpha</artifactId><name>${x}</name><licenses><license><name>The Apache Software License, Version 2.0</name><url>https://www.apache.org/licenses/LICENSE-2.0.txt</url></license></licenses><organization><name>Contoso</name></organization><dependencies><dependency><artifactId>no</artifactId></dependency></dependencies></project>",
    );
    assert_eq!(read.names(), ["Package pom.xml <artifactId>: alpha"]);
    assert_eq!(read.licence().as_deref(), Some("Apache-2.0"));
    assert_eq!(read.holders(), ["Publisher Contoso"]);
    let read = manifest(
        "go.mod",
        "module github.com/contoso/alpha/v3\n\nrequire example.org/no v1.0.0\n",
    );
    assert_eq!(read.names(), ["Package go.mod module: alpha"]);
    let read = manifest(
        "alpha.gemspec",
        "Gem::Specification.new do |s|\n  s.name = 'alpha'\n  s.license = 'MIT'\n  s.add_dependency 'no'\nend\n",
    );
    assert_eq!(read.names(), ["Package alpha.gemspec name: alpha"]);
    assert_eq!(read.licence().as_deref(), Some("MIT"));
}

#[test]
fn yaml_manifests() {
    let read = manifest(
        "chart/Chart.yaml",
        "name: alpha\ndependencies:\n- name: no\nannotations:\n  artifacthub.io/license: Apache-2.0\n",
    );
    assert_eq!(read.names(), ["Package Chart.yaml name: alpha"]);
    assert_eq!(read.licence().as_deref(), Some("Apache-2.0"));
    let read = manifest(
        "action.yml",
        "name: 'Alpha'\nauthor: Jane\ninputs:\n  name:\n    description: no\n",
    );
    assert_eq!(read.names(), ["Display action.yml name: Alpha"]);
    let read = manifest(
        "mkdocs.yml",
        "site_name: Alpha docs\ncopyright: Copyright &copy; 2020 Jane\nnav:\n- title: no\n",
    );
    assert_eq!(read.names(), ["Site mkdocs.yml site_name: Alpha docs"]);
    assert_eq!(read.holders(), ["Copyright Jane"]);
    let read = manifest(
        "openapi.yaml",
        "openapi: 3.0.0\ninfo:\n  title: Alpha API\n  license:\n    name: MIT\n  contact:\n    name: no\n",
    );
    assert_eq!(read.names(), ["Display openapi.yaml info.title: Alpha API"]);
    assert_eq!(read.facts.licences[0].source, LicenceSource::Metadata);
    assert!(read.facts.holders.is_empty());
    let read = manifest(
        "book.toml",
        "[book]\ntitle = \"Alpha\"\nauthors = [\"Jane\"]\n",
    );
    assert_eq!(read.names(), ["Site book.toml book.title: Alpha"]);
}

#[test]
fn apps() {
    let read = manifest(
        "manifest.json",
        r#"{"manifest_version": 3, "name": "__MSG_appName__", "short_name": "Alpha", "author": "Jane"}"#,
    );
    assert_eq!(
        read.names(),
        ["Display manifest.json \"short_name\": Alpha"]
    );
    let read = manifest(
        "manifest.json",
        r#"{"manifestVersion": "1.5", "name": {"short": "Alpha", "full": "Alpha for all"}, "developer": {"name": "Contoso"}}"#,
    );
    assert_eq!(read.names().len(), 2);
    assert_eq!(read.holders(), ["Publisher Contoso"]);
    let read = manifest(
        "manifest.json",
        r#"{"name": "some-asset", "main.js": "main.123.js"}"#,
    );
    assert!(read.facts.names.is_empty());
}

#[test]
fn reuse() {
    let read = manifest(
        "REUSE.toml",
        "version = 1\n[[annotations]]\npath = [\"docs/**\", \"img/*\"]\nSPDX-FileCopyrightText = \"2020 Jane Doe <j@d.org>\"\nSPDX-License-Identifier = \"CC-BY-4.0\"\n[[annotations]]\npath = \"src/**\"\nSPDX-License-Identifier = \"MIT\"\n",
    );
    assert_eq!(read.facts.licences[0].covers, ["docs/**", "img/*"]);
    assert_eq!(read.facts.licences[1].covers, ["src/**"]);
    assert_eq!(read.licence().as_deref(), Some("CC-BY-4.0"));
    assert_eq!(read.holders(), ["Copyright Jane Doe"]);
    let read = manifest(
        ".reuse/dep5",
        "Format: x\n\nFiles: a/* b\nCopyright: 2020 Jane Doe\nLicense: MIT\n text\n",
    );
    assert_eq!(read.facts.licences[0].covers, ["a/*", "b"]);
    assert_eq!(read.holders(), ["Copyright Jane Doe"]);
    let read = manifest(
        "logo.png.license",
        "SPDX-FileCopyrightText: 2020 Jane Doe\n\nSPDX-License-Identifier: CC0-1.0\n",
    );
    assert_eq!(read.licence().as_deref(), Some("CC0-1.0"));
    assert_eq!(read.facts.licences[0].covers, ["logo.png"]);
    assert_eq!(read.holders(), ["Copyright Jane Doe"]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "[a-c{}\\[\\]\"'=:,<>/@$ \n.é-]{0,60}", kind in 0usize..18) {
        let path = ["Cargo.toml", "package.json", "pyproject.toml", "setup.cfg", "a.csproj", "a.nuspec", "a.psd1", "pom.xml", "go.mod", "composer.json", "a.gemspec", "Chart.yaml", "action.yml", "manifest.json", "REUSE.toml", ".reuse/dep5", "a.license", "CNAME"][kind];
        let _ = manifest(path, &text);
    }
}
