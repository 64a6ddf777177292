"""The shapes in which the demo's parts are written down and handed on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pawfile.lib.dates import PartialDate

#: Key or column → value.
Values = dict[str, Any]
#: A day of birth that stays the same age: it is worked out from today.
Born = Callable[[date], PartialDate]


@dataclass(frozen=True, slots=True)
class Household:
    """A hand-written client. Vets, sitters and territories are named by their short names."""

    values: Values
    pets: Sequence[Values]
    since: int
    logins: Sequence[str] = ()

    @property
    def name(self) -> str:
        return f"{self.values['first_name']} {self.values['last_name']}"


def household(
    first_name: str,
    last_name: str,
    *pets: Values,
    since: int,
    logins: Sequence[str] = (),
    **values: Any,
) -> Household:
    """``since`` is how many days ago they became a client."""
    status = values.pop("status", "Active")
    named = {"first_name": first_name, "last_name": last_name, "status": status}
    return Household({**named, **values}, pets, since, logins)


def pet(name: str, animal: str, breed: str = "", **values: Any) -> Values:
    """``born`` is an age, see below; ``portrait`` the colours of a drawn photo."""
    return {"name": name, "animal": animal, "breed": breed, **values}


def address(street: str, city: str, zip_code: str, street2: str = "") -> Values:
    return {
        "street": street,
        "street2": street2,
        "city": city,
        "state": "OH",
        "zip_code": zip_code,
    }


def emergency(name: str, phone: str, relationship: str, *, has_key: bool) -> Values:
    return {
        "emergency_name": name,
        "emergency_phone": phone,
        "emergency_relationship": relationship,
        "emergency_has_key": has_key,
    }


def years_old(years: int) -> Born:
    """Only the year is known."""
    return lambda today: PartialDate(today.year - years)


def months_old(months: int) -> Born:
    """The year and the month are known."""

    def born(today: date) -> PartialDate:
        count = today.year * 12 + today.month - 1 - months
        return PartialDate(count // 12, count % 12 + 1)

    return born


def days_old(days: int) -> Born:
    """The day is known."""

    def born(today: date) -> PartialDate:
        day = today - timedelta(days=days)
        return PartialDate(day.year, day.month, day.day)

    return born


@dataclass(frozen=True, slots=True)
class Circle:
    """The rows that an invented household may point at, by their ids."""

    now: datetime
    office: tuple[int, ...]
    sitters: tuple[int, ...]
    vets: tuple[int, ...]
    tags: tuple[int, ...]
