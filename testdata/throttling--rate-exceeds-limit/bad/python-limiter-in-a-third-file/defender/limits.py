"""How fast we may call."""
from aiolimiter import AsyncLimiter

api_limiter = AsyncLimiter(300, 60)
# ~^ throttling/rate-exceeds-limit "AsyncLimiter(300, 60)" warning
