# Uploads to Sharepoint and Onedrive.
target = "Sharepoint"
