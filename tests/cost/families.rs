//! Families of input that somebody might make to cost more than its size: a format, and
//! a piece that is repeated in it. Each is a folder of its own with one file, so that a
//! cost that grows faster than the file shows.

/// A format: its file, what stands before the repeated pieces, between and after them.
pub struct Format {
    pub path: &'static str,
    head: &'static str,
    tail: &'static str,
}

/// A piece that is repeated; `#` stands for its number, `~` for the one before.
pub struct Shape {
    pub name: &'static str,
    piece: &'static str,
    /// Formats by the ending of their path; empty for all.
    only: &'static [&'static str],
}

const ADDRESS: &str = "https://api.securitycenter.microsoft.com/api/machines";

/// Every kind of file that is parsed.
pub const FORMATS: &[Format] = &[
    format("guide.md", "# Defender\n\n", ""),
    format("guide.mdx", "# Defender\n\n", ""),
    format("guide.rst", "Defender\n========\n\n", ""),
    format("guide.adoc", "= Defender\n\n", ""),
    format("guide.html", "<html><body><p>", "</p></body></html>"),
    format("guide.txt", "", ""),
    format("LICENSE", "MIT License\n\n", ""),
    format("NOTICE", "", ""),
    format("a.py", "import requests\nU = '{A}'\n", ""),
    format("a.js", "const u = '{A}'\n", ""),
    format("a.ts", "const u = '{A}'\n", ""),
    format("a.tsx", "const u = '{A}'\n", ""),
    format("a.cs", "class A { string u = \"{A}\";\n", "}"),
    format("a.go", "package a\nvar u = \"{A}\"\n", ""),
    format("a.ps1", "$u = '{A}'\n", ""),
    format("A.java", "class A { String u = \"{A}\";\n", "}"),
    format("a.kt", "val u = \"{A}\"\n", ""),
    format("a.rs", "const U: &str = \"{A}\";\n", ""),
    format("a.rb", "U = '{A}'\n", ""),
    format("a.php", "<?php\n$u = '{A}';\n", ""),
    format("a.sh", "U={A}\n", ""),
    format(
        "a.ipynb",
        "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"u='{A}'\\n\",\"",
        "\"]}]}",
    ),
    format(
        "cells.ipynb",
        "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"import requests\\n\",\"u='{A}'\\n\"]}",
        "]}",
    ),
    format("a.dart", "var u = '{A}';\n", ""),
    format("a.yaml", "url: {A}\n", ""),
    format("a.json", "{\"url\":\"{A}\",\"x\":[\"", "\"]}"),
    format("a.toml", "url = \"{A}\"\n", ""),
    format("package.json", "{\"name\":\"a\",\"description\":\"", "\"}"),
    format("Cargo.toml", "[package]\nname = \"a\"\n", ""),
    format("pyproject.toml", "[project]\nname = \"a\"\n", ""),
    format("setup.cfg", "[metadata]\nname = a\n", ""),
    format(
        "setup.py",
        "from setuptools import setup\nsetup(name='a', description='''",
        "''')\n",
    ),
    format("pom.xml", "<project><name>", "</name></project>"),
    format(
        "a.csproj",
        "<Project><PropertyGroup><Title>",
        "</Title></PropertyGroup></Project>",
    ),
    format("a.nuspec", "<package><metadata>", "</metadata></package>"),
    format(
        "a.gemspec",
        "Gem::Specification.new do |s|\ns.name = 'a'\n",
        "end\n",
    ),
    format("a.psd1", "@{\nModuleVersion = '1.0'\n", "}\n"),
    format("go.mod", "module example.com/a\n", ""),
    format(
        "composer.json",
        "{\"name\":\"a/a\",\"description\":\"",
        "\"}",
    ),
    format("Chart.yaml", "name: a\n", ""),
    format("action.yml", "name: a\ndescription: a\n", ""),
    format("mkdocs.yml", "site_name: a\n", ""),
    format("REUSE.toml", "version = 1\n", ""),
    format(
        ".reuse/dep5",
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n",
        "",
    ),
    format(
        "openapi.yaml",
        "openapi: 3.0.0\ninfo:\n  title: a\nservers:\n  - url: {A}\npaths:\n",
        "",
    ),
    format("nginx.conf", "http {\nproxy_pass {A};\n", "}\n"),
    format("main.tf", "variable \"u\" { default = \"{A}\" }\n", ""),
    format("main.bicep", "var u = '{A}'\n", ""),
    format("crontab", "* * * * * curl {A}\n", ""),
    format(
        "plan.jmx",
        "<jmeterTestPlan><a>{A}</a>",
        "</jmeterTestPlan>",
    ),
    format(
        "deploy.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  u: {A}\n  containers:\n",
        "",
    ),
    format(
        ".github/workflows/a.yml",
        "on: push\nenv:\n  U: {A}\njobs:\n",
        "",
    ),
];

/// Pieces that are repeated.
pub const SHAPES: &[Shape] = &[
    shape("words", "Defender word # ", &[]),
    shape("long-word", "a1_b", &[]),
    shape("lines", "Microsoft Defender for Endpoint, line #\n", &[]),
    shape(
        "limits-in-a-paragraph",
        "Up to # calls per minute to the API.\n",
        &[],
    ),
    shape("limits-in-a-line", "# calls per minute, ", &[]),
    shape(
        "directives",
        "# termscheck: ignore trademark/altered -- x\n",
        &["py", "sh", "rb", "yaml", "toml", "ps1"],
    ),
    shape(
        "directives",
        "<!-- termscheck: ignore trademark/altered -- x -->\n",
        &["md", "html", "txt"],
    ),
    shape(
        "directives-in-a-line",
        "<!-- termscheck: ignore trademark/altered -- x --> ",
        &["md", "html"],
    ),
    shape(
        "file-directives",
        "<!-- termscheck: ignore-file throttling/* -- x # -->\n",
        &["md", "html"],
    ),
    shape(
        "slash-directives",
        "// termscheck: ignore trademark/altered -- x\n",
        &["js", "ts", "cs", "go", "java", "kt", "rs", "php"],
    ),
    shape("open-brackets", "[", &[]),
    shape("open-braces", "{", &[]),
    shape("open-parens", "(", &[]),
    shape("quotes", "\" ' ` ", &[]),
    shape("stars", "*a **b ", &[]),
    shape("angles", "<a ", &[]),
    shape("closed-tags", "<b>Defender</b> ", &[]),
    shape("colons", "a#: b\n", &[]),
    shape("dashes", "--- a\n", &[]),
    shape("blank-lines", "\n \n", &[]),
    shape(
        "addresses",
        "https://learn.microsoft.com/en-us/defender/# ",
        &[],
    ),
    shape("spdx", "SPDX-License-Identifier: MIT\n", &[]),
    shape("copyright", "Copyright (c) 20# Somebody #\n", &[]),
    shape("names", "Microsoft Defender ATP and Sharepoint\n", &[]),
    shape(
        "headings",
        "## Limits of # calls per minute\n\ntext #\n\n",
        &["md", "mdx", "txt"],
    ),
    shape(
        "table",
        "| GET /api/machines | # calls per minute |\n",
        &["md", "mdx", "rst", "adoc"],
    ),
    shape(
        "list",
        "- # calls per minute\n",
        &["md", "mdx", "rst", "adoc"],
    ),
    shape("nested-list", "  - a\n", &["md", "rst", "adoc"]),
    shape(
        "links",
        "[a#](https://learn.microsoft.com/# \"t\") ",
        &["md", "mdx"],
    ),
    shape(
        "references",
        "[a#]: https://learn.microsoft.com/#\n",
        &["md", "mdx"],
    ),
    shape("quotes-of-lines", "> a #\n", &["md"]),
    shape(
        "functions",
        "def f#():\n    f#()\n    requests.get(U)\n",
        &["py"],
    ),
    shape("loops", "for x in y:\n    requests.get(U)\n", &["py"]),
    shape("sleeps", "requests.get(U)\ntime.sleep(#)\n", &["py"]),
    shape(
        "retries",
        "if r.status_code == 429:\n    time.sleep(1)\nr = requests.get(U)\n",
        &["py"],
    ),
    shape("elif", "elif x == #:\n    requests.get(U)\n", &["py"]),
    shape("concatenation", "U = U + '/#'\n", &["py"]),
    shape(
        "functions",
        "function f#() { f#(); fetch(u) }\n",
        &["js", "ts", "tsx"],
    ),
    shape(
        "loops",
        "for (const x of y) { await fetch(u + x) }\n",
        &["js", "ts", "tsx"],
    ),
    shape(
        "all",
        "Promise.all(y.map(x => fetch(u)))\n",
        &["js", "ts", "tsx"],
    ),
    shape(
        "else-if",
        "if (x == #) { fetch(u) } else ",
        &["js", "ts", "tsx"],
    ),
    shape("while", "while (x) fetch(u)\n", &["js", "ts"]),
    shape(
        "methods",
        "void F#() { F#(); client.GetAsync(u); }\n",
        &["cs"],
    ),
    shape(
        "methods",
        "void f#() { f#(); client.send(u); }\n",
        &["java"],
    ),
    shape("functions", "func f#() { f#(); http.Get(u) }\n", &["go"]),
    shape(
        "functions",
        "function F# { Invoke-RestMethod $u }\n",
        &["ps1"],
    ),
    shape("functions", "fun f#() { f#(); client.get(u) }\n", &["kt"]),
    shape("functions", "fn f#() { f#(); reqwest::get(U); }\n", &["rs"]),
    shape(
        "functions",
        "def f#\n  f#()\n  Net::HTTP.get(U)\nend\n",
        &["rb", "gemspec"],
    ),
    shape(
        "functions",
        "function f#() { f#(); file_get_contents($u); }\n",
        &["php"],
    ),
    shape("functions", "f#() { curl $U; }\n", &["sh"]),
    shape("cells", "a\\n\",\"b #\\n\",\"", &["ipynb"]),
    shape("items", "a#\",\"", &["json"]),
    shape(
        "tables",
        "[[annotations]]\npath = \"a#\"\nSPDX-License-Identifier = \"MIT\"\n",
        &["REUSE.toml"],
    ),
    shape(
        "stanzas",
        "Files: a#\nCopyright: 2020 A\nLicense: MIT\n\n",
        &["dep5"],
    ),
    shape(
        "elements",
        "<title>a #</title><description>Defender</description>",
        &["nuspec", "pom.xml", "csproj", "jmx"],
    ),
    shape(
        "paths",
        "  /api/a#:\n    get:\n      summary: a\n      description: # calls per minute\n",
        &["openapi.yaml"],
    ),
    shape(
        "servers",
        "server { location /a# { limit_req zone=z; proxy_pass https://api.securitycenter.microsoft.com; } }\n",
        &["nginx.conf"],
    ),
    shape(
        "resources",
        "resource \"a\" \"b#\" {\n url = \"x\"\n}\n",
        &["main.tf"],
    ),
    shape(
        "resources",
        "resource a# 'x@1' = {\n name: 'b'\n}\n",
        &["main.bicep"],
    ),
    shape(
        "entries",
        "* * * * * curl https://api.securitycenter.microsoft.com/api/machines/#\n",
        &["crontab"],
    ),
    shape(
        "containers",
        "    - name: a#\n      image: curl\n      command: [curl, 'https://api.securitycenter.microsoft.com']\n",
        &["deploy.yaml"],
    ),
    shape(
        "jobs",
        "  j#:\n    runs-on: x\n    steps:\n      - run: curl https://api.securitycenter.microsoft.com\n",
        &["workflows/a.yml"],
    ),
    shape("fields", "s.description = 'a #'\n", &["gemspec"]),
    shape("fields", "Description = 'a #'\n", &["psd1"]),
    shape(
        "code-cells",
        ",{\"cell_type\":\"code\",\"source\":[\"for x in y:\\n\",\"  requests.get(u)\\n\"]}",
        &["cells.ipynb"],
    ),
    shape(
        "cells-of-lines",
        ",\n{\"cell_type\":\"code\",\"source\":[\n\"for x in y:\\n\",\n\"  requests.get(u)\\n\"]}",
        &["cells.ipynb"],
    ),
    shape(
        "metadata",
        "<authors>A #</authors><licenseUrl>https://a.example/#</licenseUrl><tags>defender</tags>",
        &["nuspec"],
    ),
    shape(
        "call-chain",
        "def f#(x):\n    f~(x)\n    requests.get(U + x)\n",
        &["py"],
    ),
    shape(
        "call-chain",
        "function f#(x) { f~(x); fetch(u + x) }\n",
        &["js", "ts"],
    ),
    shape(
        "call-chain",
        "func f#(x string) { f~(x); http.Get(u + x) }\n",
        &["go"],
    ),
    shape(
        "call-chain",
        "void F#(string x) { F~(x); client.GetAsync(u + x); }\n",
        &["cs"],
    ),
    shape(
        "call-chain",
        "void f#(String x) { f~(x); client.send(u + x); }\n",
        &["java"],
    ),
    shape(
        "call-chain",
        "fun f#(x: String) { f~(x); client.get(u + x) }\n",
        &["kt"],
    ),
    shape(
        "call-chain",
        "fn f#(x: &str) { f~(x); reqwest::get(U); }\n",
        &["rs"],
    ),
    shape(
        "call-chain",
        "def f#(x)\n  f~(x)\n  Net::HTTP.get(U)\nend\n",
        &["rb"],
    ),
    shape(
        "call-chain",
        "function f#($x) { f~($x); file_get_contents($u); }\n",
        &["php"],
    ),
    shape(
        "call-chain",
        "function F# { F~; Invoke-RestMethod $u }\n",
        &["ps1"],
    ),
    shape("call-chain", "f#() { f~; curl $U; }\n", &["sh"]),
    shape(
        "call-chain",
        "f#(x) { f~(x); http.get(Uri.parse(u)); }\n",
        &["dart"],
    ),
    shape(
        "else-if",
        "if (x == #) { client.send(u); } else ",
        &["java", "cs", "php"],
    ),
    shape("else-if", "if x == # { http.Get(u) } else ", &["go", "rs"]),
    shape(
        "while",
        "while (x) client.send(u);\n",
        &["java", "cs", "kt", "php"],
    ),
    shape(
        "while",
        "while x:\n    requests.get(U)\n    time.sleep(1)\n",
        &["py"],
    ),
    shape("while", "for x < # { http.Get(u) }\n", &["go"]),
    shape("elsif", "elsif x == #\n  Net::HTTP.get(U)\n", &["rb"]),
    shape(
        "nested-while",
        "while (x) { fetch(u); ",
        &["js", "ts", "java", "cs"],
    ),
    shape(
        "all-of-many",
        "await Promise.all([fetch(u), fetch(u + '#')]); const p# = [fetch(u)];\n",
        &["js", "ts"],
    ),
    shape(
        "then-chain",
        "fetch(u).then(x => fetch(u + '#')).then(x => x);\n",
        &["js", "ts"],
    ),
    shape("chained", ".then(x => fetch(u + x))", &["js"]),
    shape(
        "sums",
        "x# = U + '/a' + str(x~)\nrequests.get(x#)\n",
        &["py"],
    ),
    shape(
        "sums",
        "const x# = u + '/a' + x~; fetch(x#)\n",
        &["js", "ts"],
    ),
    shape("one-name", "x = x + U\n", &["py", "rb"]),
    shape("constants", "A# = A~\n", &["py", "rb"]),
    shape("arguments", "f(x, #, ", &["py", "js", "go", "rs"]),
    shape("pace", "time.sleep(60 / #)\nrequests.get(U)\n", &["py"]),
    shape(
        "environment",
        "    env:\n    - name: A#\n      value: https://api.securitycenter.microsoft.com\n",
        &["deploy.yaml"],
    ),
    shape(
        "documents",
        "---\nkind: CronJob\nspec:\n  schedule: '* * * * *'\n  u: https://api.securitycenter.microsoft.com/#\n",
        &["deploy.yaml"],
    ),
    shape(
        "steps",
        "      - run: curl https://api.securitycenter.microsoft.com/api/#\n",
        &["workflows/a.yml"],
    ),
    shape(
        "dependencies",
        "s.add_dependency 'a#', '1.0'\n",
        &["gemspec"],
    ),
    shape(
        "upstreams",
        "upstream a# { server api.securitycenter.microsoft.com; }\nserver { location / { proxy_pass http://a~; } }\n",
        &["nginx.conf"],
    ),
    shape(
        "zones",
        "limit_req_zone $a zone=z#:1m rate=#r/s; server { limit_req zone=z~; proxy_pass https://api.securitycenter.microsoft.com; }\n",
        &["nginx.conf"],
    ),
    shape(
        "modules",
        "resource \"a\" \"b#\" {\n url = a.b~.url\n}\n",
        &["main.tf"],
    ),
];

const fn format(path: &'static str, head: &'static str, tail: &'static str) -> Format {
    Format { path, head, tail }
}

const fn shape(name: &'static str, piece: &'static str, only: &'static [&'static str]) -> Shape {
    Shape { name, piece, only }
}

impl Format {
    /// The text of a family at a size, in bytes.
    pub fn text(&self, shape: &Shape, size: usize) -> String {
        let mut text = self.head.replace("{A}", ADDRESS);
        // What asks nothing of a file does not read it.
        if !text.contains("Defender") && !text.contains(ADDRESS) && self.tail.is_empty() {
            text.push_str(if self.path.contains('.') {
                ""
            } else {
                "Defender\n"
            });
        }
        // Each above the limits that are documented, so that pieces give findings alike.
        let mut number = 2000;
        while text.len() < size {
            if shape.piece.contains('#') && !shape.piece.starts_with("# ") {
                let own = shape.piece.replace('#', &number.to_string());
                text.push_str(&own.replace('~', &(number - 1).to_string()));
            } else {
                text.push_str(shape.piece);
            }
            number += 1;
        }
        text.push_str(self.tail);
        text
    }
}

/// Every family.
pub fn all() -> impl Iterator<Item = (&'static Format, &'static Shape)> {
    FORMATS.iter().flat_map(|format| {
        let fits = |shape: &&Shape| {
            shape.only.is_empty() || shape.only.iter().any(|end| format.path.ends_with(end))
        };
        SHAPES.iter().filter(fits).map(move |shape| (format, shape))
    })
}
