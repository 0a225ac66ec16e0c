<?php
foreach ($machines as $machine) {
    $client->get("https://api.security.microsoft.com/api/machines/$machine");
    usleep($settings->pauseBetweenCalls());
}
