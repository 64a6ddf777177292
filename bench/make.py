"""``python -m bench.make N``: the company and the plan, in the database of the environment."""

import sys

import django


def main(clients: int) -> None:
    django.setup()
    from bench.company import make

    make(clients)


if __name__ == "__main__":
    main(int(sys.argv[1]))
