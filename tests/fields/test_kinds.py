"""Rules 59 to 61 and 63: what each kind of field takes, and the company's own words."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.profiles.models import Client
from tests.profiles.pages import facts, fill_in, labels, problems, read

SignIn = Callable[[User], Browser]


@pytest.fixture
def url(cleos_home: Client) -> str:
    return f"/clients/{cleos_home.pk}/edit/"


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("abc", ["abc"]),
        ("ok@example.com, abc; @x.de\na b@c.de", ["abc", "@x.de", "a b@c.de"]),
        ("a@example.com\r\nBcc: all@example.com", ["Bcc: all@example.com"]),
    ],
)
def test_an_alternate_email_that_is_none_is_an_error(
    signed_in: SignIn, mona: User, url: str, typed: str, refused: list[str]
) -> None:
    """Rule 59: each one that is wrong is named, and what was typed stays."""
    page = read(fill_in(signed_in(mona), url, alternate_emails=typed))
    assert problems(page) == [
        f"Alternate e-mails: “{address}” is not an e-mail address." for address in refused
    ]
    kept = page.one("textarea", name="alternate_emails").raw.removeprefix("\n")
    assert kept.replace("\r\n", "\n") == typed.replace("\r\n", "\n")


def test_several_addresses_may_be_separated_in_any_way(
    signed_in: SignIn, mona: User, url: str
) -> None:
    typed = "a@example.com; b@example.com,\r\nA@example.com\r\n c@example.com"
    assert fill_in(signed_in(mona), url, alternate_emails=typed).status_code == 302
    assert Client.objects.get().alternate_emails == [
        "a@example.com", "b@example.com", "c@example.com",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["email", "partner_email"])
@pytest.mark.parametrize("typed", ["abc", "a@b@c.de", "a@example.com, b@example.com", "ä@"])
def test_one_email_is_one_address(
    signed_in: SignIn, mona: User, url: str, key: str, typed: str
) -> None:
    page = read(signed_in(mona).post(url, {key: typed}))
    assert [line.partition(": ")[2] for line in problems(page)] == [
        f"“{typed}” is not an e-mail address."
    ]


@pytest.mark.parametrize(
    ("key", "choices"),
    [
        ("pool", ["N/A", "Inground", "Above Ground", "Indoor"]),
        ("fence", ["N/A", "Standard", "Invisible", "Electric"]),
        ("primary_phone", ["Cell", "Work", "Home"]),
        ("status", ["Prospect", "Active", "Inactive"]),
    ],
)
def test_the_choices_are_exactly_these(
    signed_in: SignIn, mona: User, url: str, key: str, choices: list[str]
) -> None:
    """Rule 60: and nothing else is taken."""
    select = read(signed_in(mona).get(url)).one("select", name=key)
    assert [option.attrs["value"] for option in select.all("option")] == ["", *choices]
    for choice in choices:
        assert signed_in(mona).post(url, {key: choice}).status_code == 302
        assert getattr(Client.objects.get(), key) == choice
    assert signed_in(mona).post(url, {key: "Lava"}).status_code == 422
    assert getattr(Client.objects.get(), key) == choices[-1]


def test_trash_days_monday_and_friday_are_both_kept(
    signed_in: SignIn, mona: User, url: str
) -> None:
    """Rule 61."""
    fill_in(signed_in(mona), url, trash_days=["Monday", "Friday"])
    assert Client.objects.get().trash_days == ["Monday", "Friday"]
    page = read(signed_in(mona).get(url))
    boxes = page.all("input", type="checkbox", name="trash_days", checked="")
    assert [box.attrs["value"] for box in boxes] == ["Monday", "Friday"]


def test_all_days_can_be_unticked_again(signed_in: SignIn, mona: User, url: str) -> None:
    """A browser sends nothing for boxes without a tick; it still means none."""
    fill_in(signed_in(mona), url, trash_days=["Monday"])
    fill_in(signed_in(mona), url, trash_days=[])
    assert Client.objects.get().trash_days == []


def test_a_day_that_is_none_is_refused(signed_in: SignIn, mona: User, url: str) -> None:
    answer = fill_in(signed_in(mona), url, trash_days=["Monday", "Doomsday"])
    assert answer.status_code == 422
    assert len(problems(read(answer))) == 1
    assert Client.objects.get().trash_days == []


def test_a_renamed_field_keeps_its_value_under_the_new_label(
    signed_in: SignIn, mona: User, cleo: User, cleos_home: Client, url: str
) -> None:
    """Rule 63: on the profile, in the form, in the error and in the history."""
    FieldRule.objects.create(subject="client", key="city", label="Town or village")
    for reader in (mona, cleo):
        told = facts(read(signed_in(reader).get(f"/clients/{cleos_home.pk}/")))
        assert (told.get("City"), told["Town or village"]) == (None, "Columbus")
    assert labels(read(signed_in(mona).get(url)))["city"] == "Town or village"
    page = read(signed_in(mona).post(url, {"city": "x" * 501}))
    assert [line.partition(":")[0] for line in problems(page)] == ["Town or village"]
    popup = read(signed_in(mona).get(f"/clients/{cleos_home.pk}/changes/city/"))
    assert popup.one("h1").text == "Town or village"


def test_a_phone_that_is_none_is_kept_with_a_warning(
    signed_in: SignIn, mona: User, cleos_home: Client, url: str
) -> None:
    """PRODUCT §3: an impossible number is a warning, not a wall."""
    browser = signed_in(mona)
    browser.post(url, {"cell_phone": "call the shop", "work_phone": "614 555 0188"})
    page = read(browser.get(f"/clients/{cleos_home.pk}/"))
    kept = Client.objects.get()
    assert (kept.cell_phone, kept.phones_e164) == ("call the shop", {"work_phone": "+16145550188"})
    assert [toast.one("span").text for toast in page.all(cls="toast-warning")] == [
        "Cell phone: “call the shop” is no whole phone number. It was saved as typed."
    ]


def test_a_choice_without_a_none_cannot_be_emptied(signed_in: SignIn, mona: User, url: str) -> None:
    page = read(fill_in(signed_in(mona), url, status=""))
    assert problems(page) == ["Status: Fill this in."]


def test_tags_are_words_between_commas(signed_in: SignIn, mona: User, url: str) -> None:
    fill_in(signed_in(mona), url, tags=" VIP , two  words,, VIP,Örtlich ")
    assert Client.objects.get().field_text("tags") == "VIP, two words, Örtlich"
    page = read(fill_in(signed_in(mona), url, tags="ok, " + "x" * 101))
    assert len(problems(page)) == 1
