<?php
namespace App;

class DefenderClient
{
    public function __construct(private string $base, private string $token)
    {
    }

    public function machineUsers(string $id): string
    {
        $ch = curl_init($this->base . '/api/machines/' . $id . '/logonusers');
        curl_setopt($ch, CURLOPT_HTTPHEADER, ["Authorization: Bearer {$this->token}"]);
        return curl_exec($ch);
    }
}
