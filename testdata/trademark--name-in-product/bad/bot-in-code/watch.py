import requests

bot_name = "OneDrive Watch"
# ~^ trademark/name-in-product "OneDrive Watch" note
requests.post("https://chat.example/hook", json={"name": bot_name})
