use crate::parse::testing::{check, parse_at, show};

fn shown(path: &str, text: &str) -> Vec<String> {
    let (source, facts) = parse_at(path, text);
    check(&source, &facts);
    facts.prose.iter().map(show).collect()
}

#[test]
fn plain_text_is_read_by_paragraph() {
    for (text, expected) in [
        (
            "one\ntwo\r\nthree\n\nfour",
            &["p: one two three", "p: four"][..],
        ),
        (
            "Title\n=====\n\nbody\n----\nnext",
            &["h1: Title", "h2: body", "p: next"],
        ),
        ("  * a\n    b\n  * c\n1. d", &["li: a b", "li: c", "li: d"]),
        ("use `code` at https://a.example.", &["p: use @ at @."]),
        ("*****\nBanner\n*****\ntext", &["h1: Banner", "p: text"]),
        ("    indented text", &["p: indented text"]),
        ("# termscheck: ignore a\ntext", &["p: text"]),
    ] {
        assert_eq!(shown("a.txt", text), expected, "{text:?}");
    }
}

#[test]
fn restructured_text_is_read_by_block() {
    for (text, expected) in [
        (
            "Title\n=====\n\nSub\n---\n\n====\nOver\n====\n\nSub\n---\n",
            &["h1: Title", "h2: Sub", "h3: Over", "h2: Sub"][..],
        ),
        (
            "a ``code`` b *em* **strong** `text <https://a.example>`__ end",
            &["p: a @ b em strong text end"],
        ),
        (
            ":ref:`words <label>` and :file:`path` and |sub| and `title`_",
            &["p: words and @ and @ and title"],
        ),
        (
            "Example::\n\n    code here\n    more\n\nafter",
            &["p: Example:", "p: after"],
        ),
        (
            ".. code-block:: python\n   :linenos:\n\n   code\n\nafter",
            &["p: after"],
        ),
        (
            ".. note:: Take\n   care.\n\n   Second.\n",
            &["p: Take", "p: care.", "p: Second."],
        ),
        (
            ".. note::\n   :class: x\n\n   Body text.\n\nafter",
            &["p: Body text.", "p: after"],
        ),
        (".. toctree::\n   :maxdepth: 2\n\n   intro\n", &[]),
        (
            ".. image:: a.png\n   :alt: The logo\n   :width: 3\n\nafter",
            &["alt: The logo", "p: after"],
        ),
        (
            ".. _a: https://a.example\n.. comment\n   goes on\n\ntext",
            &["p: text"],
        ),
        (
            ".. |x| replace:: The Words\n.. [1] A note.\n",
            &["p: The Words", "p: A note."],
        ),
        (
            "- one\n  two\n- three\n\n#. four",
            &["li: one two", "li: three", "li: four"],
        ),
        (
            ":Author: Somebody\n:Version: 1\n\ntext",
            &["p: Somebody", "p: 1", "p: text"],
        ),
        (">>> code\nresult\n\ntext", &["p: text"]),
        ("2 * 3 * 4 = a|b", &["p: 2 * 3 * 4 = a|b"]),
        (
            "+------+-------+\n| Name | Calls |\n+======+=======+\n| é b  | 100   |\n| c    |       |\n+------+-------+\nafter",
            &["td: Name", "td: Calls", "td: é b c", "td: 100", "p: after"],
        ),
        (
            "====  =====\nName  Calls\n====  =====\na     100 per\n      minute\nb     ``5``\n====  =====\n\nafter",
            &[
                "td: Name",
                "td: Calls",
                "td: a",
                "td: 100 per minute",
                "td: b",
                "p: after",
            ],
        ),
    ] {
        assert_eq!(shown("a.rst", text), expected, "{text:?}");
    }
}

#[test]
fn asciidoc_is_read_by_block() {
    for (text, expected) in [
        (
            "= Title\n:author: x\n\n== Sub\ntext\nmore",
            &["h1: Title", "h2: Sub", "p: text more"][..],
        ),
        (
            "a `code` *bold* _it_ https://a.example[words] link:b.html[more] {attr}.",
            &["p: a @ bold it words more @."],
        ),
        (
            "<<id,the words>> and <<id>> image:a.png[Alt]",
            &["p: the words and @ @", "alt: Alt"],
        ),
        ("[source,python]\n----\ncode\n----\nafter", &["p: after"]),
        (
            "....\nliteral\n....\n\n indented\n\n++++\n<p>\n++++\n////\ncomment\n////\ntext",
            &["p: text"],
        ),
        ("____\nquoted\n____\nown", &["p>: quoted", "p: own"]),
        (
            "[quote, Somebody]\nquoted words\n\nown",
            &["p>: quoted words", "p: own"],
        ),
        (
            "NOTE: take care\n\n* a\n** b\n. c\n- d",
            &["p: take care", "li: a", "li: b", "li: c", "li: d"],
        ),
        (
            ".Block title\n====\nexample\n====",
            &["p: Block title", "p: example"],
        ),
        (
            "image::a.png[The logo,300]\ninclude::b.adoc[]\n",
            &["alt: The logo"],
        ),
        (
            "2 * 3 * 4 and snake_case_name",
            &["p: 2 * 3 * 4 and snake_case_name"],
        ),
        (
            "[cols=\"1,1\"]\n|===\n|Name |Calls\n\n|a\n|100\n|b |5\n|===\nafter",
            &[
                "td: Name",
                "td: Calls",
                "td: a",
                "td: 100",
                "td: b",
                "td: 5",
                "p: after",
            ],
        ),
    ] {
        assert_eq!(shown("a.adoc", text), expected, "{text:?}");
    }
}

#[test]
fn html_pages_are_read() {
    let text = "<!doctype html><html><head><title>The &amp; title</title><meta name=\"description\" content=\"Words\"><meta name=\"ms.author\" content=\"x\"><style>no</style></head><body><script>no</script><h1>Head <em>ing</em></h1><p>One\n  two {{ no }} three<p>Four</body></html>";
    assert_eq!(
        shown("a.html", text),
        [
            "fm.title: The & title",
            "fm.description: Words",
            "h1: Head ing",
            "p: One two @ three",
            "p: Four",
        ]
    );
    let (source, facts) = parse_at("README.html", text);
    let keys: Vec<_> = facts
        .front_matter
        .iter()
        .map(|entry| entry.key.as_str())
        .collect();
    assert_eq!(keys, ["title", "description", "ms.author"]);
    assert_eq!(source.slice(facts.front_matter[2].value_span), "x");
    assert_eq!(facts.names[0].value, "Head ing");
}

#[test]
fn tables_have_rows_in_every_markup() {
    let rst = "+------+-------+\n| Name | Calls |\n+======+=======+\n| a    | 100   |\n+------+-------+\n";
    let simple = "====  =====\nName  Calls\n====  =====\na     100\n====  =====\n";
    let adoc = "|===\n|Name |Calls\n\n|a |100\n|===\n";
    for (path, text) in [("a.rst", rst), ("a.rst", simple), ("a.adoc", adoc)] {
        let (source, facts) = parse_at(path, text);
        let table = &facts.tables[0];
        let words = |cells: &[crate::facts::Cell]| {
            cells
                .iter()
                .map(|cell| {
                    assert_eq!(source.slice(cell.span), cell.text);
                    cell.text.clone()
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(words(&table.header), ["Name", "Calls"], "{text}");
        assert_eq!(
            table.rows.iter().map(|row| words(row)).collect::<Vec<_>>(),
            [["a", "100"]]
        );
    }
}

#[test]
fn readmes_of_every_markup_give_the_title() {
    for (path, text) in [
        ("README.rst", "========\nThe Name\n========\n\n"),
        ("README.rst", ".. image:: a.png\n\nThe Name\n========\n"),
        ("README.adoc", "= The Name\nAuthor\n\n== Sub"),
        ("README", "The Name\n========\n\ntext"),
        ("README.html", "<h1>The Name</h1>"),
    ] {
        let (_, facts) = parse_at(path, text);
        assert_eq!(
            facts.names.first().map(|name| name.value.as_str()),
            Some("The Name"),
            "{text}"
        );
    }
}

#[test]
fn directives_stand_in_comments_of_every_markup() {
    for (path, text) in [
        ("a.rst", "text\n\n.. termscheck: ignore a/b -- why\n\ntext"),
        ("a.adoc", "text\n\n// termscheck: ignore a/b -- why\ntext"),
        (
            "a.html",
            "<p>text<!-- termscheck: ignore a/b -- why --></p>",
        ),
        ("a.txt", "# termscheck: ignore a/b -- why\ntext"),
    ] {
        let (_, facts) = parse_at(path, text);
        assert_eq!(facts.directives.len(), 1, "{path}");
        assert_eq!(facts.directives[0].text, "ignore a/b -- why", "{path}");
    }
}

#[test]
fn hostile_text_ends_soon() {
    let many = |piece: &str| piece.repeat(20_000);
    for path in ["a.rst", "a.adoc", "a.txt", "a.html"] {
        for text in [
            many("*"),
            many("`"),
            many("`a"),
            many("|a"),
            many("[a"),
            many("a[[b"),
            many("<<a"),
            many("+-"),
            many("= "),
            many(".. "),
            many(".. a::\n"),
            many("____\n"),
            many("----\n"),
            many("::\n\n "),
            many("<div><p>"),
            many("|===\n|a\n"),
            many("https://a.example "),
            many("====  ====\n"),
        ] {
            let (source, facts) = parse_at(path, &text);
            check(&source, &facts);
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]
    #[test]
    fn any_text_gives_spans_in_bounds(text in "([a-cé #*_~`>|\\[\\]()!:{}%&;<>/=\"'.@+\n\r\t\0\u{a0}-]|====|----|____|\\|===\n|\\+--\\+--\\+\n|==  ==\n|\\.\\. |::\n|:ref:`|``|image::|link:|https://|NOTE: |termscheck:){0,40}") {
        for path in ["README.rst", "README.adoc", "README", "README.html"] {
            let (source, facts) = parse_at(path, &text);
            check(&source, &facts);
        }
    }
}
