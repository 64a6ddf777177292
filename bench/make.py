"""``python -m bench.make N PAGES CUSTOM``: company and plan, in the database of the environment;
``python -m bench.make extend``: extend the ongoing series there, and say how long it took."""

import sys

import django


def main(clients: int, wanted: str, custom: int) -> None:
    django.setup()
    from bench.company import make

    make(clients, wanted, custom)


def extend() -> None:
    django.setup()
    from bench.schedule import extend

    print(extend().text())


if __name__ == "__main__":
    if sys.argv[1:] == ["extend"]:
        extend()
    else:
        main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
