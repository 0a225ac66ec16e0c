<?php
class FetchMachine implements ShouldQueue
{
    public function handle(): void
    {
        Redis::throttle('mde')->allow(5)->every(1)->then(function () {
            // ~^ throttling/rate-exceeds-limit "Redis::throttle('mde')" error
            Http::get("https://api.security.microsoft.com/api/machines/{$this->id}");
        });
    }
}
