<?php
use GuzzleHttp\Client;
use GuzzleHttp\Pool;
use GuzzleHttp\Psr7\Request;

$requests = function (array $ids) {
    foreach ($ids as $id) {
        yield new Request('GET', "https://api.security.microsoft.com/api/files/$id/stats");
        // ~^ throttling/unbounded-loop "new Request('GET', "https://api.security.microsoft.com/api/files/$id/stats")" warning
    }
};

$pool = new Pool(new Client(), $requests($ids), ['concurrency' => 40, 'fulfilled' => $store]);
$pool->promise()->wait();
