source ./mde.sh

while read -r id; do
  mde "machines/$id" > "$id.json"
done < ids.txt
