//! Further pieces: chains of calls, entries of configuration, limits in every form.

use super::{Shape, shape};

/// The rest of the pieces that are repeated.
pub const MORE: &[Shape] = &[
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
    shape("one-field", "self.x = self.x + U\n", &["py", "rb"]),
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
    shape(
        "named-limits-in-a-line",
        "Defender API # calls per minute and ",
        &["md", "mdx", "rst", "adoc", "html", "txt"],
    ),
    shape(
        "advice",
        "Use several app registrations to get around throttling, # of them.\n",
        &["md", "mdx", "rst", "adoc", "html", "txt"],
    ),
    shape(
        "questions",
        "Is it # calls per minute? No. That is wrong.\n",
        &["md", "txt"],
    ),
    shape(
        "listed-limits",
        "  - name: Defender API #\n    limit: #\n    timeFrame: minute\n",
        &["limits.yaml"],
    ),
    shape(
        "comments-with-limits",
        "// Up to # calls per minute to the API.\n",
        &["js", "ts", "cs", "go", "java", "kt", "rs"],
    ),
    shape(
        "waits",
        "    requests.get(U)\n    time.sleep(#)\n",
        &["loop.py"],
    ),
    shape(
        "limiters",
        "    with limiter:\n        requests.get(U)\n",
        &["loop.py"],
    ),
    shape(
        "idle-limiters",
        "const limiter# = new Bottleneck({minTime: #})\nfor (const x of y) { await fetch(u + x) }\n",
        &["js", "ts"],
    ),
    shape(
        "catches",
        ".catch(x => fetch(u + x)).finally(() => x)",
        &["chain.js"],
    ),
    shape(
        "here-strings",
        "$x = @\"\n<a b='#'>((( => </a>\n\"@\n",
        &["ps1"],
    ),
    shape(
        "unclosed",
        "\"\"\" ''' ` /* <<A ${ #{ $( @\"\n",
        &[
            "py", "js", "cs", "ps1", "java", "kt", "rs", "rb", "php", "sh", "dart",
        ],
    ),
];
