resource "kong_service" "defender" {
  name = "defender"
  host = "api.security.microsoft.com"
  path = "/api"
}

resource "kong_service" "intranet" {
  name = "intranet"
  host = "wiki.corp.example"
}

resource "kong_plugin" "intranet_rate" {
  name        = "rate-limiting"
  service_id  = kong_service.intranet.id
  config_json = <<EOT
{ "second": 50, "limit_by": "service" }
EOT
}

# The analysts' own key; everyone is held by the next one.
resource "kong_plugin" "analysts" {
  name        = "rate-limiting"
  service_id  = kong_service.defender.id
  consumer_id = kong_consumer.analysts.id
  config_json = jsonencode({ minute = 500 })
}

resource "kong_plugin" "defender_rate" {
  name        = "rate-limiting"
  service_id  = kong_service.defender.id
  config_json = jsonencode({ minute = 60, hour = 1500, limit_by = "service" })
}
