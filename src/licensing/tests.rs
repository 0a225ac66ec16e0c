use std::path::Path;

use super::*;
use crate::tree;

fn of(files: &[(&str, &str)], targets: &[&str]) -> Licensing {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
        std::fs::write(path, text).expect("written");
    }
    let targets: Vec<_> = targets
        .iter()
        .map(|path| folder.path().join(path))
        .collect();
    collect(
        &*tree::of_folder(folder.path()),
        folder.path(),
        &targets,
        1 << 20,
    )
}

fn text(id: &str) -> &'static str {
    spdx::license_id(id).map_or("", |id| id.text())
}

/// Licence and step of a file.
fn decided(licensing: &Licensing, path: &str) -> (Option<String>, Option<Step>) {
    let file = licensing.files.iter().find(|file| &*file.path == path);
    let file = file.expect("the file was asked for");
    (file.licence.clone(), file.step)
}

fn is(licensing: &Licensing, path: &str, licence: &str, step: Step) {
    assert_eq!(
        decided(licensing, path),
        (Some(licence.to_owned()), Some(step)),
        "{path}"
    );
}

#[test]
fn the_order_of_the_steps() {
    let licensing = of(
        &[
            ("LICENSE", text("MIT")),
            ("Cargo.toml", "[package]\nname = \"a\"\nlicense = \"MIT\"\n"),
            ("plain.c", "int a;\n"),
            ("tagged.c", "/* SPDX-License-Identifier: ISC */\nint a;\n"),
            ("logo.png", "\u{0}PNG"),
            ("logo.png.license", "SPDX-License-Identifier: CC-BY-4.0\n"),
            ("third/LICENSE", text("BSD-3-Clause")),
            ("third/deep/a.c", "int a;\n"),
            ("docs/a.md", "# A\n\nText.\n"),
            ("docs/b.md", "---\nlicense: CC-BY-SA-4.0\n---\n\n# B\n"),
            (
                "REUSE.toml",
                "version = 1\n[[annotations]]\npath = \"docs/**\"\nSPDX-License-Identifier = \"CC-BY-4.0\"\n[[annotations]]\npath = \"over/*\"\nprecedence = \"override\"\nSPDX-License-Identifier = \"0BSD\"\n",
            ),
            ("over/a.c", "/* SPDX-License-Identifier: ISC */\n"),
            ("over/in/b.c", "/* SPDX-License-Identifier: ISC */\n"),
        ],
        &["."],
    );
    is(&licensing, "plain.c", "MIT", Step::Manifest);
    is(&licensing, "tagged.c", "ISC", Step::Header);
    is(&licensing, "logo.png", "CC-BY-4.0", Step::Sidecar);
    is(&licensing, "third/deep/a.c", "BSD-3-Clause", Step::Folder);
    is(&licensing, "docs/a.md", "CC-BY-4.0", Step::ReuseToml);
    is(&licensing, "docs/b.md", "CC-BY-SA-4.0", Step::Header);
    is(&licensing, "over/a.c", "0BSD", Step::ReuseOverride);
    is(&licensing, "over/in/b.c", "ISC", Step::Header);
    // What holds licences is asked for by name only.
    assert!(licensing.files.iter().all(|file| &*file.path != "LICENSE"));
    assert_eq!(licensing.conflicts, []);
}

#[test]
fn paragraphs_of_dep5_and_several_tags() {
    let licensing = of(
        &[
            (
                ".reuse/dep5",
                "Format: x\n\nFiles: *\nCopyright: 2026 A\nLicense: MIT\n\nFiles: data/*\nCopyright: 2026 A\nLicense: CC0-1.0\n",
            ),
            ("a/b.txt", "Words.\n"),
            ("data/deep/x.csv", "1,2\n"),
            (
                "two.py",
                "# SPDX-License-Identifier: MIT\n# SPDX-License-Identifier: Apache-2.0 OR ISC\n",
            ),
        ],
        &["."],
    );
    is(&licensing, "a/b.txt", "MIT", Step::Dep5);
    is(&licensing, "data/deep/x.csv", "CC0-1.0", Step::Dep5);
    is(
        &licensing,
        "two.py",
        "MIT AND (Apache-2.0 OR ISC)",
        Step::Header,
    );
}

#[test]
fn several_texts_hold_as_the_manifest_says() {
    let texts = [
        ("LICENSE-MIT", text("MIT")),
        ("LICENSE-APACHE", text("Apache-2.0")),
        ("a.c", ""),
    ];
    let licensing = of(&texts, &["a.c"]);
    assert_eq!(decided(&licensing, "a.c"), (None, Some(Step::Root)));
    assert_eq!(licensing.files[0].licences, ["Apache-2.0", "MIT"]);
    let manifest = (
        "Cargo.toml",
        "[package]\nname = \"a\"\nlicense = \"MIT OR Apache-2.0\"\n",
    );
    let all: Vec<_> = texts.into_iter().chain([manifest]).collect();
    let licensing = of(&all, &["a.c"]);
    is(&licensing, "a.c", "MIT OR Apache-2.0", Step::Manifest);
    assert_eq!(licensing.files.len(), 1);
    assert_eq!(licensing.conflicts, []);
}

#[test]
fn what_cannot_be_right() {
    let rider = format!(
        "{}\n\nThe Software may not be used for commercial purposes.\n",
        text("MIT")
    );
    let licensing = of(
        &[
            ("LICENSE", text("GPL-3.0")),
            ("package.json", "{ \"name\": \"a\", \"license\": \"MIT\" }"),
            ("LICENSES/Apache-2.0.txt", text("MIT")),
            ("LICENSES/ISC.txt", text("ISC")),
            ("a.js", "// SPDX-License-Identifier: ISC\n"),
            ("a.js.license", "SPDX-License-Identifier: MIT\n"),
            ("b.js", "// SPDX-License-Identifier: Free as in beer\n"),
            ("c.js", "// SPDX-License-Identifier: Zlib\n"),
            ("sub/LICENSE", &rider),
            ("sub/d.js", ""),
        ],
        &["."],
    );
    let said: Vec<String> = licensing
        .conflicts
        .iter()
        .map(|one| format!("{}:{} {}", one.path, one.line, one.message))
        .collect();
    assert_eq!(
        said,
        [
            "LICENSES/Apache-2.0.txt:1 is named for Apache-2.0, but holds the text of MIT",
            "a.js:1 says ISC, but a.js.license line 1 says MIT",
            "b.js:1 “Free as in beer” is no SPDX expression",
            "c.js:1 says Zlib, whose text is not in LICENSES/",
            "package.json:1 says MIT, but LICENSE line 1 says GPL-3.0",
            "sub/LICENSE:21 holds the text of MIT with terms added (“The Software may not be used for commercial purposes”): it is no longer that licence",
        ]
    );
    // A text with terms of its own names nothing.
    assert_eq!(decided(&licensing, "sub/d.js"), (None, Some(Step::Folder)));
}

#[test]
fn near_misses_show_the_words() {
    let own = text("ISC").replace("with or without fee", "with or without a large fee");
    let licensing = of(&[("LICENSE", &own), ("a.c", "")], &["a.c"]);
    is(&licensing, "a.c", "ISC", Step::Root);
    let difference = &licensing.files[0].evidence[0].differences[0];
    assert_eq!(
        (difference.licence.as_str(), difference.file.as_str()),
        ("", "a large")
    );
}
