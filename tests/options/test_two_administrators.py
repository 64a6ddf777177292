"""Two administrators at once: the later save is told and decides; nothing is overwritten unseen."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.activity.models import Activity
from pawfile.options.actions import OptionsChangedError, change_options
from pawfile.options.models import SiteOptions
from tests.at_once import at_once
from tests.factories import make_user
from tests.profiles.pages import Node, problems, read, send, sent_by

SignIn = Callable[[User], Browser]
URL = "/options/"


@pytest.fixture
def adas(signed_in: SignIn, ada: User) -> Browser:
    return signed_in(ada)


@pytest.fixture
def abe(db: None) -> User:
    return make_user(Role.ADMINISTRATOR, "Abe Admin")


def change(browser: Browser, **answers: str) -> None:
    """What the other one saves meanwhile."""
    assert send(browser, URL, read(browser.get(URL)), **answers).status_code == 302


def asked(page: Node) -> dict[str, list[str]]:
    """Option → theirs, mine, before, as the page asks; the suggested answer has a star."""
    return {
        box.attrs["data-conflict"]: [
            chip.text + " *" * ("checked" in chip.one("input").attrs)
            for chip in box.all("label", cls="chip")
        ]
        + [node.text for node in box.all("p")]
        for box in page.all("fieldset", cls="conflict")
    }


def now() -> tuple[str, int, str]:
    options = SiteOptions.load()
    return options.company_name, options.change_window, options.time_zone


def test_the_later_one_is_told_both_values_and_nothing_is_saved(
    adas: Browser, abe: User, signed_in: SignIn
) -> None:
    page = read(adas.get(URL))
    change(signed_in(abe), change_window="30", time_zone="Europe/Rome")
    answer = send(adas, URL, page, change_window="365", company_name="Paws")
    told = read(answer)
    assert (answer.status_code, problems(told)) == (409, [])
    assert asked(told) == {
        "change_window": ["Abe Admin: 30 days", "Yours: 365 days *", "Before: 90 days"],
        "time_zone": [
            "Abe Admin: Europe/Rome *", "Yours: America/New_York", "Before: America/New_York",
        ],
    }  # fmt: skip
    kept = sent_by(told)
    assert (kept["company_name"], kept["change_window"]) == (["Paws"], ["365"])
    assert now() == ("Pawfile", 30, "Europe/Rome")
    assert Activity.objects.count() == 2


@pytest.mark.parametrize(
    ("keep", "result"),
    [
        ({}, ("Paws", 365, "Europe/Rome")),
        ({"keep_change_window": "theirs"}, ("Paws", 30, "Europe/Rome")),
        ({"keep_time_zone": "mine"}, ("Paws", 365, "America/New_York")),
        ({"keep_change_window": "nonsense"}, ("Paws", 365, "Europe/Rome")),
    ],
)
def test_each_option_is_decided_apart(
    adas: Browser, abe: User, signed_in: SignIn, keep: dict[str, str], result: tuple[str, int, str]
) -> None:
    page = read(adas.get(URL))
    change(signed_in(abe), change_window="30", time_zone="Europe/Rome")
    told = read(send(adas, URL, page, change_window="365", company_name="Paws"))
    assert send(adas, URL, told, **keep).status_code == 302
    before = ("Pawfile", 30, "Europe/Rome")
    changed = sum(old != new for old, new in zip(before, result, strict=True))
    assert (now(), Activity.objects.count()) == (result, 2 + changed)


def test_the_same_answer_is_nothing_to_ask(adas: Browser, abe: User, signed_in: SignIn) -> None:
    page = read(adas.get(URL))
    change(signed_in(abe), change_window="30")
    assert send(adas, URL, page, change_window="30", company_name="Paws").status_code == 302
    assert now() == ("Paws", 30, "America/New_York")
    assert Activity.objects.filter(key="change_window").count() == 1


def test_a_third_save_is_asked_about_again(adas: Browser, abe: User, signed_in: SignIn) -> None:
    page = read(adas.get(URL))
    change(signed_in(abe), change_window="30")
    told = read(send(adas, URL, page, change_window="365"))
    change(signed_in(abe), change_window="0")
    assert send(adas, URL, told, keep_change_window="mine").status_code == 409
    again = send(adas, URL, told, keep_change_window="theirs")
    assert (again.status_code, now()[1]) == (409, 0)
    assert asked(read(again)) == {
        "change_window": ["Abe Admin: Always *", "Yours: 30 days", "Before: 30 days"]
    }
    assert send(adas, URL, read(again)).status_code == 302
    assert now()[1] == 0


def test_a_mistake_in_between_forgets_neither_question_nor_decision(
    adas: Browser, abe: User, signed_in: SignIn
) -> None:
    page = read(adas.get(URL))
    change(signed_in(abe), change_window="30")
    wrong = send(adas, URL, page, change_window="365", company_name="")
    assert wrong.status_code == 422
    told = send(adas, URL, read(wrong), company_name="Paws")
    assert list(asked(read(told))) == ["change_window"]
    wrong = send(adas, URL, read(told), keep_change_window="theirs", company_name="")
    assert wrong.status_code == 422
    assert sent_by(read(wrong))["change_window"] == ["30"]
    assert send(adas, URL, read(wrong), company_name="Paws").status_code == 302
    assert now() == ("Paws", 30, "America/New_York")


def test_who_never_saw_the_stored_value_is_asked(adas: Browser) -> None:
    """A request without the values as opened, from a script or an old page."""
    sent = {key: value[0] for key, value in sent_by(read(adas.get(URL))).items()}
    bare = {key: value for key, value in sent.items() if not key.startswith("opened_")}
    assert adas.post(URL, bare).status_code == 302
    answer = adas.post(URL, {**bare, "change_window": "365"})
    assert answer.status_code == 409
    assert asked(read(answer)) == {"change_window": ["Saved by now: 90 days", "Yours: 365 days *"]}
    assert send(adas, URL, read(answer)).status_code == 302
    assert now()[1] == 365


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_very_same_time_one_is_told() -> None:
    both = [make_user(Role.ADMINISTRATOR, name) for name in ("Ada", "Abe")]
    SiteOptions.load()

    def save(number: int) -> str:
        name = both[number].name
        change_options(
            values={"company_name": name}, opened={"company_name": "Pawfile"}, by=both[number]
        )
        return name

    results = at_once(lambda: save(0), lambda: save(1))
    won = [result for result in results if isinstance(result, str)]
    assert [type(result) for result in results].count(OptionsChangedError) == 1
    assert [SiteOptions.load().company_name] == won
    assert [entry.who for entry in Activity.objects.all()] == won


@pytest.mark.django_db(transaction=True)
def test_two_who_change_different_options_at_once_both_win() -> None:
    SiteOptions.load()
    results = at_once(
        lambda: change_options(
            values={"company_name": "Paws"}, opened={"company_name": "Pawfile"}, by=None
        ),
        lambda: change_options(
            values={"change_window": 0}, opened={"change_window": "90"}, by=None
        ),
    )
    assert [type(result) for result in results] == [list, list]
    assert now() == ("Paws", 0, "America/New_York")


def test_what_is_no_option_cannot_be_changed(db: None) -> None:
    with pytest.raises(KeyError):
        change_options(values={"is_demo": True}, opened={"is_demo": "no"}, by=None)
