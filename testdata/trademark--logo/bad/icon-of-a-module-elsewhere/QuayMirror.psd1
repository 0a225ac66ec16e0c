@{
    ModuleVersion = '1.0.0'
    PrivateData = @{
        PSData = @{
            IconUri = 'https://pictures.example/assets/OneDrive_128x128.png'
            # ~^ trademark/logo "https://pictures.example/assets/OneDrive_128x128.png" warning
        }
    }
}
