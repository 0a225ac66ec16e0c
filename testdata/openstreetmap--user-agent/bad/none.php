<?php
$found = file_get_contents("https://nominatim.openstreetmap.org/search?format=json&q=" . urlencode($pier));
// ~^ openstreetmap/user-agent "file_get_contents("https://nominatim.openstreetmap.org/search?format=json&q=" . urlencode($pier))" warning
