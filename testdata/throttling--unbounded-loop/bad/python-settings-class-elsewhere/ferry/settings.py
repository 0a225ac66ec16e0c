from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    defender_base_url: str = "https://api.security.microsoft.com"
# ~^ licence/missing ""https://api.security.microsoft.com"" warning
    client_id: str


settings = Settings()
