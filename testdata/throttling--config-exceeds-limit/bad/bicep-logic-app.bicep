param location string = resourceGroup().location

@description('Offboards machines that a list names.')
resource offboard 'Microsoft.Logic/workflows@2019-05-01' = {
  name: 'offboard-machines'
  location: location
  properties: {
    definition: {
      '$schema': 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#'
      contentVersion: '1.0.0.0'
      triggers: {
        manual: { type: 'Request', kind: 'Http' }
      }
      actions: {
        For_each: {
          type: 'Foreach'
          foreach: '@triggerBody()?[\'machines\']'
          runtimeConfiguration: { concurrency: { repetitions: 50 } }
          actions: {
            Offboard: {
              type: 'Http'
              inputs: {
                method: 'POST'
                uri: 'https://api.securitycenter.microsoft.com/api/machines/@{item()}/offboard'
                retryPolicy: {
                  type: 'none' // what fails is looked at the next day
                  // ~^ throttling/config-exceeds-limit "none" warning
                }
              }
            }
          }
        }
      }
    }
  }
}
