project = "Quay"
