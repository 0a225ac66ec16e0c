use crate::facts::Language;
use crate::facts::code::{BlockKind, CodeFacts, Width};
use crate::parse::code::tests;

fn facts(text: &str) -> CodeFacts {
    tests::facts(Language::Ruby, text).1.code
}

fn requests(text: &str) -> Vec<String> {
    tests::requests(&facts(text))
}

#[test]
fn addresses_are_read_however_they_are_put_together() {
    for (text, address) in [
        (
            "B = 'https://h'.freeze\nHTTP.get(\"#{B}/x/#{id}\")",
            "https://h/x/{}",
        ),
        ("HTTP.get('https://h' + '/x')", "https://h/x"),
        ("HTTP.get('https://h/%s' % id)", "https://h/{}"),
        ("HTTP.get(format('https://h/%d/y', id))", "https://h/{}/y"),
        (
            "HTTP.get(File.join('https://h/', 'x', id, 'y'))",
            "https://h/x/{}/y",
        ),
        (
            "HTTP.get(['https://h', 'x', id].join('/'))",
            "https://h/x/{}",
        ),
        ("Net::HTTP.get(URI.join('https://h/', 'x'))", "https://h/x"),
        (
            "uri = URI('https://h/x')\nreq = Net::HTTP::Get.new(uri.request_uri)\nhttp.request(req)",
            "https://h/x",
        ),
        (
            "http = Net::HTTP.new('a.b.example', 443)\nhttp.request(Net::HTTP::Get.new('/x'))",
            "https://a.b.example/x",
        ),
        (
            "HTTP.get(ENV.fetch('U', 'https://h') + '/x')",
            "https://h/x",
        ),
        (
            "u = ENV['U'] || 'https://h'\nHTTP.get(u + '/x')",
            "https://h/x",
        ),
        (
            "def base = 'https://h'\ndef f\n  HTTP.get(\"#{base}/x\")\nend",
            "https://h/x",
        ),
        (
            "class A\n  def base\n    @b ||= 'https://h'\n  end\n  def f\n    HTTP.get(\"#{self.base}/x\")\n  end\nend",
            "https://h/x",
        ),
        (
            "O = { u: 'https://h' }.freeze\nHTTP.get(O[:u])",
            "https://h",
        ),
        ("HTTP.get(<<~U.strip)\n  https://h/x\nU\n", "https://h/x"),
        (
            "c = Faraday.new(url: 'https://h')\nc.get('/x')",
            "https://h/x",
        ),
        (
            "def c\n  @c ||= Faraday.new('https://h') { |f| f.adapter :x }\nend\nc.get('x')",
            "https://h/x",
        ),
        (
            "class A\n  base_uri 'https://h'\n  def f\n    self.class.get('/x')\n  end\nend",
            "https://h/x",
        ),
        ("c.run_request(:get, 'https://h/x', nil, {})", "https://h/x"),
        (
            "RestClient::Request.execute(method: :get, url: 'https://h/x')",
            "https://h/x",
        ),
        ("URI.parse('https://h/x').read", "https://h/x"),
    ] {
        let found = requests(text);
        assert_eq!(
            found.iter().map(|found| found.trim()).collect::<Vec<_>>(),
            [address],
            "{text}"
        );
    }
}

#[test]
fn iterators_are_loops_of_as_many_rounds_as_they_say() {
    for (text, bound) in [
        ("%w[a b c].each { |x| f(x) }", Some(3)),
        ("5.times { f }", Some(5)),
        ("1.upto(30) { |x| f(x) }", Some(30)),
        ("(0...4).each { |x| f(x) }", Some(4)),
        ("(1..4).map { |x| f(x) }", Some(4)),
        ("ids.first(7).each { |x| f(x) }", Some(7)),
        ("ids[0, 9].each { |x| f(x) }", Some(9)),
        ("ids[0..9].each { |x| f(x) }", Some(10)),
        ("for x in [1, 2] do f(x) end", Some(2)),
        ("ids.each_slice(100) { |x| f(x) }", None),
        ("ids = []\nids << 1\nids.each { |x| f(x) }", Some(1)),
        ("ids = []\nids << 1 << 2\nids.each { |x| f(x) }", Some(2)),
        ("ids.each(&method(:f))\ndef f(x); end", None),
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
fn loops_end_or_do_not() {
    for (text, endless) in [
        ("loop { f }", true),
        ("while true do f end", true),
        ("until false do f end", true),
        ("f while x", false),
        ("begin\n  f\nend until done?", false),
    ] {
        let code = facts(text);
        let found = code.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Loop(own) => Some(own.endless),
            _ => None,
        });
        assert_eq!(found, Some(endless), "{text}");
    }
}

#[test]
fn a_word_alone_is_a_call_unless_it_is_a_variable() {
    let code = facts(
        "def f(given)\n  kept = 1\n  ids.each { |id| id }\n  given\n  kept\n  wait_for_slot\nend",
    );
    let callees: Vec<&str> = code.calls.iter().map(|call| call.callee.as_str()).collect();
    assert!(callees.contains(&"wait_for_slot"));
    for variable in ["given", "kept", "id"] {
        assert!(!callees.contains(&variable), "{variable}");
    }
}

#[test]
fn a_limiter_is_in_front_of_what_it_is_declared_for() {
    let code = facts("class A\n  limit_method :b, rate: 5\n  def a; end\n  def b; end\nend");
    let named = |at: &u32| code.functions[*at as usize].name.as_str();
    let limited: Vec<&str> = code.limiters[0].decorates.iter().map(named).collect();
    assert_eq!(limited, ["b"]);
    let code = facts("limit.exec_within_threshold('x', threshold: 5, interval: 1) { f }");
    assert_eq!(code.limiters[0].uses.len(), 1);
}

#[test]
fn what_starts_over_at_once_is_told_from_what_gives_up() {
    let again = |text: &str| {
        facts(text)
            .blocks
            .iter()
            .any(|block| matches!(&block.kind, BlockKind::Loop(own) if own.again))
    };
    assert!(again(
        "begin\n  f\n  raise 'x' if y\nrescue\n  renew\n  retry\nend"
    ));
    assert!(again(
        "def f\n  RestClient.get(u)\nrescue StandardError => e\n  log(e)\n  retry\nend"
    ));
    for text in [
        "begin\n  f\nrescue\n  retry\nend",
        "begin\n  raise 'x'\nrescue\n  sleep 1\n  retry\nend",
        "begin\n  raise 'x'\nrescue\n  retry if again?\nend",
        "begin\n  raise 'x'\nrescue Timeout::Error\n  retry\nend",
        "begin\n  raise 'x'\nrescue\n  raise if (n += 1) > 3\n  retry\nend",
    ] {
        assert!(!again(text), "{text}");
    }
}

#[test]
fn threads_of_a_pool_are_counted() {
    let code = facts("Parallel.each(ids, in_threads: 6) { |id| f(id) }");
    let width = code.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Loop(own) => own.parallel,
        _ => None,
    });
    assert_eq!(width, Some(Width::AtMost(6)));
}

#[test]
fn files_are_named_after_constants() {
    let code =
        facts("require_relative 'a/b'\nclass X < HTTPClient\n  include Api::PageReader\nend");
    let modules: Vec<&str> = code.imports.iter().map(|own| own.module.as_str()).collect();
    assert_eq!(modules, ["./a/b", "http_client", "page_reader"]);
}

#[test]
fn deep_code_is_read_without_overflow() {
    for part in ["x[:a]", ".a", "(", "[", "#{", "begin\n", "x = "] {
        let _ = facts(&part.repeat(20_000));
    }
    let _ = facts(&("\"".to_owned() + &"#{\"".repeat(5000)));
}
