function Invoke-Defender {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)][string]$Path,
        [string]$Method = 'Get',
        $Body
    )
    $call = @{
        Method  = $Method
        Uri     = "https://api.security.microsoft.com/api$Path"
        Headers = @{ Authorization = "Bearer $script:Token" }
    }
    if ($Body) {
        $call.Body = $Body | ConvertTo-Json
        $call.ContentType = 'application/json'
    }
    Invoke-RestMethod @call
}

Export-ModuleMember -Function Invoke-Defender
