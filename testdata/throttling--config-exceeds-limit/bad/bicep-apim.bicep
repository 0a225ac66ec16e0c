resource apim 'Microsoft.ApiManagement/service@2022-08-01' existing = {
  name: 'corp-apim'
}

resource defender 'Microsoft.ApiManagement/service/apis@2022-08-01' = {
  parent: apim
  name: 'defender'
  properties: {
    path: 'defender'
    serviceUrl: 'https://api.security.microsoft.com'
    protocols: [ 'https' ]
  }
}

resource policy 'Microsoft.ApiManagement/service/apis/policies@2022-08-01' = {
  parent: defender
  name: 'policy'
  properties: {
    format: 'rawxml'
    value: '''
<policies>
  <inbound>
    <rate-limit-by-key calls="15" renewal-period="1" counter-key="@("defender")" />
    <!-- ~^ throttling/config-exceeds-limit "15" error -->
  </inbound>
</policies>
'''
  }
}
