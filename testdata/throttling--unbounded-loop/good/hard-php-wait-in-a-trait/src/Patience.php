<?php
namespace App;

trait Patience
{
    private float $next = 0.0;

    private function awaitSlot(): void
    {
        $wait = $this->next - microtime(true);
        if ($wait > 0) {
            usleep((int) ($wait * 1e6));
        }
        $this->next = max($this->next, microtime(true)) + 0.7;
    }
}
