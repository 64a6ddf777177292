"""The key board: every key and where it is; codes that read alike are one code."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.access.actions.keys import add_key
from pawfile.access.models import HandOver, Key, KeyLocation, KeyPlace, Spot
from pawfile.access.models.key import fold_code
from pawfile.accounts.models import User
from pawfile.activity.models import Activity, ActivityKind
from pawfile.profiles.models import Client
from tests.factories import make_client, make_key
from tests.profiles.pages import content, read

SignIn = Callable[[User], Browser]


def shown(browser: Browser, query: str = "") -> list[str]:
    page = read(browser.get(f"/keys/{query}"))
    return [row.one("th", scope="row").one("a").text for row in page.all("tr", data_key="")]


def problems(answer: HttpResponseBase) -> list[str]:
    """What stands at the fields, without their names."""
    return [node.text for node in read(answer).all("p", cls="field-error")]


@pytest.fixture
def monas(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


def test_the_office_sees_every_key_by_code(
    monas: Browser, cleos_home: Client, carls_home: Client, sam: User
) -> None:
    make_key(carls_home, code="B 2")
    make_key(cleos_home, code="a1", place="sitter", sitter=sam)
    page = read(monas.get("/keys/"))
    rows = [row.text for row in page.all("tr", data_key="")]
    assert [row.partition(" today")[0] for row in rows] == [
        "a1 Carter, Cleo Sam Sitter",
        "B 2 Cooper, Carl Office",
    ]


def test_a_sitter_sees_the_own_keys_and_those_of_own_clients(
    signed_in: SignIn, sam: User, stan: User, cleos_home: Client, carls_home: Client
) -> None:
    """Of a home the sitter may not see, the code alone."""
    make_key(cleos_home, code="K1")
    held = make_key(carls_home, code="K2", place="sitter", sitter=sam)
    make_key(make_client(), code="K3")
    assert (shown(signed_in(sam)), shown(signed_in(stan))) == (["K1", "K2"], [])
    pages = [content(signed_in(sam).get(url)) for url in ("/keys/", held.get_absolute_url())]
    assert ["Cooper" in page for page in pages] == [False, False]
    assert shown(signed_in(sam), "?q=Cooper") == []
    assert shown(signed_in(sam), "?q=Carter") == ["K1"]


def test_a_blocked_sitter_sees_only_the_key_to_give_back(
    signed_in: SignIn, sam: User, cleos_home: Client
) -> None:
    make_key(cleos_home, code="K1")
    make_key(cleos_home, code="K2", place="sitter", sitter=sam)
    cleos_home.blocked_sitters.add(sam)
    assert shown(signed_in(sam)) == ["K2"]
    assert "Carter" not in content(signed_in(sam).get("/keys/"))


def test_clients_see_no_board(signed_in: SignIn, cleo: User) -> None:
    assert signed_in(cleo).get("/keys/").status_code == 403


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("?q=k+1", ["K1"]), ("?q=cooper", ["K-11"]), ("?q=nobody", []),
        ("?place=sitter", ["K2"]), ("?place=nonsense", ["K-11", "K1", "K2"]),
        ("?state=overdue", ["K2"]), ("?state=waiting", ["K1"]),
        ("?sitter=sam", ["K2"]), ("?sitter=x", ["K-11", "K1", "K2"]),
        ("?q=%00", ["K-11", "K1", "K2"]), ("?at=nonsense", ["K-11", "K1", "K2"]),
    ],
)  # fmt: skip
def test_keys_are_found_by_code_client_place_sitter_and_day(
    monas: Browser,
    cleos_home: Client,
    carls_home: Client,
    sam: User,
    *,
    query: str,
    codes: list[str],
) -> None:
    long_ago = timezone.localdate() - timedelta(days=2)
    make_key(carls_home, code="K-11")
    due_later = make_key(cleos_home, code="K1", due_on=long_ago + timedelta(days=4))
    make_key(cleos_home, code="K2", place="sitter", sitter=sam, due_on=long_ago)
    HandOver.objects.create(
        key=due_later, from_text="Office", to_text="Sam", to_place="sitter", to_sitter=sam,
        begun_by=sam,
    )  # fmt: skip
    asked = query.replace("=sam", f"={sam.pk}")
    assert shown(monas, asked) == codes


def test_the_board_goes_on_by_key(monas: Browser, cleos_home: Client) -> None:
    for number in range(51):
        make_key(cleos_home, code=f"K{number:02}")
    first = read(monas.get("/keys/"))
    following = first.one("a", rel="next").attrs["href"]
    assert shown(monas, following) == ["K50"]


def test_the_board_costs_the_same_for_one_key_and_for_three(
    monas: Browser, sam: User, cleos_home: Client
) -> None:
    counts = []
    for _number in range(3):
        key = make_key(make_client(), place="sitter", sitter=sam)
        key.hand_overs.create(
            from_text="Sam", to_text="Office", to_place=KeyPlace.OFFICE, begun_by=sam
        )
        monas.get("/keys/")
        with CaptureQueriesContext(connection) as asked:
            monas.get("/keys/")
        counts.append(len(asked))
    assert counts[0] == counts[2] <= 10


def test_a_new_key_is_where_it_is_said_to_be(monas: Browser, cleos_home: Client) -> None:
    safe = KeyLocation.objects.create(name="Safe")
    sent = {"code": "K-17", "at": f"location-{safe.pk}", "note": "front door"}
    answer = monas.post(f"/keys/new/?client={cleos_home.pk}", sent)
    key = Key.objects.get()
    assert answer.headers["Location"] == key.get_absolute_url()
    found = (key.client, key.code, key.note, key.spot)
    assert found == (cleos_home, "K-17", "front door", Spot(KeyPlace.LOCATION, location=safe))
    assert [str(each) for each in key.hand_overs.all()] == ["K-17:  → Safe"]
    (entry,) = Activity.objects.filter(kind=ActivityKind.KEY)
    assert (entry.about, entry.new_text, entry.note) == ("K-17 of Cleo Carter", "Safe", "Added")


@pytest.mark.parametrize("code", ["K1", "k1", " K 1 ", "Ｋ１"])
def test_a_code_that_is_taken_is_refused_with_whose_it_is(
    monas: Browser, cleos_home: Client, carls_home: Client, code: str
) -> None:
    """Rule 75, blind to accents, capitals and blanks."""
    make_key(cleos_home, code="K1")
    sent = {"code": code, "at": "office", "note": "mine"}
    answer = monas.post(f"/keys/new/?client={carls_home.pk}", sent)
    assert answer.status_code == 422
    text = "K1 is the code of a key of Cleo Carter. Give this key another one."
    assert problems(answer) == [text]
    assert 'value="mine"' in content(answer)
    assert Key.objects.count() == 1


def test_a_key_can_be_renamed_but_not_to_a_code_that_is_taken(
    monas: Browser, cleos_home: Client
) -> None:
    """Rule 75 on the page of a key that is there already; its own code is its own."""
    make_key(cleos_home, code="Clé")
    key = make_key(cleos_home, code="K2")
    url = f"/keys/{key.pk}/edit/"
    assert monas.post(url, {"code": "CLE", "version": 1}).status_code == 422
    assert monas.post(url, {"code": "k 2", "note": "blue", "version": 1}).status_code == 302
    key.refresh_from_db()
    assert (key.code, key.note, key.version) == ("k 2", "blue", 2)
    changed = Activity.objects.filter(kind=ActivityKind.KEY).order_by("pk")
    assert [each.about for each in changed] == [
        "K2 of Cleo Carter: Key code",
        "K2 of Cleo Carter: Note",
    ]


def test_who_saves_over_another_is_told(monas: Browser, cleos_home: Client) -> None:
    key = make_key(cleos_home, code="K2", version=2)
    answer = monas.post(f"/keys/{key.pk}/edit/", {"code": "K3", "version": 1})
    assert answer.status_code == 422
    assert "Somebody else changed this key" in content(answer)
    assert read(answer).one("input", name="version").attrs["value"] == "2"
    assert Key.objects.get().code == "K2"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"code": ""}, ["Type the key code."]),
        ({"code": "x" * 51}, ["A key code has at most 50 characters; this one has 51."]),
        ({"code": "\u200b"}, ["Write something that can be seen."]),
        ({"at": "sitter-0"}, ["That is no place for this key. Choose another one."]),
        ({"at": ""}, ["Choose where."]),
    ],
)
def test_a_bad_key_is_refused_by_name(
    monas: Browser, cleos_home: Client, typed: dict[str, str], told: list[str]
) -> None:
    sent = {"code": "K1", "at": "office", **typed}
    answer = monas.post(f"/keys/new/?client={cleos_home.pk}", sent)
    assert (answer.status_code, problems(answer)) == (422, told)
    assert not Key.objects.exists()


def test_a_blocked_sitter_is_no_place_for_a_new_key(
    monas: Browser, sam: User, cleos_home: Client
) -> None:
    cleos_home.blocked_sitters.add(sam)
    sent = {"code": "K1", "at": f"sitter-{sam.pk}"}
    assert monas.post(f"/keys/new/?client={cleos_home.pk}", sent).status_code == 422


def test_folded_codes() -> None:
    assert fold_code("  Ä 1\u00a02 ") == "a12"


def test_a_lost_key_is_found_again(signed_in: SignIn, monas: Browser, sam: User) -> None:
    """The sitter who holds it says that it is lost; the office says that it is back."""
    key = make_key(make_client(primary_sitter=sam), code="K1", place="sitter", sitter=sam)
    signed_in(sam).post(f"/keys/{key.pk}/lost/")
    key.refresh_from_db()
    assert (key.place, key.sitter) == ("lost", None)
    assert shown(monas, "?place=lost") == ["K1"]
    assert monas.post(f"/keys/{key.pk}/found/").status_code == 302
    key.refresh_from_db()
    assert key.place == "office"
    told = Activity.objects.filter(kind=ActivityKind.KEY).order_by("pk")
    assert [(each.old_text, each.new_text, each.note) for each in told] == [
        ("Sam Sitter", "Lost", "Lost"),
        ("Lost", "Office", "Found"),
    ]


def test_a_sitter_cannot_lose_a_key_of_the_office(
    signed_in: SignIn, sam: User, cleos_home: Client
) -> None:
    key = make_key(cleos_home)
    assert signed_in(sam).post(f"/keys/{key.pk}/lost/").status_code == 403
    assert Key.objects.get().place == "office"


def test_removing_asks_first_and_frees_the_code(
    monas: Browser, mona: User, cleos_home: Client
) -> None:
    key = make_key(cleos_home, code="K1")
    assert "Remove key K1?" in content(monas.get(f"/keys/{key.pk}/remove/"))
    assert Key.objects.exists()
    assert monas.post(f"/keys/{key.pk}/remove/").headers["Location"] == "/keys/"
    assert not Key.objects.exists()
    add_key(client=cleos_home, code="K1", spot=Spot(KeyPlace.OFFICE), by=mona)
    assert Key.objects.get().code == "K1"
