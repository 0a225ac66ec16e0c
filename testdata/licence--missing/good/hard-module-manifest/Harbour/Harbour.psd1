@{
    RootModule = 'Harbour.psm1'
    ModuleVersion = '1.0.0'
    PrivateData = @{
        PSData = @{
            LicenseUri = 'https://opensource.org/licenses/MIT'
        }
    }
}
