<?php
foreach ($ids as $id) {
    Http::withToken($token)->retry(5, 2000)->get("https://api.security.microsoft.com/api/machines/$id");
}
