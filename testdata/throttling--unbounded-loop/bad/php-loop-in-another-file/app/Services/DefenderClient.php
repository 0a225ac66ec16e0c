<?php

namespace App\Services;

use Illuminate\Http\Client\PendingRequest;
use Illuminate\Support\Facades\Http;

class DefenderClient
{
    public function isolateMachine(string $id): array
    {
        return $this->http()->post("/api/machines/{$id}/isolate", ['Comment' => 'incident'])->json();
    }

    private function http(): PendingRequest
    {
        return Http::baseUrl(config('services.mde.url', 'https://api.security.microsoft.com'))->withToken($this->token())->acceptJson();
    }
}
