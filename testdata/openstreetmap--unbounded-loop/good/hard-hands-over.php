<?php

class PlaceReference
{
    public function __construct(private Service $service, private LinkReference $links)
    {
    }

    public function resolve(string $text): ?Reference
    {
        if (preg_match('~/#map=\d+/([\d.]+)/([\d.]+)~', $text, $found)) {
            $url = "https://nominatim.openstreetmap.org/reverse?format=json&lat={$found[1]}&lon={$found[2]}";
            return new Reference(json_decode(file_get_contents($url), true));
        }
        // Another object's method of the same name.
        return $this->links->resolve($text);
    }
}
