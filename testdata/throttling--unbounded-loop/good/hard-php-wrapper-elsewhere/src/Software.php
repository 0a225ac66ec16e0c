<?php
namespace App;

class Software
{
    const API = 'https://api.security.microsoft.com/api';

    public function of(array $ids): array
    {
        return array_map(fn ($id) => PoliteHttp::fetchJson(self::API . "/machines/$id/software"), $ids);
    }
}
