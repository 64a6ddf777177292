"""What an invented client answers: who they are, their home, how to get in."""

from dataclasses import dataclass
from functools import cache

from pawfile.demo import names, phrases, places
from pawfile.demo.dice import Dice
from pawfile.demo.shape import Values
from pawfile.lib.columns import key_ring
from pawfile.lib.text import fold

DOMAINS = ("example.com", "example.org", "example.net")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
TOPICS = ("Scheduling Confirmations", "Pet Care Journals", "Important Business Updates")
STATUSES = ("Active",) * 15 + ("Prospect",) * 3 + ("Inactive",) * 2
WORDS = ("biscuit", "lighthouse", "tangerine", "bluebird", "pancakes", "sycamore")


@dataclass(frozen=True, slots=True)
class Codes:
    """Sealed tokens for one batch: a few dozen, because sealing one for each home takes a while."""

    digits: tuple[str, ...]
    words: tuple[str, ...]


def seal_codes(dice: Dice) -> Codes:
    """Seal in the process that has the keys; households are made in others too."""
    plain = [str(dice.randrange(1000, 10000)) for _ in range(50)]
    said = [f"{word}{dice.randrange(10, 100)}" for word in WORDS]
    seal = key_ring().seal
    return Codes(
        digits=tuple(seal(text).token_for_database for text in plain),
        words=tuple(seal(text).token_for_database for text in said),
    )


def person(dice: Dice, number: int) -> Values:
    first, last = dice.pick_common(names.FIRST_NAMES), surname(dice)
    values: Values = {
        "first_name": first,
        "last_name": last,
        "cell_phone": dice.phone(),
        "primary_phone": "Cell",
        "email": address(dice, first, last, number) if dice.often(0.95) else "",
        "communication_topics": list(TOPICS[: dice.randrange(4)]),
    }
    if dice.often(0.2):
        values["home_phone"] = dice.phone()
    if dice.often(0.1):
        values["work_phone"] = dice.phone()
    if dice.often(0.05):
        values["alternate_emails"] = [address(dice, last, "family", number)]
    if dice.often(0.4):
        values |= partner(dice, last, number)
    if dice.often(0.7):
        values |= emergency_contact(dice)
    return values


def partner(dice: Dice, last: str, number: int) -> Values:
    first = dice.pick_common(names.FIRST_NAMES)
    last = last if dice.often(0.7) else surname(dice)
    return {
        "partner_first_name": first,
        "partner_last_name": last,
        "partner_phone": dice.phone(),
        "partner_email": address(dice, first, last, number) if dice.often(0.6) else "",
    }


def emergency_contact(dice: Dice) -> Values:
    return {
        "emergency_name": f"{dice.pick_common(names.FIRST_NAMES)} {surname(dice)}",
        "emergency_phone": dice.phone(),
        "emergency_relationship": dice.pick(phrases.RELATIONS),
        "emergency_has_key": dice.often(0.5),
    }


def surname(dice: Dice) -> str:
    if dice.often(0.65):
        return dice.pick_common(names.SURNAMES)
    return dice.pick(names.SURNAME_STARTS) + dice.pick(names.SURNAME_ENDS)


@cache
def mail_part(name: str) -> str:
    """A name as people put it into an e-mail address."""
    return "".join(letter for letter in fold(name) if letter.isascii() and letter.isalnum())


def address(dice: Dice, first: str, last: str, number: int) -> str:
    left, right = mail_part(first), mail_part(last)
    shape = dice.random()
    if shape < 0.5:
        local = f"{left}.{right}{number % 100}"
    else:
        local = f"{left[0]}{right}{number}" if shape < 0.8 else f"{left}_{right}_{number}"
    return f"{local}@{dice.pick(DOMAINS)}"


def home(dice: Dice, codes: Codes) -> Values:
    city, zip_code = dice.pick_common(places.PLACES)
    values: Values = {
        "street": street(dice),
        "city": city,
        "state": places.STATE,
        "zip_code": zip_code,
        "street2": f"{dice.pick(places.UNITS)} {dice.randrange(1, 40)}" if dice.often(0.15) else "",
        "directions": dice.maybe(0.1, phrases.DIRECTIONS),
        "uses_keys": dice.often(0.8),
        "entry_instructions": dice.maybe(0.7, phrases.ENTRIES),
        "parking": dice.maybe(0.3, phrases.PARKING),
        "fence": dice.maybe(0.6, ("N/A", "Standard", "Standard", "Invisible", "Electric")),
        "pool": dice.maybe(0.4, ("N/A", "N/A", "N/A", "Inground", "Above Ground")),
        "trash_days": [dice.pick(WEEKDAYS)] if dice.often(0.5) else [],
        "trash_notes": dice.maybe(0.3, phrases.TRASH),
        "mail_notes": dice.maybe(0.3, phrases.MAIL),
        "plants": dice.maybe(0.2, phrases.PLANTS),
        "lights": dice.maybe(0.2, phrases.LIGHTS),
        "thermostat": dice.maybe(0.2, phrases.THERMOSTATS),
        "water_shutoff": dice.maybe(0.2, phrases.SHUTOFFS),
        "breaker_box": dice.maybe(0.2, phrases.BREAKERS),
        "cleaning_supplies": dice.maybe(0.2, phrases.SUPPLIES),
        "house_notes": dice.maybe(0.2, phrases.HOUSE_NOTES),
        "sitter_notes": dice.maybe(0.4, phrases.SITTER_NOTES),
        "office_notes": dice.maybe(0.1, phrases.OFFICE_NOTES),
        "referral": dice.maybe(0.5, phrases.REFERRALS),
        "status": dice.pick(STATUSES),
    }
    values |= home_secrets(dice, codes)
    if dice.often(0.3):
        values |= alarm(dice, codes)
    return values


def street(dice: Dice) -> str:
    number = dice.randrange(1, 9000)
    return f"{number} {dice.pick(places.STREETS)} {dice.pick_common(places.STREET_ENDS)}"


def home_secrets(dice: Dice, codes: Codes) -> Values:
    values: Values = {}
    for key, share in (
        ("door_code", 0.3),
        ("lockbox_code", 0.2),
        ("gate_code", 0.1),
        ("garage_code", 0.4),
    ):
        if dice.often(share):
            values[key] = dice.pick(codes.digits)
    if dice.often(0.3):
        values["wifi_name"] = f"{dice.pick(places.STREETS)} Guest"
        values["wifi_password"] = dice.pick(codes.words)
    return values


def alarm(dice: Dice, codes: Codes) -> Values:
    return {
        "has_alarm": True,
        "alarm_company": dice.pick(phrases.ALARM_COMPANIES),
        "alarm_phone": dice.phone(),
        "alarm_panel_location": dice.pick(phrases.PANELS),
        "alarm_code": dice.pick(codes.digits),
        "alarm_password": dice.pick(codes.words),
        "alarm_instructions": dice.pick(phrases.ALARM_NOTES),
    }
