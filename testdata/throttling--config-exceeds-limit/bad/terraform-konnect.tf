resource "konnect_gateway_service" "mde" {
  control_plane_id = konnect_gateway_control_plane.soc.id
  name             = "mde"
  protocol         = "https"
  host             = "api.securitycenter.microsoft.com"
  port             = 443
}

resource "konnect_gateway_route" "hunting" {
  control_plane_id = konnect_gateway_control_plane.soc.id
  name             = "hunting"
  paths            = ["/hunting"]
  service          = { id = konnect_gateway_service.mde.id }
}

resource "konnect_gateway_plugin_rate_limiting" "mde" {
  control_plane_id = konnect_gateway_control_plane.soc.id
  enabled          = true
  service          = { id = konnect_gateway_service.mde.id }
  config = {
    minute = 600
    # ~^ throttling/config-exceeds-limit "600" warning
    policy = "local"
  }
}
