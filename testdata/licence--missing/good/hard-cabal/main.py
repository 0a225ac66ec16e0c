print("alerts")
