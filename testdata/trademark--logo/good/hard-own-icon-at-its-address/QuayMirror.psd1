@{
    ModuleVersion = '1.0.0'
    PrivateData = @{
        PSData = @{
            IconUri = 'https://github.com/harbour-crew/quay-mirror/raw/main/assets/OneDrive_128x128.svg'
        }
    }
}
