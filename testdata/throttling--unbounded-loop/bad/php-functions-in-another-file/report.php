<?php
require_once __DIR__ . '/lib/api.php';

array_walk($ids, function ($id) {
    print_r(mde_get("machines/$id/users"));
    // ~^ throttling/unbounded-loop "mde_get("machines/$id/users")" warning
});
