<?php
// Writes the town into each photo of the album.
foreach ($album->photos() as $photo) {
    $curl = curl_init("https://nominatim.openstreetmap.org/reverse?format=json&lat={$photo->lat}&lon={$photo->lon}");
    curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
    curl_setopt($curl, CURLOPT_USERAGENT, 'Album 2.1 album@photos.example');
    $place = json_decode(curl_exec($curl), true);
// ~^ openstreetmap/unbounded-loop "curl_exec($curl)" warning
    $photo->setTown($place['address']['town']);
}
