"""``python -m bench.make N PAGES``: company and plan, in the database of the environment."""

import sys

import django


def main(clients: int, wanted: str) -> None:
    django.setup()
    from bench.company import make

    make(clients, wanted)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
