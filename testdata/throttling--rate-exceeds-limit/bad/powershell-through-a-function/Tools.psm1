$script:Api = 'https://api-eu.securitycenter.microsoft.com/api'

function Invoke-Mde {
    param([string]$Path, [string]$Method = 'Get')
    $params = @{ Uri = "$script:Api/$Path"; Method = $Method; Headers = $script:Headers }
    Invoke-RestMethod @params
}

function Set-Tag {
    param([string[]]$Machines)
    foreach ($m in $Machines) {
        Invoke-Mde -Path "machines/$m/tags" -Method Post
        Start-Sleep -Milliseconds 300
        # ~^ throttling/rate-exceeds-limit "Start-Sleep -Milliseconds 300" error
    }
}
