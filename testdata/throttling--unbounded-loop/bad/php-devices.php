<?php
require 'vendor/autoload.php';

use GuzzleHttp\Client;

$client = new Client(['base_uri' => 'https://api.security.microsoft.com/api/', 'timeout' => 30]);
$found = [];
foreach ($machines as $machine) {
    $response = $client->request('GET', 'machines/' . $machine['id'] . '/software', ['headers' => $headers]);
    // ~^ throttling/unbounded-loop "$client->request('GET', 'machines/' . $machine['id'] . '/software', ['headers' => $headers])" warning
    $found[$machine['id']] = json_decode((string) $response->getBody(), true)['value'];
}
