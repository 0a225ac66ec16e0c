<?php
require __DIR__ . '/../src/Client.php';

$client = new App\DefenderClient('https://api.security.microsoft.com', getenv('TOKEN'));
while ($id = trim(fgets(STDIN))) {
    echo $client->machineUsers($id);
    // ~^ throttling/unbounded-loop "$client->machineUsers($id)" warning
}
