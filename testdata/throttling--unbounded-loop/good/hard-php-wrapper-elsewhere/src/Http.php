<?php
namespace App;

final class PoliteHttp
{
    public static function fetchJson(string $url): array
    {
        for ($try = 0; $try < 8; $try++) {
            $response = self::$client->request('GET', $url);
            if ($response->getStatusCode() !== 429) {
                return $response->toArray();
            }
            sleep((int) ($response->getHeaders(false)['retry-after'][0] ?? 30));
        }
        throw new \RuntimeException('still throttled');
    }
}
