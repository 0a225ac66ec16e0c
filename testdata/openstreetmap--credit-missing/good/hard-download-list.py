import multiprocessing

from worker import download_all


def plan(zoom, columns, rows):
    return [
        [f"https://tile.openstreetmap.org/{zoom}/{x}/{y}.png", f"{x}-{y}.png"]
        for x in columns
        for y in rows
    ]


def start(zoom, columns, rows):
    task = multiprocessing.Process(target=download_all, args=(plan(zoom, columns, rows),))
    task.start()
