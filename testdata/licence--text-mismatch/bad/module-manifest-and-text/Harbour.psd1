@{
    RootModule = 'Harbour.psm1'
    ModuleVersion = '1.0.0'
    PrivateData = @{ PSData = @{
        LicenseUri = 'https://www.apache.org/licenses/LICENSE-2.0'
# ~^ licence/text-mismatch "https://www.apache.org/licenses/LICENSE-2.0"
    } }
}
