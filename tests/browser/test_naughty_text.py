"""Whatever people wrote: nothing wider than the window, nothing that runs.

Also 400 % zoom: 320 px are what is left of 1280.
"""

from typing import Any

import pytest
from playwright.sync_api import Dialog

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.lib.dates import PartialDate
from pawfile.options.actions import change_options
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.models import Client
from pawfile.resources.models import Territory, Vet
from tests.browser.places import places
from tests.browser.windows import Windows, overflow
from tests.factories import make_client, make_pet

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7 }}</textarea>"
ENDLESS = "W" * 200
BOTH_WAYS = "שלום עולם \u202e مرحبا بالعالم"
EMOJI = "👩‍👩‍👧‍👦🐕‍🦺" * 12
NAUGHTY = (ENDLESS, MARKUP, BOTH_WAYS, EMOJI)
TEXTS = {"text", "long text", "phone", "secret"}


def naughty_values(subject: Any) -> dict[str, Any]:
    keys = [key for key, field in subject.fields.items() if field.kind.value in TEXTS]
    return {key: NAUGHTY[number % len(NAUGHTY)] for number, key in enumerate(keys)}


@pytest.fixture
def home(cleos_home: Client, mona: User, sam: User) -> Client:
    """Cleo's home with every field full and changed, a full pet and an empty one."""
    vet = Vet.objects.create(name=ENDLESS, clinic=MARKUP, phone=EMOJI[:90], address=BOTH_WAYS)
    Territory.objects.create(name=ENDLESS[:90])
    for user in (mona, sam):
        user.name = ENDLESS
        user.save()
    values = naughty_values(CLIENT) | {
        "email": f"{'w' * 60}@{'w' * 60}.example.com",
        "has_alarm": True,
        "vet": vet,
        "tags": [ENDLESS[:100], MARKUP],
        "trash_days": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    }
    update_client(cleos_home, values=values, by=mona)
    update_client(cleos_home, values={"city": ENDLESS, "directions": MARKUP}, by=mona)
    pet = make_pet(cleos_home, name="Rex")
    update_pet(pet, values=naughty_values(PET) | {"born": PartialDate(2019)}, by=mona)
    make_pet(cleos_home, name="Nil", animal="Other")
    make_client(first_name=BOTH_WAYS, last_name=EMOJI, primary_sitter=sam)
    change_options(values={"company_name": ENDLESS}, opened={"company_name": "Pawfile"}, by=mona)
    for text in NAUGHTY:
        record_activity(by=mona, kind=ActivityKind.FIELD, about=text, old=text, new=text, note=text)
    return cleos_home


@pytest.mark.parametrize("who", ["ada", "mona", "sam", "cleo"])
def test_no_page_is_wider_than_its_window_whatever_people_wrote(
    window: Windows, request: pytest.FixtureRequest, home: Client, who: str
) -> None:
    user = request.getfixturevalue(who)
    page = window(user)
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    wide = []
    for place in places(user, home):
        page.set_viewport_size({"width": 320, "height": 900})
        page.goto(place)
        for width in (320, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            if pixels := overflow(page):
                wide.append(f"{place} at {width}: {pixels} px")
    assert wide == []
    assert asked == []
