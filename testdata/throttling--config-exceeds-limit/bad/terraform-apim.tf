resource "azurerm_api_management_api" "defender" {
  name                = "defender"
  resource_group_name = azurerm_resource_group.gw.name
  api_management_name = azurerm_api_management.gw.name
  revision            = "1"
  protocols           = ["https"]
  service_url         = "https://api.security.microsoft.com/api"
}

resource "azurerm_api_management_api_policy" "defender" {
  api_name            = azurerm_api_management_api.defender.name
  api_management_name = azurerm_api_management.gw.name
  resource_group_name = azurerm_resource_group.gw.name

  xml_content = <<-XML
    <policies>
      <inbound>
        <base />
        <rate-limit-by-key calls="1000" renewal-period="300" counter-key="@(context.Deployment.Region)" />
        <!-- ~^ throttling/config-exceeds-limit "1000" error -->
      </inbound>
    </policies>
  XML
}
