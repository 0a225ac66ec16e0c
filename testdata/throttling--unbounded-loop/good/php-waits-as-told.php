<?php
function machine(GuzzleHttp\Client $client, string $id): string
{
    while (true) {
        try {
            return (string) $client->get('https://api.security.microsoft.com/api/machines/' . $id)->getBody();
        } catch (ClientException $e) {
            if ($e->getResponse()->getStatusCode() !== 429) {
                throw $e;
            }
            sleep((int) $e->getResponse()->getHeaderLine('Retry-After') ?: 30);
        }
    }
}

foreach ($argv as $id) {
    echo machine($client, $id);
}
