resource "azurerm_logic_app_trigger_recurrence" "often" {
  name         = "often"
  logic_app_id = azurerm_logic_app_workflow.export.id
  frequency    = "Minute"
  interval     = 1
  # ~^ throttling/config-exceeds-limit "1" warning
}

resource "azurerm_logic_app_action_http" "export" {
  name         = "export"
  logic_app_id = azurerm_logic_app_workflow.export.id
  method       = "GET"
  uri          = "https://api.securitycenter.microsoft.com/api/machines/SoftwareInventoryExport"
}
