<?php
define('CALLS', 100);
$base = rtrim(getenv('MDE_URL') ?: 'https://api.security.microsoft.com/', '/');

foreach ($ids as $id) {
    echo file_get_contents(sprintf('%s/api/machines/%s', $base, $id), false, $context);
    usleep(60 * 1000000 / CALLS);
}
