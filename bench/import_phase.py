"""``python -m bench.import_phase WHAT FILE``: one import in the company of the environment.

``make FILE ROWS`` prepares the company and writes the file. Prints what there is to know as JSON.
"""

import csv
import json
import random
import resource
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter, process_time

import django

HEADINGS = [
    *("Client ID", "First Name", "Last Name", "Email", "Cell Phone", "Street", "City", "State"),
    *("Zip", "Emergency Contact", "Emergency Phone", "Door Code", "Uses Keys", "Directions"),
    *("Parking", "Client Notes", "Pet Name", "Animal", "Breed", "Sex", "Spayed/Neutered", "Born"),
    *("Feeding", "Medication", "Vet", "Vet Phone", "Pet Notes", "Loyalty Points"),
]
TEXTS = ("Half a cup of dry food, twice a day", "Shy at first, then a friend for life.")


def make(path: Path, rows: int) -> None:
    """As many rows, one a pet, of clients with one to three pets; without long texts in a file of
    over 500,000 rows, since a file has at most 200 MB."""
    from pawfile.demo import names, phrases
    from pawfile.server import prepare

    prepare()
    dice = random.Random(1)
    vets = [(f"{name} Animal Clinic", f"206-555-01{place:02}") for place, name in
            enumerate(names.SURNAMES[:40])]  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        left, number = rows, 0
        while left:
            number += 1
            own = client(number, dice, names.FIRST_NAMES, names.SURNAMES)
            if rows > 500_000:
                own = [*own[:9], "", "", *own[11:13], "", "", ""]
            for _pet in range(min(left, dice.choice((1, 1, 1, 2, 2, 3)))):
                left -= 1
                animal = dice.choice(("Dog", "Dog", "Cat"))
                breed = dice.choice(phrases.ANIMALS[animal][1])
                born = f"20{dice.randint(10, 25)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
                texts = ("", "") if rows > 500_000 else TEXTS
                writer.writerow([
                    *own, f"{dice.choice(names.FIRST_NAMES)}", animal, breed, dice.choice("MF"),
                    dice.choice("YN"), born, texts[0], "",
                    *dice.choice(vets), texts[1], left % 900,
                ])  # fmt: skip


def client(
    number: int, dice: random.Random, firsts: tuple[str, ...], lasts: tuple[str, ...]
) -> list[str]:
    first, last = dice.choice(firsts), dice.choice(lasts)
    return [
        f"C-{number}", first, last, f"{first}.{last}.{number}@example.org".lower(),
        f"206-555-{number % 10_000:04}", f"{dice.randint(1, 9999)} {dice.choice(lasts)} St",
        "Seattle", "WA", f"98{number % 200:03}", f"{dice.choice(firsts)} {dice.choice(lasts)}",
        "206-555-0142", f"{number % 10_000:04}#", dice.choice("YN"),
        "Second house on the left behind the school", "On the street", "Prefers a text message.",
    ]  # fmt: skip


def phase(what: str, path: Path) -> None:
    from pawfile.imports.command import new_job
    from pawfile.imports.run import ImportRun

    begun, worked = perf_counter(), process_time()
    run = ImportRun(path, job=None if what == "preview" else new_job([path]))
    outcomes = Counter[str]()
    for row in run.plan_rows() if what == "preview" else run.run_rows():
        outcomes[str(row.outcome)] += 1
    seconds = perf_counter() - begun
    told = {
        "rows": outcomes.total(),
        "seconds": seconds,
        "work": process_time() - worked,
        "outcomes": dict(outcomes),
        "memory": memory(resource.RUSAGE_SELF),
        "reader": memory(resource.RUSAGE_CHILDREN),
    }
    sys.stdout.write(f"{json.dumps(told)}\n")


def memory(whose: int) -> float:
    """The most that was taken, in MB."""
    return resource.getrusage(whose).ru_maxrss / 1024


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        phase(sys.argv[1], Path(sys.argv[2]))
