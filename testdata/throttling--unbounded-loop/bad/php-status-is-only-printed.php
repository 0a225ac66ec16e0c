<?php
$http = HttpClient::create(['base_uri' => 'https://api.security.microsoft.com']);
while ($id = fgets($list)) {
    $response = $http->request('POST', '/api/machines/' . trim($id) . '/isolate', ['json' => $body]);
    // ~^ throttling/unbounded-loop "$http->request('POST', '/api/machines/' . trim($id) . '/isolate', ['json' => $body])" warning
    if ($response->getStatusCode() === 429) {
        echo "throttled\n";
    }
}
