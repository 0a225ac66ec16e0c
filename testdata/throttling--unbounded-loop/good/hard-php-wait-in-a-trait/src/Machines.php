<?php
namespace App;

class Machines
{
    use Patience;

    public function details(array $ids): iterable
    {
        foreach ($ids as $id) {
            $this->awaitSlot();
            yield file_get_contents('https://api.security.microsoft.com/api/machines/' . $id, false, $this->context);
        }
    }
}
