<?php
use GuzzleHttp\Promise\Utils;

class Vulnerabilities
{
    private string $base = 'https://api.security.microsoft.com/api';

    public function __construct(private readonly \GuzzleHttp\Client $http)
    {
    }

    public function of(array $ids): array
    {
        return Utils::unwrap(array_map(
            fn (string $id) => $this->http->getAsync("{$this->base}/machines/{$id}/vulnerabilities"),
            // ~^ throttling/unbounded-loop "$this->http->getAsync("{$this->base}/machines/{$id}/vulnerabilities")" warning
            $ids
        ));
    }
}
