<?php

namespace App\Console;

use App\Services\DefenderClient;

class IsolateMachines extends Command
{
    public function handle(DefenderClient $defender): void
    {
        foreach ($this->argument('machines') as $machine) {
            $defender->isolateMachine($machine);
            // ~^ throttling/unbounded-loop "$defender->isolateMachine($machine)" warning
        }
    }
}
