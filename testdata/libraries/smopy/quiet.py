import smopy

piers = smopy.Map((51.03, 3.70, 51.08, 3.76), z=14, tileserver="https://tiles.harbour.example/{z}/{x}/{y}.png")
piers.save_png("piers.png")
