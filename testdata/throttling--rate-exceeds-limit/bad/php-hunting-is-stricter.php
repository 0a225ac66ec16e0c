<?php
use Illuminate\Support\Facades\Http;

class RunQueries
{
    private const API = 'https://api.securitycenter.microsoft.com';

    public function handle(array $queries): void
    {
        foreach ($queries as $query) {
            $rows = Http::withToken($this->token)->post(self::API . '/api/advancedqueries/run', ['Query' => $query])->json('Results');
            $this->store($rows);
            sleep(1);
            // ~^ throttling/rate-exceeds-limit "sleep(1)" error
        }
    }
}
