<?php

function call($client, $path)
{
    for ($n = 0; $n < 3; $n++) {
        try {
            return $client->get("https://api.securitycenter.microsoft.com/api/$path");
        } catch (\GuzzleHttp\Exception\ClientException $failure) {
            sleep(30);
        }
    }
    return null;
}

foreach ($machines as $machine) {
    echo call($client, "machines/$machine")->getBody();
}
