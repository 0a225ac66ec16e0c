//! The page on throttling: what is known of each language's libraries, and the rate
//! that is computed from a line of each.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use termscheck::facts::code::{BackoffKind, BlockKind, CodeFacts, Retries, Text, Width};
use termscheck::facts::{FileFacts, FileKind, Language, Zone};
use termscheck::parse::code::{libraries, parse};
use termscheck::source::{FileId, Source};

const LANGUAGES: &[(Language, &str)] = &[
    (Language::Python, "Python"),
    (Language::JavaScript, "JavaScript and TypeScript"),
    (Language::CSharp, "C#"),
    (Language::Go, "Go"),
    (Language::PowerShell, "PowerShell"),
    (Language::Java, "Java"),
    (Language::Kotlin, "Kotlin"),
    (Language::Rust, "Rust"),
    (Language::Ruby, "Ruby"),
    (Language::Php, "PHP"),
    (Language::Bash, "Bash"),
    (Language::Dart, "Dart"),
    (Language::R, "R"),
    (Language::Lua, "Lua"),
];

/// One line of each idiom that declares a rate or bounds it.
const LINES: &[(Language, &str)] = &[
    (Language::Python, "time.sleep(0.6)"),
    (Language::Python, "time.sleep(60 / 100)"),
    (
        Language::Python,
        "await asyncio.sleep(timedelta(seconds=2).total_seconds())",
    ),
    (
        Language::Python,
        "from ratelimit import limits\n@limits(calls=100, period=60)\ndef f(): pass",
    ),
    (
        Language::Python,
        "from ratelimit import limits\n@limits()\ndef f(): pass",
    ),
    (
        Language::Python,
        "from ratelimiter import RateLimiter\nx = RateLimiter(max_calls=10, period=1)",
    ),
    (
        Language::Python,
        "from aiolimiter import AsyncLimiter\nx = AsyncLimiter(90)",
    ),
    (
        Language::Python,
        "from asyncio_throttle import Throttler\nx = Throttler(rate_limit=5, period=2)",
    ),
    (
        Language::Python,
        "from pyrate_limiter import Rate, Duration\nx = Rate(100, Duration.MINUTE)",
    ),
    (
        Language::Python,
        "from pyrate_limiter import RequestRate\nx = RequestRate(100, 60)",
    ),
    (
        Language::Python,
        "from requests_ratelimiter import LimiterSession\nx = LimiterSession(per_minute=90, per_hour=1500)",
    ),
    (
        Language::Python,
        "from tenacity import retry\n@retry(stop=stop_after_attempt(5))\ndef f(): pass",
    ),
    (
        Language::Python,
        "import backoff\n@backoff.on_exception(backoff.expo, E)\ndef f(): pass",
    ),
    (
        Language::Python,
        "from urllib3.util.retry import Retry\ns.mount('https://', HTTPAdapter(max_retries=Retry(total=5)))",
    ),
    (
        Language::Python,
        "from urllib3.util import Retry\nx = Retry(total=8, status_forcelist=(429, 503), allowed_methods=None)",
    ),
    (
        Language::Python,
        "from aiohttp_retry import ExponentialRetry\nx = ExponentialRetry(attempts=4, statuses={500, 502})",
    ),
    (
        Language::Python,
        "from aiohttp_retry import ExponentialRetry\nx = ExponentialRetry(attempts=4, statuses={429, 502})",
    ),
    (Language::Python, "x = asyncio.Semaphore(5)"),
    (Language::Python, "x = ThreadPoolExecutor(max_workers=8)"),
    (
        Language::Python,
        "from pyrate_limiter import Duration, Limiter, Rate\nx = Limiter([Rate(5, Duration.SECOND), Rate(90, Duration.MINUTE)])",
    ),
    (
        Language::Python,
        "from requests_ratelimiter import LimiterAdapter\ns.mount('https://host.example', LimiterAdapter(per_second=5))",
    ),
    (
        Language::Python,
        "from tenacity import retry, stop_after_attempt, wait_exponential\n@retry(wait=wait_exponential(max=60), stop=stop_after_attempt(6))\ndef f(): pass",
    ),
    (
        Language::Python,
        "from requests.adapters import HTTPAdapter\ns.mount('https://', HTTPAdapter(max_retries=3))",
    ),
    (
        Language::Python,
        "import httpx\nx = httpx.Client(transport=httpx.HTTPTransport(retries=3))",
    ),
    (
        Language::Python,
        "import httpx\nc = httpx.AsyncClient(base_url='https://host.example/api')\nawait c.get('/x')",
    ),
    (
        Language::Python,
        "import aiohttp\nasync with aiohttp.ClientSession('https://host.example') as s:\n    await s.post('/x')",
    ),
    (
        Language::Python,
        "with ThreadPoolExecutor(max_workers=8) as executor:\n    executor.map(lambda i: get(i), ids)",
    ),
    (Language::Python, "asyncio.gather(*(get(i) for i in ids))"),
    (
        Language::JavaScript,
        "await new Promise((r) => setTimeout(r, 600));",
    ),
    (
        Language::JavaScript,
        "import { setTimeout } from 'timers/promises'; await setTimeout(600);",
    ),
    (
        Language::JavaScript,
        "setInterval(() => poll(), 2 * 60 * 1000);",
    ),
    (
        Language::JavaScript,
        "const x = new Bottleneck({ minTime: 600 });",
    ),
    (
        Language::JavaScript,
        "const x = new Bottleneck({ reservoir: 90, reservoirRefreshInterval: 60000 });",
    ),
    (
        Language::JavaScript,
        "import pThrottle from 'p-throttle'; const x = pThrottle({ limit: 2, interval: 1000 });",
    ),
    (
        Language::JavaScript,
        "import { RateLimiter } from 'limiter'; const x = new RateLimiter({ tokensPerInterval: 90, interval: 'minute' });",
    ),
    (
        Language::JavaScript,
        "import rateLimit from 'axios-rate-limit'; const x = rateLimit(axios.create(), { maxRequests: 5, perMilliseconds: 3000 });",
    ),
    (
        Language::JavaScript,
        "import PQueue from 'p-queue'; const x = new PQueue({ intervalCap: 90, interval: 60000 });",
    ),
    (
        Language::JavaScript,
        "import pLimit from 'p-limit'; const x = pLimit(4);",
    ),
    (Language::JavaScript, "axiosRetry(axios, { retries: 3 });"),
    (
        Language::JavaScript,
        "axiosRetry(axios, { retries: 3, retryCondition: (e) => e.response.status === 429 });",
    ),
    (
        Language::JavaScript,
        "import got from 'got'; const x = got.extend({ retry: { limit: 4, statusCodes: [500, 503] } });",
    ),
    (
        Language::JavaScript,
        "Promise.all(ids.map((id) => get(id)));",
    ),
    (
        Language::JavaScript,
        "const x = new Bottleneck({ maxConcurrent: 5 });",
    ),
    (
        Language::JavaScript,
        "const x = new PQueue({ concurrency: 4 });",
    ),
    (
        Language::JavaScript,
        "import { TokenBucket } from 'limiter'; const x = new TokenBucket({ bucketSize: 10, tokensPerInterval: 2, interval: 1000 });",
    ),
    (
        Language::JavaScript,
        "import axiosRetry from 'axios-retry'; axiosRetry(axios, { retries: 3, retryCondition: () => true });",
    ),
    (
        Language::JavaScript,
        "import ky from 'ky'; const x = ky.create({ retry: 5 });",
    ),
    (
        Language::JavaScript,
        "function poll() { work(); setTimeout(() => poll(), 30000); }",
    ),
    (
        Language::JavaScript,
        "import pMap from 'p-map'; await pMap(ids, (id) => get(id), { concurrency: 6 });",
    ),
    (
        Language::TypeScript,
        "const wait = async (ms: number): Promise<void> => { await delay(ms); }; await delay(1500);",
    ),
    (
        Language::CSharp,
        "class A { async Task F() { await Task.Delay(600); } }",
    ),
    (
        Language::CSharp,
        "class A { void F() { Thread.Sleep(TimeSpan.FromSeconds(2)); } }",
    ),
    (
        Language::CSharp,
        "class A { RateLimiter x = new FixedWindowRateLimiter(new FixedWindowRateLimiterOptions { PermitLimit = 100, Window = TimeSpan.FromMinutes(1) }); }",
    ),
    (
        Language::CSharp,
        "class A { RateLimiter x = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions { TokenLimit = 50, TokensPerPeriod = 2, ReplenishmentPeriod = TimeSpan.FromSeconds(1) }); }",
    ),
    (
        Language::CSharp,
        "class A { object x = Policy.RateLimitAsync(20, TimeSpan.FromSeconds(15)); }",
    ),
    (
        Language::CSharp,
        "class A { object x = TimeLimiter.GetFromMaxCountByInterval(5, TimeSpan.FromSeconds(1)); }",
    ),
    (
        Language::CSharp,
        "class A { SemaphoreSlim x = new SemaphoreSlim(3); }",
    ),
    (
        Language::CSharp,
        "class A { void F() { Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (id, t) => await G(id)); } }",
    ),
    (
        Language::CSharp,
        "class A { void F() { p.WaitAndRetryAsync(5, n => TimeSpan.FromSeconds(n)); } }",
    ),
    (
        Language::CSharp,
        "class A { SlidingWindowRateLimiter x = new(new() { PermitLimit = 20, Window = TimeSpan.FromSeconds(15), SegmentsPerWindow = 3 }); }",
    ),
    (
        Language::CSharp,
        "class A { TokenBucketRateLimiterOptions o = new() { TokenLimit = 9, TokensPerPeriod = 3, ReplenishmentPeriod = TimeSpan.FromSeconds(2) }; void F() { var x = new TokenBucketRateLimiter(o); } }",
    ),
    (
        Language::CSharp,
        "class A { RateLimiter x = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 6 }); }",
    ),
    (
        Language::CSharp,
        "class A { object x = HttpPolicyExtensions.HandleTransientHttpError().WaitAndRetryAsync(3, n => TimeSpan.FromSeconds(n)); }",
    ),
    (
        Language::CSharp,
        "class A { object x = HttpPolicyExtensions.HandleTransientHttpError().OrResult(r => (int)r.StatusCode == 429).WaitAndRetryAsync(3, n => TimeSpan.FromSeconds(n)); }",
    ),
    (
        Language::CSharp,
        "class A { void F() { s.AddHttpClient<B>().AddTransientHttpErrorPolicy(p => p.WaitAndRetryAsync(3, n => TimeSpan.FromSeconds(n))); } }",
    ),
    (
        Language::CSharp,
        "class A { object x = new ResiliencePipelineBuilder<HttpResponseMessage>().AddRetry(new() { ShouldHandle = a => F(a.Outcome.Result?.StatusCode == HttpStatusCode.TooManyRequests), MaxRetryAttempts = 5 }).Build(); }",
    ),
    (
        Language::CSharp,
        "class A { void F() { s.AddHttpClient<B>().AddStandardResilienceHandler(); } }",
    ),
    (
        Language::CSharp,
        "class A { object x = Policy.BulkheadAsync<HttpResponseMessage>(8, 100); }",
    ),
    (
        Language::Go,
        "package a\nfunc f() { time.Sleep(600 * time.Millisecond) }",
    ),
    (
        Language::Go,
        "package a\nvar x = rate.NewLimiter(rate.Every(time.Minute/100), 1)",
    ),
    (Language::Go, "package a\nvar x = rate.NewLimiter(1.5, 10)"),
    (
        Language::Go,
        "package a\nvar x = rate.NewLimiter(rate.Limit(2), 10)",
    ),
    (
        Language::Go,
        "package a\nvar x = ratelimit.New(100, ratelimit.Per(time.Minute))",
    ),
    (
        Language::Go,
        "package a\nfunc f() { for range time.Tick(30 * time.Second) { g() } }",
    ),
    (
        Language::Go,
        "package a\nfunc f() { t := time.NewTicker(2 * time.Second); for { <-t.C; g() } }",
    ),
    (
        Language::Go,
        "package a\nfunc f() { c := retryablehttp.NewClient(); c.Get(u) }",
    ),
    (
        Language::Go,
        "package a\nconst perSecond = 2\nvar x = rate.NewLimiter(rate.Limit(perSecond), 1)",
    ),
    (
        Language::Go,
        "package a\nfunc f() { t := time.Tick(600 * time.Millisecond); for _, id := range ids { <-t; g(id) } }",
    ),
    (
        Language::Go,
        "package a\nfunc f() { g, ctx := errgroup.WithContext(ctx); g.SetLimit(8); g.Go(h) }",
    ),
    (Language::Go, "package a\nvar x = make(chan struct{}, 5)"),
    (Language::Go, "package a\nvar x = semaphore.NewWeighted(6)"),
    (
        Language::Go,
        "package a\nvar x = resty.New().SetRetryCount(3).AddRetryCondition(func(r *resty.Response, err error) bool { return r.StatusCode() == 429 })",
    ),
    (Language::PowerShell, "Start-Sleep -Milliseconds 600"),
    (Language::PowerShell, "Start-Sleep -Seconds 2"),
    (Language::PowerShell, "Start-Sleep 2.4"),
    (
        Language::PowerShell,
        "[System.Threading.Thread]::Sleep(600)",
    ),
    (
        Language::PowerShell,
        "$ids | ForEach-Object -Parallel { Get-It $_ } -ThrottleLimit 8",
    ),
    (
        Language::PowerShell,
        "Invoke-RestMethod -Uri https://host.example/x -MaximumRetryCount 5 -RetryIntervalSec 10",
    ),
    (Language::PowerShell, "Start-Sleep -m 600"),
    (
        Language::PowerShell,
        "Start-Sleep -Duration ([TimeSpan]::FromMilliseconds(600))",
    ),
    (
        Language::PowerShell,
        "Start-Sleep -Duration (New-TimeSpan -Seconds 2)",
    ),
    (
        Language::PowerShell,
        "$ids | ForEach-Object -Parallel { Get-It $_ }",
    ),
    (
        Language::PowerShell,
        "foreach ($id in $ids) { Start-ThreadJob -ScriptBlock { Get-It $id } -ThrottleLimit 6 }",
    ),
    (
        Language::PowerShell,
        "foreach ($id in $ids) { Start-ThreadJob -ScriptBlock { Get-It $id } }",
    ),
    (
        Language::PowerShell,
        "workflow W { foreach -parallel -throttlelimit 8 ($id in $ids) { Get-It $id } }",
    ),
    (
        Language::PowerShell,
        "$pool = [runspacefactory]::CreateRunspacePool(1, 12)",
    ),
    (
        Language::PowerShell,
        "$p = @{ MaximumRetryCount = 5 }; Invoke-RestMethod -Uri https://host.example/x @p",
    ),
    (
        Language::Java,
        "class A { void f() { Thread.sleep(600); } }",
    ),
    (
        Language::Java,
        "class A { void f() { TimeUnit.SECONDS.sleep(2); } }",
    ),
    (
        Language::Java,
        "class A { RateLimiter x = RateLimiter.create(100.0 / 60); }",
    ),
    (
        Language::Java,
        "class A { Object x = RateLimiterConfig.custom().limitForPeriod(100).limitRefreshPeriod(Duration.ofMinutes(1)).build(); }",
    ),
    (
        Language::Java,
        "class A { Object x = Bandwidth.simple(100, Duration.ofMinutes(1)); }",
    ),
    (
        Language::Java,
        "class A { Object x = Bandwidth.builder().capacity(50).refillGreedy(10, Duration.ofSeconds(10)).build(); }",
    ),
    (
        Language::Java,
        "class A { Semaphore x = new Semaphore(4); }",
    ),
    (
        Language::Java,
        "class A { void f() { s.scheduleAtFixedRate(() -> poll(), 0, 30, TimeUnit.SECONDS); } }",
    ),
    (
        Language::Java,
        "class A { @Retry(name = \"x\") void f() { } }",
    ),
    (
        Language::Java,
        "class A { void f() { Uninterruptibles.sleepUninterruptibly(600, TimeUnit.MILLISECONDS); } }",
    ),
    (
        Language::Java,
        "class A { Object x = Bandwidth.classic(50, Refill.intervally(90, Duration.ofMinutes(1))); }",
    ),
    (
        Language::Java,
        "class A { Object x = RetryConfig.custom().maxAttempts(5).retryOnResult(r -> r.statusCode() == 429).build(); }",
    ),
    (
        Language::Java,
        "class A { ExecutorService x = Executors.newFixedThreadPool(8); }",
    ),
    (
        Language::Java,
        "class A { void f() { ids.parallelStream().forEach(id -> get(id)); } }",
    ),
    (Language::Kotlin, "suspend fun f() { delay(600) }"),
    (Language::Kotlin, "suspend fun f() { delay(2.seconds) }"),
    (
        Language::Kotlin,
        "private const val PAUSE_MS = 60_000L / 100\nfun f() { Thread.sleep(PAUSE_MS) }",
    ),
    (
        Language::Kotlin,
        "suspend fun f() { while (isActive) { poll(); delay(30.seconds) } }",
    ),
    (Language::Kotlin, "val x = RateLimiter.create(100.0 / 60)"),
    (
        Language::Kotlin,
        "val x = RateLimiterConfig.custom().limitForPeriod(100).limitRefreshPeriod(Duration.ofMinutes(1)).build()",
    ),
    (
        Language::Kotlin,
        "val x = RateLimiterConfig { limitForPeriod(10); limitRefreshPeriod(1.seconds.toJavaDuration()) }",
    ),
    (
        Language::Kotlin,
        "val x = Bucket.builder().addLimit { it.capacity(50).refillGreedy(10, Duration.ofSeconds(10)) }.build()",
    ),
    (Language::Kotlin, "val x = Semaphore(permits = 4)"),
    (
        Language::Kotlin,
        "val x = Dispatchers.IO.limitedParallelism(4)",
    ),
    (
        Language::Kotlin,
        "suspend fun f() { ids.map { async { get(it) } }.awaitAll() }",
    ),
    (
        Language::Kotlin,
        "suspend fun f() { ids.asFlow().flatMapMerge(concurrency = 8) { flow { emit(get(it)) } }.collect { g(it) } }",
    ),
    (
        Language::Kotlin,
        "suspend fun f() { ids.asFlow().onEach { delay(600) }.collect { get(it) } }",
    ),
    (
        Language::Kotlin,
        "fun f() { fixedRateTimer(period = 60_000L) { poll() } }",
    ),
    (
        Language::Kotlin,
        "fun f() { executor.scheduleAtFixedRate({ poll() }, 0, 30, TimeUnit.SECONDS) }",
    ),
    (
        Language::Kotlin,
        "suspend fun f() { for (t in ticker(delayMillis = 600)) { poll() } }",
    ),
    (
        Language::Kotlin,
        "val x = HttpClient(CIO) { install(HttpRequestRetry) { retryOnServerErrors(maxRetries = 5); exponentialDelay() } }",
    ),
    (
        Language::Kotlin,
        "val x = HttpClient(CIO) { install(HttpRequestRetry) { maxRetries = 3; retryIf { _, r -> r.status.value == 429 } } }",
    ),
    (Language::Kotlin, "@Retry(name = \"x\") fun f() { }"),
    (
        Language::Rust,
        "fn f() { tokio::time::sleep(Duration::from_millis(600)).await; }",
    ),
    (
        Language::Rust,
        "fn f() { std::thread::sleep(std::time::Duration::from_secs(2)); }",
    ),
    (
        Language::Rust,
        "fn f() { let x = RateLimiter::direct(Quota::per_minute(nonzero!(100u32))); }",
    ),
    (
        Language::Rust,
        "fn f() { let x = Quota::with_period(Duration::from_millis(600)).unwrap(); }",
    ),
    (
        Language::Rust,
        "fn f() { let x = RateLimitLayer::new(100, Duration::from_secs(60)); }",
    ),
    (
        Language::Rust,
        "fn f() { let x = ServiceBuilder::new().rate_limit(5, Duration::from_secs(1)).service(s); }",
    ),
    (
        Language::Rust,
        "fn f() { let mut t = tokio::time::interval(Duration::from_secs(30)); loop { t.tick().await; g(); } }",
    ),
    (Language::Rust, "fn f() { let x = Semaphore::new(4); }"),
    (
        Language::Rust,
        "fn f() { stream::iter(ids).map(|id| g(id)).buffer_unordered(8); }",
    ),
    (
        Language::Rust,
        "fn f() { let x = RetryTransientMiddleware::new_with_policy(p); }",
    ),
    (
        Language::Rust,
        "fn f() { let x = RateLimiter::direct(Quota::per_second(nonzero!(2u32)).allow_burst(nonzero!(10u32))); }",
    ),
    (
        Language::Rust,
        "fn f() { let x = RateLimiter::keyed(Quota::per_hour(nonzero!(1500u32))); }",
    ),
    (
        Language::Rust,
        "fn f() { let x = ServiceBuilder::new().layer(RateLimitLayer::new(100, Duration::from_secs(60))).service(s); }",
    ),
    (
        Language::Rust,
        "fn f() { stream::iter(ids).for_each_concurrent(16, |id| async move { g(id).await; }); }",
    ),
    (
        Language::Rust,
        "fn f() { join_all(ids.iter().map(|id| g(id))).await; }",
    ),
    (
        Language::Rust,
        "fn f() { ids.par_iter().for_each(|id| g(id)); }",
    ),
    (
        Language::Rust,
        "fn f() { let x = ClientBuilder::new(c).with(RetryTransientMiddleware::new_with_policy(ExponentialBackoff::builder().build_with_max_retries(3))).build(); }",
    ),
    (Language::Ruby, "sleep 0.6"),
    (Language::Ruby, "sleep(60 / 100.0)"),
    (Language::Ruby, "PAUSE = 2.minutes.freeze\nsleep PAUSE"),
    (
        Language::Ruby,
        "class C\n  extend Limiter::Mixin\n  limit_method :get_it, rate: 90\n  def get_it; end\nend",
    ),
    (
        Language::Ruby,
        "limit_method(:get_it, rate: 15, interval: 10)",
    ),
    (
        Language::Ruby,
        "queue = Limiter::RateQueue.new(1_500, interval: 3600)",
    ),
    (
        Language::Ruby,
        "limit.exec_within_threshold('mde', threshold: 10, interval: 6) { get_it }",
    ),
    (Language::Ruby, "rate_limit :get_it, 45, 60"),
    (
        Language::Ruby,
        "sidekiq_throttle(threshold: { limit: 1_000, period: 1.hour })",
    ),
    (
        Language::Ruby,
        "LIMIT = Sidekiq::Limiter.window('mde', 100, :minute, wait_timeout: 30)",
    ),
    (
        Language::Ruby,
        "Faraday.new(url: u) { |f| f.request :rate_limiter, interval: 0.6 }",
    ),
    (
        Language::Ruby,
        "Faraday.new(url: u) { |f| f.request :retry, max: 4, interval: 0.5, retry_statuses: [429, 503] }",
    ),
    (
        Language::Ruby,
        "Faraday.new(url: u) { |f| f.request :retry, max: 4 }",
    ),
    (
        Language::Ruby,
        "HTTP.retriable(tries: 3, retry_statuses: [429]).get(u)",
    ),
    (Language::Ruby, "Retriable.retriable(tries: 3) { get_it }"),
    (Language::Ruby, "pool = Concurrent::FixedThreadPool.new(5)"),
    (
        Language::Ruby,
        "hydra = Typhoeus::Hydra.new(max_concurrency: 20)",
    ),
    (
        Language::Ruby,
        "Parallel.each(ids, in_threads: 8) { |id| get_it(id) }",
    ),
    (
        Language::Ruby,
        "Concurrent::TimerTask.new(execution_interval: 30) { poll }",
    ),
    (Language::Php, "<?php sleep(2);"),
    (Language::Php, "<?php usleep(600_000);"),
    (Language::Php, "<?php usleep(60 * 1000000 / 100);"),
    (Language::Php, "<?php time_nanosleep(1, 200000000);"),
    (Language::Php, "<?php Sleep::for(600)->milliseconds();"),
    (
        Language::Php,
        "<?php use Symfony\\Component\\RateLimiter\\RateLimiterFactory;\n$f = new RateLimiterFactory(['id' => 'mde', 'policy' => 'sliding_window', 'limit' => 90, 'interval' => '60 seconds'], $s);",
    ),
    (
        Language::Php,
        "<?php use Symfony\\Component\\RateLimiter\\RateLimiterFactory;\n$f = new RateLimiterFactory(['id' => 'mde', 'policy' => 'token_bucket', 'limit' => 50, 'rate' => ['interval' => '15 minutes', 'amount' => 500]], $s);",
    ),
    (
        Language::Php,
        "<?php RateLimiter::attempt('mde', 90, fn () => get($id));",
    ),
    (
        Language::Php,
        "<?php RateLimiter::attempt('mde', 10, fn () => get($id), decaySeconds: 6);",
    ),
    (
        Language::Php,
        "<?php Redis::throttle('mde')->allow(10)->every(6)->then(fn () => get($id));",
    ),
    (Language::Php, "<?php Limit::perMinute(90);"),
    (Language::Php, "<?php Limit::perMinutes(2, 90);"),
    (
        Language::Php,
        "<?php $stack->push(RateLimiterMiddleware::perSecond(3));",
    ),
    (
        Language::Php,
        "<?php use bandwidthThrottle\\tokenBucket\\Rate;\n$r = new Rate(90, Rate::MINUTE);",
    ),
    (
        Language::Php,
        "<?php use RateLimit\\Rate;\n$r = Rate::perMinute(100);",
    ),
    (Language::Php, "<?php $throttle->throttle('mde', 5, 3000);"),
    (
        Language::Php,
        "<?php $stack->push(Middleware::retry($decider, $delay));",
    ),
    (
        Language::Php,
        "<?php $stack->push(GuzzleRetryMiddleware::factory());",
    ),
    (
        Language::Php,
        "<?php $c = new RetryableHttpClient(HttpClient::create());",
    ),
    (
        Language::Php,
        "<?php Http::withToken($t)->retry(3, 100)->get($u);",
    ),
    (
        Language::Php,
        "<?php use GuzzleHttp\\Pool;\n$r = function ($ids) { foreach ($ids as $id) { yield new Request('GET', $id); } };\n$p = new Pool($client, $r($ids), ['concurrency' => 5]);",
    ),
    (
        Language::Php,
        "<?php Utils::unwrap(array_map(fn ($id) => $client->getAsync($id), $ids));",
    ),
    (
        Language::Php,
        "<?php Redis::funnel('mde')->limit(3)->then(fn () => get($id));",
    ),
    (Language::Bash, "sleep 0.6"),
    (
        Language::Bash,
        "cat ids | xargs -P 8 -I{} curl https://host.example/{}",
    ),
    (Language::Bash, "curl --retry 5 https://host.example/x"),
    (
        Language::Bash,
        "cat ids | xargs -P8 -I{} curl https://host.example/{}",
    ),
    (
        Language::Bash,
        "parallel -j 16 curl https://host.example/{} :::: ids",
    ),
    (
        Language::Bash,
        "parallel -j 4 --delay 0.6 curl https://host.example/{} :::: ids",
    ),
    (
        Language::Bash,
        "curl --rate 90/m \"https://host.example/x/[1-500]\"",
    ),
    (
        Language::Bash,
        "curl --parallel --parallel-max 30 \"https://host.example/x/[1-500]\"",
    ),
    (Language::Bash, "wget --wait=1 https://host.example/x"),
    (
        Language::Dart,
        "f() async { await Future.delayed(const Duration(milliseconds: 600)); }",
    ),
    (
        Language::Dart,
        "f() { Timer.periodic(Duration(seconds: 30), (t) => poll()); }",
    ),
    (
        Language::Dart,
        "f() async { await Future.wait(ids.map((id) => get(id))); }",
    ),
    (
        Language::Dart,
        "f(id) async { return http.get(Uri.parse('https://host.example/x/$id')); }",
    ),
    (Language::R, "Sys.sleep(0.6)"),
    (
        Language::R,
        "r <- GET(paste0(\"https://host.example/x/\", id))",
    ),
    (
        Language::R,
        "r <- request(\"https://host.example\") |> req_url_query(q = id) |> req_perform()",
    ),
    (
        Language::R,
        "r <- mclapply(ids, function(id) fetch(id), mc.cores = 4)",
    ),
    (Language::Lua, "socket.sleep(0.6)"),
    (
        Language::Lua,
        "local r = https.request(\"https://host.example/x/\" .. id)",
    ),
];

fn facts(language: Language, text: &str) -> CodeFacts {
    let source = Source::from_text(FileId(0), "a", text);
    let mut facts = FileFacts::new(FileKind::Code(language), Zone::Project);
    parse(&source, language, true, &mut facts);
    facts.code
}

fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What is computed from a line.
fn computed(code: &CodeFacts) -> String {
    let mut out = Vec::new();
    for sleep in &code.sleeps {
        out.push(match sleep.seconds.value {
            Some(seconds) => format!("waits {} s", number(seconds)),
            None => "waits, for how long is not known".to_owned(),
        });
    }
    for limiter in &code.limiters {
        for rate in &limiter.rates {
            let (Some(calls), Some(seconds)) = (rate.calls.value, rate.seconds.value) else {
                continue;
            };
            out.push(format!(
                "{} / {} s = {} a minute",
                number(calls),
                number(seconds),
                number(calls / seconds * 60.0)
            ));
        }
        if let Some(width) = limiter.width {
            out.push(format!("{width} at a time"));
        }
    }
    for block in &code.blocks {
        let BlockKind::Loop(own) = &block.kind else {
            continue;
        };
        if let Some(seconds) = own.period.and_then(|period| period.value) {
            out.push(format!("every {} s", number(seconds)));
        }
        match own.parallel {
            Some(Width::AtMost(width)) => out.push(format!("{width} at a time")),
            Some(Width::Unbounded) => out.push("all at the same time".to_owned()),
            None => {}
        }
    }
    for backoff in &code.backoffs {
        match &backoff.kind {
            BackoffKind::Policy(_) => out.push("tries again".to_owned()),
            BackoffKind::Retries(retries) => out.push(retried(retries)),
            _ => {}
        }
    }
    for call in &code.calls {
        let address = call.url.as_ref().and_then(Text::host_and_path);
        if let (true, Some((host, path))) = (call.request, address) {
            let method = call.method.as_deref().unwrap_or("GET");
            out.push(format!("{method} {host}{path}"));
        }
    }
    out.dedup();
    out.join("; ")
}

fn retried(retries: &Retries) -> String {
    let mut out = String::from("tries again");
    if let Some(attempts) = retries.attempts {
        let _ = write!(out, " up to {attempts} times");
    }
    out += if !retries.throttling {
        ", but not after 429"
    } else if retries.idempotent_only {
        ", after 429 too, but not POST and PATCH"
    } else {
        ", after 429 too"
    };
    if retries.throttling && retries.retry_after {
        out += ", when Retry-After says";
    }
    out
}

fn page() -> String {
    let mut page = String::from(
        "<!-- Made by `UPDATE_DOCS=1 cargo test --test it idioms`; edit the tables in src/parse/code/idioms, not this. -->\n\n\
         # What is known of call rates\n\n\
         Code is read by one model in every language: requests and the addresses they go to,\n\
         the loops around them, what waits, what limits, what tries again. The tables say which\n\
         libraries are known by name, and what is computed from a line of each.\n\n\
         A client's base address may stand in one file and its paths in another: interfaces of\n\
         Retrofit, typed and named clients of .NET are put together by their names.\n",
    );
    for (language, title) in LANGUAGES {
        let mut by_library: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for known in libraries(*language) {
            by_library
                .entry((known.meaning, known.library))
                .or_default()
                .extend(known.callees);
        }
        let _ = write!(
            page,
            "\n## {title}\n\n| Meaning | Library | Known by |\n|---|---|---|\n"
        );
        for ((meaning, library), callees) in by_library {
            let callees: Vec<String> = callees
                .iter()
                .map(|callee| format!("`{}`", callee.replace('~', "….").replace('|', "\\|")))
                .collect();
            let _ = writeln!(page, "| {meaning} | {library} | {} |", callees.join(", "));
        }
        let _ = write!(page, "\n| Code | Computed |\n|---|---|\n");
        for (own, text) in LINES {
            let group = match own {
                Language::TypeScript => Language::JavaScript,
                other => *other,
            };
            if group == *language {
                let shown = text.replace('\n', " ⏎ ").replace('|', "\\|");
                let _ = writeln!(page, "| `{shown}` | {} |", computed(&facts(*own, text)));
            }
        }
    }
    page.push_str(&crate::libraries::section());
    page.push_str(&crate::configuration::section());
    page
}

#[test]
fn every_line_gives_a_number_or_a_policy() {
    for (language, text) in LINES {
        assert_ne!(
            computed(&facts(*language, text)),
            "",
            "{language:?}: {text}"
        );
    }
}

#[test]
fn the_page_on_call_rates_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/call-rates.md");
    let made = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &made).expect("the page can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written.replace("\r\n", "\n") == made,
        "docs/call-rates.md is stale; run UPDATE_DOCS=1 cargo test --test it idioms"
    );
}
