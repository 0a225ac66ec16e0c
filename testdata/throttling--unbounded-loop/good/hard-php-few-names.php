<?php
class Export
{
    private const LISTS = ['machines', 'alerts', 'recommendations'];

    public function run(): void
    {
        foreach (self::LISTS as $list) {
            file_put_contents("$list.json", file_get_contents('https://api.security.microsoft.com/api/' . $list, false, $this->context));
        }
    }
}
