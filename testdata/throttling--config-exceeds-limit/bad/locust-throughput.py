from locust import HttpUser, constant_throughput, task


class Analyst(HttpUser):
    host = "https://api.securitycenter.microsoft.com"
    fixed_count = 20
    wait_time = constant_throughput(0.5)
    # ~^ throttling/config-exceeds-limit "0.5" error

    def on_start(self):
        self.client.headers["Authorization"] = f"Bearer {token()}"

    @task
    def alerts(self):
        self.client.get("/api/alerts")
