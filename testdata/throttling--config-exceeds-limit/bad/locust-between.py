from locust import HttpUser, between, task


class Hunter(HttpUser):
    host = "https://api.security.microsoft.com"
    wait_time = between(0.5, 1)
    # ~^ throttling/config-exceeds-limit "0.5" warning

    @task(3)
    def hunt(self):
        self.client.post("/api/advancedhunting/run", json={"Query": "DeviceInfo"})

    @task
    def incidents(self):
        self.client.get("/api/incidents")
