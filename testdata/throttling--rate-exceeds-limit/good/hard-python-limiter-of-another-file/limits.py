from pyrate_limiter import Duration, Limiter, Rate

defender_limiter = Limiter(Rate(45, Duration.MINUTE), max_delay=60_000)
inventory_limiter = Limiter(Rate(600, Duration.MINUTE), max_delay=60_000)
