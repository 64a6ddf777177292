"""Plain functions that make records for tests. Every keyword is a field; the rest is believable."""

from itertools import count
from typing import Any

from pawfile.accounts.models import Role, User
from pawfile.profiles.actions import create_client, create_pet
from pawfile.profiles.models import Client, Pet

_numbers = count(1)


def make_user(role: Role, name: str, **fields: Any) -> User:
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}.{next(_numbers)}@example.com")
    return User.objects.create_user(
        email, fields.pop("password", "paws-and-tails"), role=role, name=name, **fields
    )


def make_client(**values: Any) -> Client:
    logins = values.pop("logins", [])
    defaults = {"first_name": "Cleo", "last_name": f"Client{next(_numbers)}"}
    client = create_client(values={**defaults, **values}, by=None)
    client.logins.set(logins)
    return client


def make_pet(client: Client, **values: Any) -> Pet:
    defaults = {"name": "Rex", "animal": "Dog"}
    return create_pet(values={"client": client, **defaults, **values}, by=None)
