<?php
use Symfony\Component\HttpClient\HttpClient;
use Symfony\Component\HttpClient\RetryableHttpClient;

$client = new RetryableHttpClient(HttpClient::createForBaseUri('https://api.security.microsoft.com'));
foreach ($ids as $id) {
    print_r($client->request('GET', "/api/machines/$id")->toArray());
}
