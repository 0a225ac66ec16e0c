<?php
const BASE = 'https://api.security.microsoft.com/api';

function offboard(array $ids, string $token): void
{
    foreach ($ids as $id) {
        $ch = curl_init(BASE . "/machines/$id/offboard");
        curl_setopt($ch, CURLOPT_POST, true);
        curl_setopt($ch, CURLOPT_HTTPHEADER, ["Authorization: Bearer $token"]);
        curl_exec($ch);
        curl_close($ch);
        usleep(250000);
        // ~^ throttling/rate-exceeds-limit "usleep(250000)" error
    }
}
