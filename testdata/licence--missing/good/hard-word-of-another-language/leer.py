print("noticias")
