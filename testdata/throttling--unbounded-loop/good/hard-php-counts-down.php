<?php
$pages = 5;
while ($pages--) {
    file_get_contents("https://api.securitycenter.microsoft.com/api/machines?page=$pages");
}
