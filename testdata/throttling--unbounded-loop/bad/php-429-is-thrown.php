<?php

foreach ($machines as $machine) {
    $reply = $client->request('GET', "https://api.securitycenter.microsoft.com/api/machines/$machine", ['http_errors' => false]);
    // ~^ throttling/unbounded-loop "$client->request('GET', "https://api.securitycenter.microsoft.com/api/machines/$machine", ['http_errors' => false])" warning
    if ($reply->getStatusCode() === 429) {
        throw new RuntimeException('throttled');
    }
    echo $reply->getBody();
}
