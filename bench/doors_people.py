"""``python -m bench.doors_people``: who has a login in the company of ``bench.doors``."""

import django


def make() -> None:

    from bench.doors import PEOPLE
    from pawfile.accounts.models import Role, User

    password = "the-right-one-12"
    ways = {
        "staff": {"role": Role.SITTER},
        "client": {},
        "inactive": {"is_active": False},
        "unproven": {"is_email_verified": False},
        "no password": {"password": None},
    }
    for kind, fields in ways.items():
        for email in PEOPLE[kind]:
            User.objects.create_user(email, **{"password": password, "name": kind, **fields})


if __name__ == "__main__":
    django.setup()
    make()
