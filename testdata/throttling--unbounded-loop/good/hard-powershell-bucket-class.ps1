class Bucket {
    [double]$Tokens
    [double]$PerSecond
    [datetime]$Last

    Bucket([double]$perSecond, [double]$size) {
        $this.PerSecond = $perSecond
        $this.Tokens = $size
        $this.Last = Get-Date
    }

    [void] Take() {
        while ($true) {
            $now = Get-Date
            $this.Tokens += ($now - $this.Last).TotalSeconds * $this.PerSecond
            $this.Last = $now
            if ($this.Tokens -ge 1) {
                $this.Tokens -= 1
                return
            }
            Start-Sleep -Milliseconds 50
        }
    }
}

$bucket = [Bucket]::new(1.5, 10)
foreach ($id in $machineIds) {
    $bucket.Take()
    Invoke-RestMethod -Uri "https://api.security.microsoft.com/api/machines/$id" -Headers $headers
}
