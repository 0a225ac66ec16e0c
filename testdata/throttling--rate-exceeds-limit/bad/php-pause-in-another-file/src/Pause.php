<?php
namespace App;

class Pause
{
    public static function milliseconds(int $count): void
    {
        usleep($count * 1000);
    }
}
