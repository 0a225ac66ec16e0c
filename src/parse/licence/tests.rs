//! Statements of a licence as projects write them, each in its document.

use crate::facts::{FileFacts, LicenceSource, Zone};
use crate::parse::{kind, parse};
use crate::source::{FileId, Source};

fn facts(path: &str, text: &str) -> (Source, FileFacts) {
    let source = Source::decode(FileId(0), path, text.as_bytes().to_vec());
    let kind = kind::kind(path);
    let facts = parse(&source, kind, kind::zone(path));
    (source, facts)
}

/// Every declared licence by its words in the source and its identifier.
fn declared(path: &str, text: &str) -> Vec<(String, String)> {
    let (source, facts) = facts(path, text);
    facts
        .licences
        .iter()
        .map(|licence| {
            (
                source.slice(licence.span).to_owned(),
                licence.spdx.clone().unwrap_or_else(|| "?".to_owned()),
            )
        })
        .collect()
}

fn is(text: &str, expected: &[(&str, &str)]) {
    let found = declared("README.md", &format!("# Harbour\n\n{text}\n"));
    let found: Vec<_> = found
        .iter()
        .map(|(words, id)| (words.as_str(), id.as_str()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn sentences_about_the_project() {
    is(
        "This project is licensed under the MIT License.",
        &[("MIT", "MIT")],
    );
    is(
        "Distributed under the **Creative Commons Attribution 4.0 International** (CC BY 4.0) Public License.",
        &[(
            "Creative Commons Attribution 4.0 International** (CC BY 4.0)",
            "CC-BY-4.0",
        )],
    );
    is(
        "Released under [Apache 2.0](LICENSE).",
        &[("Apache 2.0", "Apache-2.0")],
    );
    is("Harbour is MIT licensed.", &[]);
    is("All code is MIT-licensed.", &[("MIT", "MIT")]);
    is("MIT © Jane Doe", &[("MIT", "MIT")]);
    is(
        "The tooling is available under the terms of the GNU GPL v3.",
        &[("GNU GPL v3", "GPL-3.0")],
    );
    is(
        "Example and any contributors grant you a license to the pages and other content in this repository under the Creative Commons Attribution 4.0 International Public License, see the [LICENSE](LICENSE) file.",
        &[(
            "Creative Commons Attribution 4.0 International Public License",
            "CC-BY-4.0",
        )],
    );
    is("**License**: GPLv3", &[("GPLv3", "GPL-3.0")]);
    is("State: stable | License: MIT", &[("MIT", "MIT")]);
    is(
        "Ce projet est distribué sous licence MIT.",
        &[("MIT", "MIT")],
    );
    is(
        "Dieses Projekt steht unter der MIT-Lizenz.",
        &[("MIT", "MIT")],
    );
    is(
        "Este proyecto está bajo la licencia MIT.",
        &[("MIT", "MIT")],
    );
    is("Este projeto está sob a licença MIT.", &[("MIT", "MIT")]);
    is(
        "Questo progetto è distribuito con licenza MIT.",
        &[("MIT", "MIT")],
    );
    is(
        "Проект распространяется под лицензией MIT.",
        &[("MIT", "MIT")],
    );
    is(
        "このプロジェクトは MIT ライセンスの下で公開しています。",
        &[("MIT", "MIT")],
    );
    is("本项目基于 MIT 许可证开源。", &[("MIT", "MIT")]);
    is("이 프로젝트는 MIT 라이선스를 따릅니다.", &[("MIT", "MIT")]);
}

#[test]
fn sentences_about_something_else() {
    is(
        "The parser it bundles is released under the MIT license.",
        &[],
    );
    is("Built on Lines, which is licensed under GPLv3.", &[]);
    is("- [Lines](https://l) - draws lines, MIT license.", &[]);
    is("Licensed users see the MIT course.", &[]);
    is("> This project is licensed under the MIT License.", &[]);
    is("~~This project is licensed under the MIT License.~~", &[]);
    is("You need an E5 license for it.", &[]);
    is("This uses icons under CC BY 4.0.", &[]);
}

#[test]
fn sections() {
    is("## License\n\nMIT", &[("MIT", "MIT")]);
    is("## 📜 License\n\nMIT License", &[("MIT", "MIT")]);
    is("## MIT License\n\nDo what you want.", &[("MIT", "MIT")]);
    is(
        "## Copyright and license\n\nBSD-3-Clause",
        &[("BSD-3-Clause", "BSD-3-Clause")],
    );
    is("## ライセンスについて\n\nMIT です。", &[("MIT", "MIT")]);
    is("## 许可证\n\nApache 2.0", &[("Apache 2.0", "Apache-2.0")]);
    is(
        "## Licence\n\nCode: MIT, pages: CC BY 4.0.",
        &[("MIT", "MIT"), ("CC BY 4.0", "CC-BY-4.0")],
    );
    is(
        "## License\n\nAs agreed with the council.",
        &[("As agreed with the council.", "?")],
    );
    // Kind words are no licence.
    is("## License\n\nFree for everybody.", &[]);
    is("## License\n\nFeel free to fork and use it.", &[]);
    // A section that leads to a file says nothing by itself.
    is("## License\n\nSee [LICENSE](LICENSE).", &[]);
    is("## License\n\nSee the LICENSE file.", &[]);
    is("## License\n\nTBD", &[]);
    is("## License\n\n## Other\n\nMIT", &[]);
    is("## Licensing requirements\n\nThe larger plan.", &[]);
    is("## License servers\n\nMIT", &[]);
}

#[test]
fn a_line_that_is_just_the_licence() {
    is("MIT License.", &[("MIT", "MIT")]);
    is("**MIT License**", &[("MIT", "MIT")]);
    is("The MIT License (MIT)", &[("MIT", "MIT"), ("MIT", "MIT")]);
    is("[MIT License](LICENSE)", &[("MIT", "MIT")]);
    is("© 2024 Jane Doe. MIT License.", &[("MIT", "MIT")]);
    is("MIT License | Copyright (c) Jane Doe", &[("MIT", "MIT")]);
    is(
        "Apache License 2.0",
        &[("Apache License 2.0", "Apache-2.0")],
    );
    is("License MIT", &[("MIT", "MIT")]);
    is("MIT-Lizenz", &[("MIT", "MIT")]);
    is("Lines - MIT License.", &[]);
    is("- [Lines](https://l.example): MIT License", &[]);
    is("Our friends at MIT.", &[]);
    is("MIT", &[]);
    is("> MIT License.", &[]);
}

#[test]
fn front_matter_of_a_readme() {
    let text = "---\nlicense: apache-2.0\ntags: [a]\n---\n# A\n";
    assert_eq!(
        declared("README.md", text),
        [("apache-2.0".into(), "Apache-2.0".into())]
    );
    assert_eq!(declared("docs/index.md", text), []);
}

#[test]
fn kind_words_are_kept() {
    let (source, read) = facts("README.md", "# A\n\nFeel free to fork it.\n");
    assert_eq!(source.slice(read.informal[0].span), "Feel free to fork");
    assert!(read.licences.is_empty());
}

#[test]
fn badges_and_tables() {
    let shield = "![License](https://img.shields.io/badge/license-Apache--2.0-blue.svg)";
    is(shield, &[(shield, "Apache-2.0")]);
    let linked =
        "[![License](https://example.org/license.svg)](https://opensource.org/licenses/MIT)";
    is(
        linked,
        &[("![License](https://example.org/license.svg)", "MIT")],
    );
    // What it shows is read from the licence file.
    is("![License](https://img.shields.io/github/license/a/b)", &[]);
    is(
        "![build](https://img.shields.io/badge/build-MIT-green)",
        &[],
    );
    is("| License | Runs on |\n|---|---|\n| x | y |", &[]);
    is(
        "| Runs on | Python |\n|---|---|\n| License | MIT |",
        &[("MIT", "MIT")],
    );
}

#[test]
fn only_some_documents_speak_for_the_project() {
    let text = "# A\n\nDistributed under the MIT license.\n";
    assert_eq!(declared("SUPPORT.md", text).len(), 1);
    assert_eq!(declared("sub/README.md", text).len(), 1);
    assert_eq!(declared("docs/reference/thing.md", text).len(), 0);
    assert_eq!(declared("tests/README.md", text).len(), 0);
}

#[test]
fn headers_of_code() {
    let source = |text: &str| declared("a.py", text);
    assert_eq!(
        source("# SPDX-License-Identifier: MIT\nx = 1\n"),
        [("MIT".into(), "MIT".into())]
    );
    assert_eq!(
        source("# Copyright Example.\n# Licensed under the Apache License, Version 2.0.\n"),
        [("Apache License, Version 2.0".into(), "Apache-2.0".into())]
    );
    assert_eq!(source("x = 'Licensed under the MIT License'\n"), []);
    assert_eq!(
        declared(
            "a.ps1",
            "<#PSScriptInfo\n.LICENSEURI https://example.org/l\n#>\n"
        )
        .len(),
        1
    );
    assert_eq!(
        declared("setup.py", "setup(\n    name='a',\n    license='MIT',\n)\n").len(),
        1
    );
    for (path, text, words, id) in [
        (
            "a.user.js",
            "// ==UserScript==\n// @name a\n// @license      MIT\n",
            "MIT",
            "MIT",
        ),
        (
            "a.js",
            "/**\n * @license Apache-2.0\n */\n",
            "Apache-2.0",
            "Apache-2.0",
        ),
        (
            "a.js",
            "/*! @license MIT: https://m.example */\n",
            "MIT",
            "MIT",
        ),
        (
            "a.php",
            "<?php\n/**\n * @license http://www.gnu.org/licenses/gpl-2.0.html\n */\n",
            "http://www.gnu.org/licenses/gpl-2.0.html",
            "GPL-2.0",
        ),
        (
            "a.js",
            "// @license Harbour house terms\n",
            "Harbour house terms",
            "?",
        ),
        ("a.py", "__license__ = \"ISC\"\n", "ISC", "ISC"),
    ] {
        assert_eq!(
            declared(path, text),
            [(words.to_owned(), id.to_owned())],
            "{text}"
        );
    }
    assert_eq!(
        declared(
            "a.js",
            "// @licenseUrl x\n// @license\nlet a = '@license MIT';\n"
        ),
        []
    );
    assert!(super::header_declares(
        "a.py",
        b"# SPDX-License-Identifier: MIT\n"
    ));
    assert!(!super::header_declares("a.py", b"license = load()\n"));
    assert!(!super::header_declares(
        "tests/a.py",
        b"# SPDX-License-Identifier: MIT\n"
    ));
}

#[test]
fn tags_stand_in_comments() {
    let text = "<!-- SPDX-License-Identifier: CC-BY-4.0 -->\n# SPDX-License-Identifier:  MIT OR Apache-2.0\r\n/* SPDX-License-Identifier: ISC */\nWrite `SPDX-License-Identifier: GPL-3.0` on top.\n";
    let found: Vec<_> = super::tag_ranges(text)
        .into_iter()
        .map(|range| &text[range])
        .collect();
    assert_eq!(found, ["CC-BY-4.0", "MIT OR Apache-2.0", "ISC"]);
}

#[test]
fn licence_files() {
    let mit = spdx::license_id("MIT").map_or("", |id| id.text());
    let own = mit.replace("<year> <copyright holders>", "2024 Jane Doe");
    let (source, read) = facts("LICENSE.txt", &format!("\u{feff}{own}"));
    let text = read.licence_text.expect("a licence file has a text");
    assert_eq!(text.detected.map(|(id, _)| id).as_deref(), Some("MIT"));
    assert_eq!(source.slice(text.title), "MIT License");
    assert_eq!(read.holders[0].name, "Jane Doe");

    // A translation is known by its title.
    let translated = "Attribution 4.0 International\n\nLa présente licence publique…\n";
    let (_, read) = facts("LICENSE", translated);
    assert_eq!(read.licences[0].spdx.as_deref(), Some("CC-BY-4.0"));
    assert_eq!(read.licences[0].source, LicenceSource::Prose);

    let (_, read) = facts("LICENSE", "SPDX-License-Identifier: ISC\n");
    assert_eq!(read.licences[0].spdx.as_deref(), Some("ISC"));

    let (_, read) = facts("LICENSE", "");
    assert!(
        read.licence_text
            .expect("still a licence file")
            .title
            .is_empty()
    );
    assert_eq!(read.zone, Zone::Project);
}

proptest::proptest! {
    #[test]
    fn any_readme_is_read_without_panic(text in "[# MITlicense\\[\\]()!*|.\n\u{a0}é証-]{0,80}") {
        let _ = declared("README.md", &text);
        let _ = declared("LICENSE", &text);
        let _ = declared("a.py", &text);
    }
}
