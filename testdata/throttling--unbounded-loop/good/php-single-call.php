<?php
$machines = Http::withToken($token)->get('https://api.security.microsoft.com/api/machines')->json('value');
foreach ($machines as $machine) {
    echo $machine['computerDnsName'], PHP_EOL;
}
