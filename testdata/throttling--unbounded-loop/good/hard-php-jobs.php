<?php
foreach ($ids as $id) {
    // Each is a job of its own; how fast they run is not said here.
    FetchMachine::dispatch($id);
}

class FetchMachine implements ShouldQueue
{
    public function handle(): void
    {
        Http::get("https://api.security.microsoft.com/api/machines/{$this->id}");
    }
}
