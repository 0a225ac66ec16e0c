. ./http.sh

for id in $(cat ids.txt); do
  http -X POST -d '{"Comment":"x","ScanType":"Quick"}' "https://api.security.microsoft.com/api/machines/$id/runAntiVirusScan"
done
