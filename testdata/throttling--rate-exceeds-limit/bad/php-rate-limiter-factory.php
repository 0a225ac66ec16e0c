<?php
namespace App\Defender;

use Symfony\Component\RateLimiter\RateLimiterFactory;
use Symfony\Component\RateLimiter\Storage\InMemoryStorage;
use Symfony\Contracts\HttpClient\HttpClientInterface;

final class AlertReader
{
    public function read(HttpClientInterface $client, array $ids): iterable
    {
        $factory = new RateLimiterFactory(['id' => 'mde', 'policy' => 'fixed_window', 'limit' => 300, 'interval' => '1 minute'], new InMemoryStorage());
        // ~^ throttling/rate-exceeds-limit "new RateLimiterFactory" error
        $limiter = $factory->create();
        foreach ($ids as $id) {
            $limiter->reserve(1)->wait();
            yield $client->request('GET', 'https://api.security.microsoft.com/api/alerts/' . $id)->toArray();
        }
    }
}
