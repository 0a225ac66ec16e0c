<?php
namespace App\Http;

class AlertController
{
    public function show(string $id)
    {
        return Http::withToken(session('token'))->get("https://api.security.microsoft.com/api/alerts/$id")->json();
    }
}
