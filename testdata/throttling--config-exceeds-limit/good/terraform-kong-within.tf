resource "kong_service" "defender" {
  name     = "defender"
  protocol = "https"
  host     = "api.security.microsoft.com"
  port     = 443
  path     = "/api"
}

resource "kong_route" "machines" {
  name       = "machines"
  protocols  = ["https"]
  paths      = ["/defender"]
  service_id = kong_service.defender.id
}

resource "kong_plugin" "defender_rate" {
  name       = "rate-limiting"
  service_id = kong_service.defender.id
  config_json = jsonencode({
    minute   = 90
    policy   = "redis"
    limit_by = "service"
  })
}
