# The portal is no API host, and users of the directory are another API.
foreach ($id in $ids) {
    Invoke-RestMethod -Uri "https://security.microsoft.com/apiproxy/mtp/$id" -Headers $h
    Invoke-RestMethod -Uri "https://graph.microsoft.com/v1.0/users/$id" -Headers $h
}
