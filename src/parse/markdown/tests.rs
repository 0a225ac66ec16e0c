use crate::facts::FileFacts;
use crate::facts::document::DocfxKind;
use crate::parse::testing::{check, parse_at, show};
use crate::source::Source;

fn parse(text: &str) -> (Source, FileFacts) {
    parse_at("a.md", text)
}

fn shown(text: &str) -> Vec<String> {
    parse(text).1.prose.iter().map(show).collect()
}

#[test]
fn every_block_is_a_piece_of_prose() {
    for (text, expected) in [
        (
            "# One\n\nTwo *three* **fo**ur `x` five\nsix",
            &["h1: One", "p: Two three four @ five six"][..],
        ),
        ("Title\n=====\n\nSub\n---", &["h1: Title", "h2: Sub"]),
        (
            "- a\n- b\n\n  c\n  - d",
            &["li: a", "li: b", "li: c", "li: d"],
        ),
        (
            "> quoted\n> > deeper\n\nown",
            &["p>: quoted", "p>: deeper", "p: own"],
        ),
        ("> [!NOTE]\n> own words", &["p: own words"]),
        ("> [!SECURITY] own words", &["p: @ own words"]),
        (
            "> [!WARNING]\n> own\n> > not own",
            &["p: own", "p>: not own"],
        ),
        (
            "a | b\n---|---\nc | `d` e",
            &["td: a", "td: b", "td: c", "td: @ e"],
        ),
        ("a &amp; b\\* c&nbsp;d", &["p: a & b* c\u{a0}d"]),
        (
            "one\r\ntwo  \r\nthree\\\r\nfour",
            &["p: one two three four"],
        ),
        ("~~old~~ new", &["p: old new"]),
        ("```sh\nnot prose\n```\n\n    nor this", &[]),
        (
            "see <https://a.example/b> or https://a.example/c_d(e). Go",
            &["p: see @ or @. Go"],
        ),
        ("mail x_y@a.example now", &["p: mail @ now"]),
        ("[https://a.example](https://a.example) ok", &["p: @ ok"]),
        ("a[^1]\n\n[^1]: note", &["p: a@", "p: note"]),
        ("- [x] done\n- [ ] open", &["li: done", "li: open"]),
        ("a {{ b }} c {% d %}", &["p: a @ c @"]),
        ("![The logo](a.png) text", &["p: @ text", "alt: The logo"]),
        ("x\0y", &["p: x\0y"]),
    ] {
        assert_eq!(shown(text), expected, "{text:?}");
    }
}

#[test]
fn html_vanishes_and_its_words_stay() {
    for (text, expected) in [
        (
            "<h1 align=\"center\">My <b>Tool</b></h1>\n\ntext",
            &["h1: My Tool", "p: text"][..],
        ),
        (
            "<h1 align=\"center\">\n\nName\n\n</h1>\n\nafter",
            &["h1: Name", "p: after"],
        ),
        (
            "<h1>Never closed\n\nafter",
            &["h1: Never closed", "p: after"],
        ),
        (
            "<div><h1>Both open\n\nafter",
            &["h1: Both open", "p: after"],
        ),
        (
            "<blockquote>never closed\n\nafter",
            &["p>: never closed", "p: after"],
        ),
        (
            "Micro<sup>®</sup>soft <!-- no -->Word<br/>two",
            &["p: Micro®soft Word two"],
        ),
        ("<p>a &eacute; &lt; b</p>", &["p: a é < b"]),
        ("<pre>no</pre>\n<script>no</script>\n<style>no</style>", &[]),
        ("<div>\n<code>no</code> yes\n</div>", &["p: @ yes"]),
        ("a <kbd>Ctrl</kbd> b", &["p: a @ b"]),
        (
            "<img src=\"a.png\" alt=\"Logo &amp; name\">",
            &["alt: Logo & name"],
        ),
        ("> <p>a\n> b</p>", &["p>: a b"]),
        ("<del>old</del> <s>x</s> new", &["p: old x new"]),
        ("<ul><li>a<li>b</ul>", &["li: a", "li: b"]),
        (
            "<details><summary>More</summary>\n\n**in**\n\n</details>",
            &["p: More", "p: in"],
        ),
        ("<table><tr><td>1<td>2</table>", &["td: 1", "td: 2"]),
        ("<b>open\n\n# Next", &["p: open", "h1: Next"]),
        ("</div></b></h1>text", &["p: text"]),
        ("a < b > c", &["p: a < b > c"]),
    ] {
        assert_eq!(shown(text), expected, "{text:?}");
    }
}

#[test]
fn docfx_marks_are_facts_and_no_prose() {
    use DocfxKind::{Alert, Extension, Include, LocalisedAnchor, TripleColon, Xref};
    for (text, kinds, expected) in [
        (
            "[!INCLUDE [Rebranding note](../a.md)]",
            &[Include][..],
            &[][..],
        ),
        ("> [!NOTE]\n> x", &[Alert], &["p: x"]),
        (
            "> [!div class=\"step\"]\n> [next](b.md)",
            &[Extension],
            &["p: @ next"],
        ),
        ("[!VIDEO https://a.example/x]", &[Extension], &[]),
        (
            "# <a name=\"x\"></a>Titre",
            &[LocalisedAnchor],
            &["h1: Titre"],
        ),
        (
            "see <xref:A.B> and [c](xref:C)",
            &[Xref, Xref],
            &["p: see @ and c"],
        ),
        (
            ":::image type=\"content\" source=\"a.png\" alt-text=\"The portal\":::",
            &[TripleColon],
            &["alt: The portal"],
        ),
        (
            ":::zone pivot=\"a\"\n\nx\n\n:::zone-end",
            &[TripleColon, TripleColon],
            &["p: x"],
        ),
        (
            ":::no-loc text=\"Edge\"::: works",
            &[TripleColon],
            &["p: Edge works"],
        ),
        (":::tip Take care\nx\n:::", &[], &["p: Take care x"]),
        ("`[!INCLUDE [a](b)]`\n\n```\n[!NOTE]\n```", &[], &[]),
    ] {
        let (_, facts) = parse(text);
        let found: Vec<_> = facts.docfx.iter().map(|mark| mark.kind).collect();
        assert_eq!(found, kinds, "{text:?}");
        assert_eq!(shown(text), expected, "{text:?}");
    }
}

#[test]
fn a_bilingual_page_is_read_once() {
    let span = |own: &str, hidden: &str| {
        format!(
            "<span data-ttu-id=\"1\">{own}</span><span class=\"sxs-lookup\"><span data-stu-id=\"1\">{hidden}</span></span>"
        )
    };
    let text = format!(
        "# <a name=\"t\"></a>{}\n\n{} {}\n\n- [{}](u)\n\n{} | {}\n---|---\n{} | {}\n",
        span("Titel", "Title"),
        span("Eins [a](b).", "One [a](b)."),
        span("**Zwei**.", "**Two**."),
        span("Ziel", "Target"),
        span("Aufrufe", "Calls"),
        span("Zeit", "Time"),
        span("100", "100"),
        span("60 Sekunden", "60 seconds"),
    );
    let (source, facts) = parse_at("README.md", &text);
    let lines: Vec<_> = facts.prose.iter().map(show).collect();
    assert_eq!(
        lines,
        [
            "h1: Titel",
            "h1~: Title",
            "p: Eins a. Zwei.",
            "p~: One a. Two.",
            "li: Ziel",
            "li~: Target",
            "td: Aufrufe",
            "td~: Calls",
            "td: Zeit",
            "td~: Time",
            "td: 100",
            "td~: 100",
            "td: 60 Sekunden",
            "td~: 60 seconds",
        ]
    );
    assert_eq!(facts.links.iter().filter(|link| link.url == "u").count(), 1);
    let ziel = facts.links.iter().find(|link| link.url == "u");
    assert_eq!(ziel.map(|link| link.text.as_str()), Some("Ziel"));
    let table = &facts.tables[0];
    let cells: Vec<_> = table.rows[0]
        .iter()
        .map(|cell| cell.text.as_str())
        .collect();
    assert_eq!(cells, ["100", "60 Sekunden"]);
    assert_eq!(source.slice(table.rows[0][1].span), "60 Sekunden");
    assert_eq!(table.heading, Some(0));
    assert_eq!(facts.headings[0].text, "Titel");
    assert_eq!(facts.names[0].value, "Titel");
}

#[test]
fn spans_point_at_the_words() {
    let text = "# Über *Micro*soft&nbsp;`x`\n\nSee [the **docs**](https://a.example) <b>now</b>.\n";
    let (source, facts) = parse(text);
    assert_eq!(
        source.slice(facts.headings[0].span),
        "Über *Micro*soft&nbsp;`x`"
    );
    assert_eq!(facts.headings[0].text, "Über Microsoft x");
    let prose = &facts.prose[0];
    let at = prose.text.find("Microsoft").unwrap_or_default();
    assert_eq!(
        source.slice(prose.span(source.id, at..at + 9)),
        "Micro*soft"
    );
    let prose = &facts.prose[1];
    assert_eq!(prose.links, [(4..12, 0)]);
    assert_eq!(prose.link_at(9), Some(0));
    assert_eq!(prose.link_at(12), None);
    let link = &facts.links[0];
    assert_eq!(
        (link.text.as_str(), link.url.as_str()),
        ("the docs", "https://a.example")
    );
    assert_eq!(source.slice(link.span), "[the **docs**](https://a.example)");
    let at = prose.text.find("now").unwrap_or_default();
    assert_eq!(source.slice(prose.span(source.id, at..at + 3)), "now");
}

#[test]
fn links_are_resolved_and_images_told() {
    let text = "[a][r] [![CI](b.svg)](c) <https://d.example> https://e.example <a href=\"f&amp;g\">h</a> <img src=i alt=j>\n\n[r]: target 'title'\n";
    let (_, facts) = parse(text);
    let links: Vec<_> = facts
        .links
        .iter()
        .map(|link| (link.url.as_str(), link.text.as_str(), link.image))
        .collect();
    assert_eq!(
        links,
        [
            ("target", "a", false),
            ("c", "CI", false),
            ("b.svg", "CI", true),
            ("https://d.example", "https://d.example", false),
            ("https://e.example", "https://e.example", false),
            ("f&g", "h", false),
            ("i", "j", true),
        ]
    );
}

#[test]
fn struck_text_is_marked() {
    let (_, facts) = parse("new ~~old *name*~~ and <del>gone</del> end");
    let prose = &facts.prose[0];
    let struck: Vec<_> = prose
        .struck
        .iter()
        .map(|range| &prose.text[range.clone()])
        .collect();
    assert_eq!(struck, ["old name", "gone"]);
    assert!(prose.is_struck(5) && !prose.is_struck(0));
}

#[test]
fn tables_of_both_markups_have_rows() {
    let gfm = "## Limits\n\nName | Calls | Period\n:---|:---|:---\nper connection | **100** | 60 `s`\n| x | y\\|z | \n";
    let html = "<table><thead><tr><th>Name<th>Calls<th>Period</thead><tr><td rowspan=2>per connection<td>100<td>60 s<tr><td colspan=2><p>a</p><p>b</p></td></table>";
    let grid = |text: &str| {
        let (_, facts) = parse(text);
        let row = |cells: &[crate::facts::Cell]| {
            cells
                .iter()
                .map(|cell| cell.text.clone())
                .collect::<Vec<_>>()
                .join("|")
        };
        let table = &facts.tables[0];
        let mut rows = vec![row(&table.header)];
        rows.extend(table.rows.iter().map(|cells| row(cells)));
        rows
    };
    assert_eq!(
        grid(gfm),
        ["Name|Calls|Period", "per connection|100|60 s", "x|y|z|"]
    );
    assert_eq!(
        grid(html),
        [
            "Name|Calls|Period",
            "per connection|100|60 s",
            "per connection|a b|"
        ]
    );
}

#[test]
fn front_matter_is_read_and_visible_values_are_prose() {
    for ending in ["\n", "\r\n"] {
        let text = "---\ntitle: \"Terms of use\"\nMS.technology: mde\nms.custom: api\nauthor: x\ndescription: >\n  folded\n  text\ninfo:\n  tags: [a, b]\n---\n# Title\n"
            .replace('\n', ending);
        let (source, facts) = parse(&text);
        let entries: Vec<_> = facts
            .front_matter
            .iter()
            .map(|entry| (entry.key.as_str(), entry.value.trim()))
            .collect();
        assert_eq!(
            entries,
            [
                ("title", "Terms of use"),
                ("MS.technology", "mde"),
                ("ms.custom", "api"),
                ("author", "x"),
                ("description", "folded text"),
                ("info.tags.0", "a"),
                ("info.tags.1", "b"),
            ]
        );
        assert_eq!(
            source.slice(facts.front_matter[0].value_span),
            "Terms of use"
        );
        let lines: Vec<_> = facts.prose.iter().map(show).collect();
        assert_eq!(
            lines,
            [
                "fm.title: Terms of use",
                "fm.description: folded text",
                "h1: Title"
            ]
        );
        assert!(facts.problems.is_empty());
    }
    let (_, facts) = parse("---\ntitle: a: b\nms.author: c\n---\ntext");
    let entries: Vec<_> = facts
        .front_matter
        .iter()
        .map(|entry| entry.value.as_str())
        .collect();
    assert_eq!(entries, ["a: b", "c"]);
    assert!(facts.problems.is_empty());
    let (_, facts) = parse("+++\ntitle = \"T\"\n[params]\na = 1\n+++\ntext");
    let keys: Vec<_> = facts
        .front_matter
        .iter()
        .map(|entry| entry.key.as_str())
        .collect();
    assert_eq!(keys, ["title", "params.a"]);
    // Rules are not front matter, and unclosed front matter is text.
    assert_eq!(shown("---\n\nText\n\n---\n"), ["p: Text"]);
    assert_eq!(shown("---\na: b\n"), ["p: a: b"]);
}

#[test]
fn code_blocks_keep_their_language_and_bytes() {
    let (source, facts) = parse(
        "```Python title=\"x\"\na\nb\n```\n\n> ```\n> q\n> ```\n\n    indented\n\n<pre><code class=\"language-bash\">c</code></pre>\n\n```\n```\n",
    );
    let fences: Vec<_> = facts
        .fences
        .iter()
        .map(|fence| (fence.language.as_str(), source.slice(fence.span)))
        .collect();
    assert_eq!(
        fences,
        [
            ("python", "a\nb\n"),
            ("", "q\n"),
            ("", "indented\n"),
            ("bash", "<code class=\"language-bash\">c</code>"),
            ("", ""),
        ]
    );
}

#[test]
fn a_readme_gives_the_title() {
    for (path, text, expected) in [
        (
            "README.md",
            "![b](c)\n\n# Name `x`\n\n# Two",
            Some("Name x"),
        ),
        // What opens the document is its title, whatever its level.
        ("README.md", "![b](c)\n\n## Name\n\n# Two", Some("Name")),
        ("README.md", "## Only", Some("Only")),
        ("sub/readme.MD", "Name\n====", Some("Name")),
        (
            "README.md",
            "<p align=center><img src=a></p>\n<h1 align=\"center\">\n  <img src=b alt=logo> The\n  Name\n</h1>",
            Some("The Name"),
        ),
        (
            "README.md",
            "<h1><img src=\"b\" alt=\"The Name\"></h1>",
            Some("The Name"),
        ),
        ("README.md", "no heading", None),
        ("guide.md", "# Guide", None),
        (
            "skills/a/SKILL.md",
            "---\nname: the-skill\ndescription: d\n---\n# Skill",
            Some("the-skill"),
        ),
    ] {
        let (source, facts) = parse_at(path, text);
        let name = facts.names.first();
        assert_eq!(name.map(|name| name.value.as_str()), expected, "{text:?}");
        if let Some(span) = name.and_then(|name| name.span) {
            assert!(!source.slice(span).is_empty());
        }
    }
}

#[test]
fn directives_stand_in_comments() {
    let text = "<!-- termscheck: ignore a/b -- why -->\n\ntext <!-- termscheck: ignore c -->\n\n[//]: # (termscheck: ignore d)\n[comment]: <> \"termscheck: ignore e\"\n\n```\n[//]: # (termscheck: ignore no)\n<!-- termscheck: ignore no -->\n```\n\nsay termscheck: ignore no\n\n{/* termscheck: ignore f */}\n";
    let (source, facts) = parse(text);
    let found: Vec<_> = facts
        .directives
        .iter()
        .map(|directive| directive.text.as_str())
        .collect();
    assert_eq!(
        found,
        [
            "ignore a/b -- why",
            "ignore c",
            "ignore d",
            "ignore e",
            "ignore f"
        ]
    );
    assert_eq!(
        source.slice(facts.directives[2].span),
        "[//]: # (termscheck: ignore d)"
    );
}

#[test]
fn mdx_is_tolerated() {
    let text = "import A from './a'\nexport const b = 1\n\n# Title\n\n<Card title=\"The card\" icon={<X/>}>\n  inside **it** [a](b)\n\n      1. Select **`c`** or\n         [d](e).\n\n         ```sh\n         no\n         ```\n      <img alt=\"Pic\"/>\n\n          | f | g |\n          |---|---|\n          | h | i |\n</Card>\n\n{/* gone\n\n# No\n\n- no\n\n```\nno\n```\n*/}\n\nafter\n";
    let (source, facts) = parse_at("a.mdx", text);
    check(&source, &facts);
    let lines: Vec<_> = facts.prose.iter().map(show).collect();
    assert_eq!(
        lines,
        [
            "h1: Title",
            "p: The card",
            "p: inside it a",
            "li: Select @ or d.",
            "alt: Pic",
            "td: f",
            "td: g",
            "td: h",
            "td: i",
            "p: after"
        ]
    );
    assert_eq!(facts.fences.len(), 1);
    assert_eq!(source.slice(facts.fences[0].span).trim(), "no");
    assert_eq!(facts.headings.len(), 1);
    let cell = facts.tables[0].rows[0][1].span;
    assert_eq!(source.slice(cell), "i");
    let link = facts.links.iter().find(|link| link.url == "e");
    assert_eq!(link.map(|link| source.slice(link.span)), Some("[d](e)"));
}

#[test]
fn deep_nesting_and_long_lines_end_soon() {
    let many = |piece: &str| piece.repeat(10_000);
    for text in [
        many(">"),
        many("> - "),
        many("- "),
        many("["),
        many("![") + &many("](a)"),
        many("[![a](b)") + &many("](c)"),
        many("*a **b "),
        many("<div>"),
        many("<b>") + &many("</i>"),
        many("<table><tr><td>"),
        many("<blockquote>\n\n"),
        many("<h1>\n\n"),
        many("<span class=\"sxs-lookup\">a"),
        many("<!--"),
        many("[!INCLUDE ["),
        many(":::image "),
        many("{{ "),
        many("https://a.example/("),
        many("a@b.c "),
        many("&amp"),
        many("`a"),
        many("a|b\n-|-\n"),
        many("[a]: b\n"),
        many("<a name=\"x\"></a>"),
        many("~~a "),
        "word ".repeat(200_000),
    ] {
        let (source, facts) = parse(&text);
        check(&source, &facts);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]
    #[test]
    fn any_text_gives_spans_in_bounds(text in "([-a-cé #*_~`>|\\[\\]()!:{}%&;<>/=\"'.@\n\r\t\0\u{a0}]|<b>|</b>|<h1>|</h1>|<td>|<table>|<code>|</code>|<span class=sxs-lookup>|</span>|https://|---\n|:::image |\\[!NOTE\\]|&amp;|&nbsp;|<!--|-->|termscheck:|\\|-\n){0,40}") {
        let (source, facts) = parse(&text);
        check(&source, &facts);
        let indented = text.replace('\n', "\n     ");
        let (source, facts) = parse_at("a.mdx", &indented);
        check(&source, &facts);
        let (source, facts) = parse_at("README.html", &text);
        check(&source, &facts);
    }
}
