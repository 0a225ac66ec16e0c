<?php
foreach (['High', 'Medium', 'Low'] as $severity) {
    print_r(Http::get('https://api.security.microsoft.com/api/alerts', ['$filter' => "severity eq '$severity'"])->json());
    usleep(1000);
}
