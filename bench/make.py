"""``python -m bench.make N PAGES CUSTOM``: company and plan, in the database of the environment."""

import sys

import django


def main(clients: int, wanted: str, custom: int) -> None:
    django.setup()
    from bench.company import make

    make(clients, wanted, custom)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
