<?php
use Illuminate\Http\Client\Pool;
use Illuminate\Support\Facades\Http;

$answers = Http::pool(fn (Pool $pool) => $ids->map(
    fn ($id) => $pool->withToken($token)->get("https://api.security.microsoft.com/api/machines/$id")
    // ~^ throttling/unbounded-loop "$pool->withToken($token)->get("https://api.security.microsoft.com/api/machines/$id")" warning
));
