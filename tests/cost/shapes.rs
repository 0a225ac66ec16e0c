//! Pieces that are repeated in files.

use super::{Shape, shape};

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
];
