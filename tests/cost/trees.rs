//! Families of trees: what grows is how many files there are, or how many entries of a
//! configuration meet how many findings.

use std::fmt::Write;

/// Files by their paths.
pub type Files = Vec<(String, String)>;

/// A kind of tree, made with so many pieces.
pub struct Tree {
    pub name: &'static str,
    /// What is made of a number.
    pub make: fn(usize) -> Files,
}

const ADDRESS: &str = "https://api.securitycenter.microsoft.com/api/machines";

/// Every family of trees.
pub const TREES: &[Tree] = &[
    tree("configuration patterns", |n| {
        let patterns = format!("exclude: [\"{}\"]\n", "[[[[".repeat(n));
        vec![config(&patterns), page(1)]
    }),
    tree("configuration excludes", |n| {
        let patterns = lines(n, "exclude:\n", |k| format!("  - a{k}/**\n"));
        let mut files = vec![config(&patterns)];
        files.extend(pages(n));
        files
    }),
    tree("configuration severities", |n| {
        let globs = lines(n, "severity:\n", |k| {
            format!("  \"trademark/*{{,x{k}}}\": note\n")
        });
        vec![config(&globs), page(n)]
    }),
    tree("configuration entries", |n| {
        let entries = lines(n, "ignore:\n", |k| {
            format!("  - rule: trademark/*\n    paths: [a{k}.md]\n    reason: x\n")
        });
        let mut files = vec![config(&entries)];
        files.extend(pages(n));
        files
    }),
    tree("configuration overrides", |n| {
        let entries = lines(n, "overrides:\n", |k| {
            format!("  - paths: [a{k}.md]\n    severity: {{trademark/*: note}}\n")
        });
        let mut files = vec![config(&entries)];
        files.extend(pages(n));
        files
    }),
    tree("configurations in folders", |n| {
        (0..n)
            .flat_map(|k| {
                let (_, text) = config("severity: {trademark/*: note}\n");
                [
                    (format!("d{k}/termscheck.yaml"), text),
                    (format!("d{k}/a.md"), page(1).1),
                ]
            })
            .collect()
    }),
    tree("ignore file lines", |n| {
        let mut files = vec![(
            ".gitignore".to_owned(),
            lines(n, "", |k| format!("x{k}/**/y*\n")),
        )];
        files.extend(pages(n));
        files
    }),
    tree("findings and comments", |n| {
        let text = lines(n, "# Guide\n\n", |k| {
            format!("<!-- termscheck: ignore trademark/* -- x -->\nMicrosoft Defender ATP {k}.\n\n")
        });
        vec![("a.md".to_owned(), text)]
    }),
    tree("findings in pages", pages),
    tree("modules", |n| {
        let mut files = Files::new();
        for k in 0..n {
            let before = k.saturating_sub(1);
            files.push((
                format!("m{k}.py"),
                format!("import requests\nimport m{before}\nfrom m{before} import get{before}\n\ndef get{k}(x):\n    get{before}(x)\n    requests.get('{ADDRESS}')\n"),
            ));
        }
        files
    }),
    tree("limiters", |n| {
        (0..n)
            .map(|k| {
                (
                    format!("m{k}.js"),
                    format!("const limit{k} = pLimit({k});\nfetch('{ADDRESS}')\n"),
                )
            })
            .collect()
    }),
    tree("kin", |n| {
        let mut files = Files::new();
        for k in 0..n {
            files.push((
                format!("a/c{k}.py"),
                format!("import requests\nimport a.h{k}\n\ndef call{k}():\n    requests.get('{ADDRESS}')\n"),
            ));
            files.push((
                format!("a/h{k}.py"),
                format!("import a.c{k}\n\ndef h{k}():\n    for x in range(9):\n        a.c{k}.call{k}()\n"),
            ));
        }
        files
    }),
    tree("routes", |n| {
        (0..n)
            .map(|k| {
                (
                    format!("r{k}/nginx.conf"),
                    format!("http {{ server {{ location /a{k} {{ proxy_pass {ADDRESS}; }} }} }}\n"),
                )
            })
            .collect()
    }),
    tree("manifests", |n| {
        (0..n)
            .map(|k| {
                (
                    format!("p{k}/package.json"),
                    format!("{{\"name\": \"defender-{k}\", \"license\": \"MIT\", \"description\": \"Microsoft Defender {k}\"}}\n"),
                )
            })
            .collect()
    }),
    tree("licences", |n| {
        (0..n)
            .map(|k| {
                (
                    format!("p{k}/LICENSE"),
                    format!("MIT License\n\nCopyright (c) 2020 Somebody {k}\n\nPermission is hereby granted, free of charge\n"),
                )
            })
            .collect()
    }),
    tree("copied pages", |n| {
        (0..n)
            .map(|k| {
                (
                    format!("d{}/p{k}.md", k % 7),
                    format!("---\ntitle: Page {k}\nms.author: x{k}\nms.date: 01/01/2020\n---\n\n# Page {k}\n\nSource: https://learn.microsoft.com/en-us/defender/p{k}\n"),
                )
            })
            .collect()
    }),
    tree("calls in circles", |n| {
        let text = lines(n, &format!("import requests\nU = '{ADDRESS}'\n"), |k| {
            let (next, other) = ((k + 1) % n, (7 * k + 3) % n);
            format!(
                "def f{k}(x):\n    for y in x:\n        f{next}(y)\n        f{other}(y)\n        requests.get(U + y)\n"
            )
        });
        vec![("a.py".to_owned(), text)]
    }),
    tree("folders in each other", |n| {
        vec![(format!("{}a.md", "d/".repeat(n)), page(n).1)]
    }),
    tree("submodules", |n| {
        let mut files = vec![(
            ".gitmodules".to_owned(),
            lines(n, "", |k| {
                format!("[submodule \"s{k}\"]\n\tpath = s{k}\n\turl = https://github.com/a/s{k}\n")
            }),
        )];
        files.extend((0..n).map(|k| (format!("s{k}/README.md"), page(1).1)));
        files
    }),
];

const fn tree(name: &'static str, make: fn(usize) -> Files) -> Tree {
    Tree { name, make }
}

fn config(text: &str) -> (String, String) {
    ("termscheck.yaml".to_owned(), text.to_owned())
}

/// A page with so many findings.
fn page(findings: usize) -> (String, String) {
    let text = lines(findings, "# Guide\n\n", |k| {
        format!("Microsoft Defender ATP, Sharepoint and MS Defender {k}.\n\n")
    });
    ("a.md".to_owned(), text)
}

/// So many pages, each with a finding.
fn pages(count: usize) -> Files {
    (0..count)
        .map(|k| (format!("a{k}.md"), page(1).1))
        .collect()
}

fn lines(count: usize, head: &str, line: impl Fn(usize) -> String) -> String {
    let mut text = head.to_owned();
    for k in 0..count {
        let _ = write!(text, "{}", line(k));
    }
    text
}
