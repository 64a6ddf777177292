"""What the tests of the Master Schedule look for on its pages."""

from datetime import date, time
from typing import Any

from pawfile.accounts.models import Role, User
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models import Service, Visit, VisitStatus
from tests.factories import make_client, make_pet, make_service, make_user, make_visit
from tests.profiles.pages import Node

FRIDAY = date(2037, 11, 27)
#: Statuses that a sitter's visits have, one after the other.
MANY = (VisitStatus.ASSIGNED, VisitStatus.ACCEPTED, VisitStatus.CONFIRMED, VisitStatus.COMPLETED)


def lane(page: Node, key: str) -> Node:
    return page.one("section", data_lane=key)


def visits_in(node: Node) -> list[int]:
    """The visits shown in there, in order."""
    return [int(box.attrs["data-visit"]) for box in node.all(data_visit="")]


def fill_day(count: int, *, on: date = FRIDAY, sitters: int = 3) -> list[Visit]:
    """A day of visits in a dozen homes with two pets each; every fourth one nobody has yet."""
    people = [make_user(Role.SITTER, f"Sitter {place}") for place in range(sitters)]
    homes = [make_home(place) for place in range(min(count, 12))]
    service = make_service(minutes=30)
    return [make_full_visit(place, homes, people, service, on) for place in range(count)]


def make_home(place: int) -> tuple[Client, list[Pet]]:
    home = make_client(last_name=f"Home {place}", street=f"{place} Elm Street")
    return home, [make_pet(home, name=f"{name} {place}") for name in ("Rex", "Tom")]


def make_full_visit(
    place: int,
    homes: list[tuple[Client, list[Pet]]],
    people: list[User],
    service: Service,
    on: date,
) -> Visit:
    home, pets = homes[place % len(homes)]
    own: dict[str, Any] = {"sitter": people[place % len(people)]}
    own["status"] = MANY[place % len(MANY)]
    if place % 4 == 0:
        own = {"is_for_anyone": place % 8 == 0}
    at = time(6 + place % 16, 15 * (place % 4))
    return make_visit(home, pets=pets, service=service, visit_on=on, exact_time=at, **own)
