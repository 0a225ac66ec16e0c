$uri = 'https://api.security.microsoft.com/api/machines'
$all = @()
do {
    $page = Invoke-RestMethod -Uri $uri -Headers $h
    # ~^ throttling/unbounded-loop "Invoke-RestMethod -Uri $uri -Headers $h" note
    $all += $page.value
    $uri = $page.'@odata.nextLink'
} while ($uri)
