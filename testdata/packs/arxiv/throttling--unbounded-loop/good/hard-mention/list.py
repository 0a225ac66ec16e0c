for line in open("papers.txt"):
    print("https://arxiv.org/abs/" + line.strip())
