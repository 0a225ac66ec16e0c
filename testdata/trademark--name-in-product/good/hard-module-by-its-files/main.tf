resource "quay_vault" "this" {
  name = var.name
}
