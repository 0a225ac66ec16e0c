@{
    RootModule = 'Harbour.psm1'
    ModuleVersion = '1.0'
    PrivateData = @{ PSData = @{ Tags = @('Intune', 'SharePoint') } }
}
