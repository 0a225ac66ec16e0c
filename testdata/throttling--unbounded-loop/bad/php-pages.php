<?php
function fetch_alerts(string $token): array
{
    $url = 'https://api.security.microsoft.com/api/alerts?$top=1000';
    $alerts = [];
    do {
        $curl = curl_init();
        curl_setopt($curl, CURLOPT_URL, $url);
        curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
        curl_setopt($curl, CURLOPT_HTTPHEADER, ["Authorization: Bearer $token"]);
        $page = json_decode(curl_exec($curl), true);
        // ~^ throttling/unbounded-loop "curl_exec($curl)" note
        curl_close($curl);
        $alerts = array_merge($alerts, $page['value']);
        $url = $page['@odata.nextLink'] ?? null;
    } while ($url !== null);
    return $alerts;
}
