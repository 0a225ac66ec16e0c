<?php
class FetchAlert implements ShouldQueue
{
    public function handle(): void
    {
        RateLimiter::attempt('mde', 90, function () {
            return Http::get('https://api.security.microsoft.com/api/alerts/' . $this->id);
        });
    }
}
