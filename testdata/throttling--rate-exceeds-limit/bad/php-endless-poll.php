<?php
while (true) {
    echo file_get_contents('https://api.security.microsoft.com/api/alerts?$top=50', false, $context);
    time_nanosleep(0, 300000000);
    // ~^ throttling/rate-exceeds-limit "time_nanosleep(0, 300000000)" error
}
