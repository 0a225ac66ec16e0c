use crate::facts::Language;
use crate::facts::code::{BlockKind, CodeFacts, Width};
use crate::parse::code::tests;

fn facts(text: &str) -> CodeFacts {
    tests::facts(Language::Php, &format!("<?php\n{text}"))
        .1
        .code
}

fn requests(text: &str) -> Vec<String> {
    tests::requests(&facts(text))
}

#[test]
fn addresses_are_read_however_they_are_put_together() {
    for (text, address) in [
        (
            "const B = 'https://h'; fopen(B . '/x/' . $id, 'r');",
            "https://h/x/{}",
        ),
        (
            "$b = 'https://h'; fopen(\"$b/x/{$y->id}\", 'r');",
            "https://h/x/{}",
        ),
        (
            "fopen(sprintf('%s/x', rtrim('https://h', '/')), 'r');",
            "https://h/x",
        ),
        (
            "fopen(implode('/', ['https://h', 'x', $id]), 'r');",
            "https://h/x/{}",
        ),
        ("fopen(getenv('U') ?: 'https://h/x', 'r');", "https://h/x"),
        ("fopen(env('U', 'https://h') . '/x', 'r');", "https://h/x"),
        (
            "$u['a'] ??= 'https://h'; fopen($u['a'] . '/x', 'r');",
            "https://h/x",
        ),
        (
            "define('B', 'https://h'); fopen(B . '/x', 'r');",
            "https://h/x",
        ),
        (
            "class A { const B = 'https://h'; function f() { fopen(self::B . '/x', 'r'); } }",
            "https://h/x",
        ),
        (
            "class A { private $b = 'https://h'; function f() { fopen(\"{$this->b}/x\", 'r'); } }",
            "https://h/x",
        ),
        (
            "class A { function __construct(private string $b = 'https://h') {} function f() { fopen($this->b . '/x', 'r'); } }",
            "https://h/x",
        ),
        (
            "class A { static $b = 'https://h'; static function f() { fopen(static::$b . '/x', 'r'); } }",
            "https://h/x",
        ),
        (
            "fopen(str_replace('{i}', $i, 'https://h/x'), 'r');",
            "https://h/x",
        ),
        (
            "$c = curl_init(); curl_setopt($c, CURLOPT_URL, 'https://h/x'); curl_exec($c);",
            "https://h/x",
        ),
        (
            "$c = curl_init(); curl_setopt_array($c, [CURLOPT_URL => 'https://h/x']); curl_exec($c);",
            "https://h/x",
        ),
        (
            "$c = new \\GuzzleHttp\\Client(['base_uri' => 'https://h']); $c->request('GET', '/x');",
            "https://h/x",
        ),
        (
            "$c->sendAsync(new \\GuzzleHttp\\Psr7\\Request('GET', 'https://h/x'));",
            "https://h/x",
        ),
        (
            "Http::baseUrl('https://h')->withToken($t)->get('/x');",
            "https://h/x",
        ),
        (
            "class A { function c() { return Http::baseUrl('https://h'); } function f() { $this->c()->get('/x'); } }",
            "https://h/x",
        ),
        (
            "$u = <<<U\nhttps://h/$x\nU;\nfopen($u, 'r');",
            "https://h/{}",
        ),
        (
            "function g($i) { foreach ($i as $x) { yield new Request('GET', 'https://h/x'); } }",
            "https://h/x",
        ),
    ] {
        assert_eq!(requests(text), [address], "{text}");
    }
}

#[test]
fn loops_are_of_as_many_rounds_as_they_say() {
    for (text, bound) in [
        ("foreach (['a', 'b'] as $x) { f($x); }", Some(2)),
        (
            "foreach (['a' => 1, 'b' => 2, 'c' => 3] as $k => $v) { f($v); }",
            Some(3),
        ),
        ("for ($i = 0; $i < 8; $i++) { f($i); }", Some(8)),
        (
            "array_map(fn ($x) => f($x), array_slice($ids, 0, 5));",
            Some(5),
        ),
        (
            "array_walk($ids, 'f');  foreach ($ids as $x): f($x); endforeach;",
            None,
        ),
        (
            "$ids = []; $ids[] = 1; foreach ($ids as $x) { f($x); }",
            Some(1),
        ),
        (
            "$ids = []; $ids = more($ids); foreach ($ids as $x) { f($x); }",
            None,
        ),
        ("collect($ids)->each(fn ($x) => f($x));", None),
    ] {
        let code = facts(text);
        let loops: Vec<_> = code
            .blocks
            .iter()
            .filter_map(|block| match &block.kind {
                BlockKind::Loop(own) => Some(own.bound),
                _ => None,
            })
            .collect();
        assert_eq!(loops, [bound], "{text}");
    }
}

#[test]
fn functions_are_handed_over_by_name() {
    for text in [
        "class A { function f($x) {} function g($i) { array_map([$this, 'f'], $i); } }",
        "class A { function f($x) {} function g($i) { array_map($this->f(...), $i); } }",
        "class A { static function f($x) {} function g($i) { array_map(self::f(...), $i); } }",
    ] {
        let code = facts(text);
        let called = code.calls.iter().find(|call| call.callee == ".f");
        let block = called.map(|call| &code.blocks[call.block as usize].kind);
        assert!(matches!(block, Some(BlockKind::Loop(_))), "{text}");
    }
}

#[test]
fn waits_are_brought_to_seconds() {
    for (text, seconds) in [
        ("usleep(500 * 1000);", 0.5),
        ("time_nanosleep(2, 500000000);", 2.5),
        ("\\sleep(3);", 3.0),
        ("Sleep::for(2)->minutes();", 120.0),
    ] {
        let found = facts(text).sleeps.first().and_then(|own| own.seconds.value);
        assert!(
            found.is_some_and(|found| (found - seconds).abs() < 1e-9),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn a_pool_tells_how_wide_its_generator_runs() {
    let code = facts(
        "use GuzzleHttp\\Pool;\n$r = function ($ids) { foreach ($ids as $id) { yield new Request('GET', $id); } };\nnew Pool($c, $r($ids), ['concurrency' => 7]);",
    );
    let width = code.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Loop(own) => own.parallel,
        _ => None,
    });
    assert_eq!(width, Some(Width::AtMost(7)));
}

#[test]
fn files_are_named_after_classes() {
    let code = facts(
        "use App\\{A, B as C}; use function App\\d; require_once __DIR__ . '/../e.php'; class X extends Y { use Z; }",
    );
    let taken: Vec<(&str, &str)> = code
        .imports
        .iter()
        .map(|own| (own.module.as_str(), own.local.as_str()))
        .collect();
    assert_eq!(
        taken,
        [
            ("App.A", "A"),
            ("App.B", "C"),
            ("App.d", "d"),
            ("./e.php", ""),
            ("Y", "Y"),
            ("Z", "Z"),
        ]
    );
}

#[test]
fn text_around_code_is_no_code() {
    let page = "<p>fopen('https://h/x', 'r')</p><?php f(); ?> sleep(1); <?= g() ?>";
    let code = tests::facts(Language::Php, page).1.code;
    let callees: Vec<&str> = code.calls.iter().map(|own| own.callee.as_str()).collect();
    assert_eq!(callees, ["f", "g"]);
    assert!(code.sleeps.is_empty());
}

#[test]
fn deep_code_is_read_without_overflow() {
    for part in [
        "$x['a']", "->a", "(", "[", "$a . ", "fn() => ", "new (", "if (1) {",
    ] {
        let _ = facts(&part.repeat(20_000));
    }
    let _ = facts(&("$x".to_owned() + &"['a']".repeat(20_000) + "->f();"));
    let _ = facts(&("\"".to_owned() + &"{$x[\"".repeat(5000)));
}
