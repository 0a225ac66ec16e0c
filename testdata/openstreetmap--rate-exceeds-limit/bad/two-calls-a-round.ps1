# Looks every stop up twice: by its name, then by its place.
foreach ($stop in Get-Content stops.txt) {
    $found = Invoke-RestMethod -Uri "https://nominatim.openstreetmap.org/search?q=$stop&format=json" -UserAgent "stops/1.0"
    $place = Invoke-RestMethod -Uri "https://nominatim.openstreetmap.org/reverse?lat=$($found[0].lat)&lon=$($found[0].lon)&format=json" -UserAgent "stops/1.0"
    $place.display_name
    Start-Sleep -Milliseconds 400
# ~^ openstreetmap/rate-exceeds-limit "Start-Sleep -Milliseconds 400" error
}
