$ApiRoot = 'https://api.securitycenter.microsoft.com/api'
