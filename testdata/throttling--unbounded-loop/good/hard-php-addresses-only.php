<?php
const API = 'https://api.security.microsoft.com/api';

foreach ($machines as $machine) {
    $address = API . '/machines/' . $machine->id;
    // None of these asks the API for anything.
    $rows[] = ['url' => $address, 'key' => md5($address), 'cached' => $cache->get($address)];
    FetchMachine::dispatch($address);
    echo htmlspecialchars($address);
}
