resource "azurerm_api_management_api" "defender" {
  name        = "defender"
  service_url = "https://api.security.microsoft.com/api"
}

resource "azurerm_api_management_api" "shop" {
  name        = "shop"
  service_url = "https://shop.corp.example"
}

resource "azurerm_api_management_api_policy" "defender" {
  api_name    = azurerm_api_management_api.defender.name
  xml_content = <<XML
<policies>
  <inbound>
    <rate-limit-by-key calls="80" renewal-period="60" counter-key="defender" />
  </inbound>
</policies>
XML
}

resource "azurerm_api_management_api_policy" "shop" {
  api_name    = azurerm_api_management_api.shop.name
  xml_content = <<XML
<policies>
  <inbound>
    <rate-limit-by-key calls="8000" renewal-period="60" counter-key="shop" />
  </inbound>
</policies>
XML
}
