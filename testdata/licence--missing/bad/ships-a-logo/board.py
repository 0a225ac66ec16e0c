print("berths")
