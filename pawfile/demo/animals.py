"""What an invented client answers about a pet."""

from datetime import date, datetime, time, timedelta

from pawfile.demo import names, phrases
from pawfile.demo.dice import Dice
from pawfile.demo.shape import Values

KINDS = tuple(animal for animal, (share, _) in phrases.ANIMALS.items() for _ in range(share))
#: So many days old are the youngest that come.
YOUNGEST = 60
BREEDS = {animal: breeds for animal, (_, breeds) in phrases.ANIMALS.items()}


def animal(dice: Dice, today: date, met: datetime) -> Values:
    """A pet that came with its client, ``met`` then, or was born to the household later."""
    kind = dice.pick(KINDS)
    values: Values = {
        "name": dice.pick_common(names.PET_NAMES),
        "animal": kind,
        "breed": dice.maybe(0.9, BREEDS[kind]),
        "sex": dice.maybe(0.9, ("Female", "Male")),
        "color_markings": dice.maybe(0.7, phrases.COLORS),
        "feeding": dice.maybe(0.7, phrases.FEEDING),
        "feeding_location": dice.maybe(0.5, phrases.FOOD_PLACES),
        "personality": dice.maybe(0.5, phrases.PERSONALITIES),
        "behavior_warnings": dice.maybe(0.15, phrases.WARNINGS),
        "allergies": dice.maybe(0.08, phrases.ALLERGIES),
        "medication": dice.maybe(0.12, phrases.MEDICINES),
        "medical_conditions": dice.maybe(0.1, phrases.CONDITIONS),
        "stays": dice.maybe(0.3, phrases.STAYS),
        "hiding_places": dice.maybe(0.2, phrases.HIDING),
        "active": dice.often(0.95),
    }
    if kind in ("Dog", "Cat"):
        values |= dog_or_cat(dice, kind)
    day = today - timedelta(days=int(dice.random() * 5000) + YOUNGEST)
    values["created_at"] = max(met, datetime.combine(day, time(12)) + timedelta(days=YOUNGEST - 1))
    return values | born(dice, day)


def dog_or_cat(dice: Dice, kind: str) -> Values:
    values: Values = {
        "spayed_neutered": dice.often(0.85),
        "weight": f"{dice.randrange(6, 90) if kind == 'Dog' else dice.randrange(6, 18)} lbs",
        "microchip": str(dice.randrange(981_000_000_000_000, 986_000_000_000_000)),
    }
    if kind == "Cat":
        values["litter_box"] = dice.maybe(0.7, phrases.LITTER)
        return values
    values["walking"] = dice.maybe(0.7, phrases.WALKS)
    values["leash_location"] = dice.maybe(0.6, phrases.LEASHES)
    values["commands"] = dice.maybe(0.3, phrases.COMMANDS)
    return values


def born(dice: Dice, day: date) -> Values:
    """The day of birth as far as people know it: often nothing, the year, the month, the day."""
    known = dice.randrange(4)
    parts = zip(
        ("born_year", "born_month", "born_day"), (day.year, day.month, day.day), strict=True
    )
    return dict(list(parts)[:known])
