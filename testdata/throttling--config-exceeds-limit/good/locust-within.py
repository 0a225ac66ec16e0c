from locust import FastHttpUser, HttpUser, between, constant, task


class Analyst(HttpUser):
    host = "https://api.securitycenter.microsoft.com"
    wait_time = constant(2)

    @task
    def alerts(self):
        self.client.get("/api/alerts")


class Shopper(FastHttpUser):
    host = "https://shop.corp.example"
    wait_time = between(0.01, 0.05)

    @task
    def cart(self):
        self.client.get("/cart")
