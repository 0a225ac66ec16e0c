import smopy

piers = smopy.Map((51.03, 3.70, 51.08, 3.76), z=14)
piers.save_png("piers.png")
