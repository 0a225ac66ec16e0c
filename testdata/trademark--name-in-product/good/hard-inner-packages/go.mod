module example.org/harbour/onedrive
