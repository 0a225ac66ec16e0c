<?php
namespace App\Providers;

class RouteServiceProvider extends ServiceProvider
{
    public function boot(): void
    {
        // What visitors of our own pages may do.
        RateLimiter::for('web', fn (Request $request) => Limit::perMinute(1000)->by($request->ip()));
    }
}
