<?php
namespace App;

use App\Pause;
use GuzzleHttp\Client;

class Tagger
{
    private Client $http;

    public function __construct(string $token)
    {
        $this->http = new Client(['base_uri' => 'https://api.security.microsoft.com', 'headers' => ['Authorization' => $token]]);
    }

    public function tag(array $machines): void
    {
        foreach ($machines as $machine) {
            $this->http->post("/api/machines/{$machine}/tags", ['json' => ['Value' => 'lab', 'Action' => 'Add']]);
            Pause::milliseconds(200);
            // ~^ throttling/rate-exceeds-limit "Pause::milliseconds(200)"
        }
    }
}
