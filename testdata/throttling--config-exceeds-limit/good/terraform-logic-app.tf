resource "azurerm_logic_app_trigger_recurrence" "hourly" {
  name         = "hourly"
  logic_app_id = azurerm_logic_app_workflow.alerts.id
  frequency    = "Minute"
  interval     = 1
}

resource "azurerm_logic_app_action_http" "alerts" {
  name         = "alerts"
  logic_app_id = azurerm_logic_app_workflow.alerts.id
  method       = "GET"
  uri          = "https://api.securitycenter.microsoft.com/api/alerts"
}
