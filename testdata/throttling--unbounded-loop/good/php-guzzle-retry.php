<?php
use GuzzleHttp\Client;
use GuzzleHttp\HandlerStack;
use GuzzleHttp\Middleware;

$stack = HandlerStack::create();
$stack->push(Middleware::retry(
    fn ($tries, $request, $response) => $tries < 5 && $response && $response->getStatusCode() === 429,
    fn ($tries, $response) => 1000 * (int) $response->getHeaderLine('Retry-After')
));
$client = new Client(['handler' => $stack, 'base_uri' => 'https://api.security.microsoft.com']);
foreach ($ids as $id) {
    echo $client->get("/api/machines/$id")->getBody();
}
