"""Journals as they are read: by the client until the icon is white, by staff, listed for all."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.profiles.models import Client, Pet, PhotoState
from pawfile.schedule.models import Journal, JournalReading, Visit
from tests.factories import make_client, make_service, make_user
from tests.profiles.pages import content, read
from tests.schedule.days import in_days
from tests.schedule.journals import done_visit, make_journal, snap

SignIn = Callable[[User], Browser]


@pytest.fixture
def journal(cleos_home: Client, sam: User, rex: Pet) -> Journal:
    walk = make_service(name="DW60", client_name="Long walk")
    visit = done_visit(cleos_home, sam, pets=[rex], service=walk, visit_on=in_days(-1))
    return make_journal(cleos_home, sam, visit=visit, photos=[snap()])


def mark(browser: Browser, url: str = "/my-schedule/") -> tuple[str, bool]:
    """The icon of the only journal: its words, and whether it is filled."""
    node = read(browser.get(url)).one("a", cls="journal-mark")
    return node.text.partition(" Fri ")[0], "unseen" in node.attrs["class"]


def is_filled(browser: Browser, url: str = "/my-schedule/") -> bool:
    return mark(browser, url)[1]


def listed(browser: Browser, query: str = "") -> list[int]:
    page = read(browser.get(f"/journals/{query}"))
    return [int(row.attrs["data-journal"]) for row in page.all(data_journal="")]


def test_the_icon_is_filled_until_this_login_has_read_it(
    signed_in: SignIn, cleo: User, journal: Journal
) -> None:
    """Rule 96: the client opens it, the icon is white; for another login of the home it is not."""
    partner = make_user(Role.CLIENT, "Pat Partner")
    journal.visit.client.logins.add(partner)
    cleos, pats = signed_in(cleo), signed_in(partner)
    for url in ("/my-schedule/", "/journals/", f"/visits/{journal.visit_id}/"):
        assert is_filled(cleos, url)
    cleos.get(f"/journals/{journal.pk}/")
    for url in ("/my-schedule/", "/journals/", f"/visits/{journal.visit_id}/"):
        assert not is_filled(cleos, url)
    assert is_filled(pats)


def test_a_journal_that_was_changed_is_new_again(
    signed_in: SignIn, cleo: User, sam: User, journal: Journal
) -> None:
    browser = signed_in(cleo)
    browser.get(f"/journals/{journal.pk}/")
    make_journal(
        journal.visit.client, sam, visit=journal.visit, notes="And a treat.", opened_version=1
    )
    assert is_filled(browser)
    page = read(browser.get(f"/journals/{journal.pk}/")).text
    assert [words for words in ("And a treat.", "Last changed") if words in page] == [
        "And a treat.", "Last changed",
    ]  # fmt: skip
    assert not is_filled(browser)


def test_an_administrator_who_views_as_the_client_has_not_read_it_for_her(
    signed_in: SignIn, ada: User, cleo: User, journal: Journal
) -> None:
    browser = signed_in(ada)
    browser.post(f"/logins/{cleo.pk}/view/")
    assert "All well." in content(browser.get(f"/journals/{journal.pk}/"))
    assert JournalReading.objects.count() == 0
    assert is_filled(signed_in(cleo))


def test_the_client_reads_who_came_by_first_name_and_nothing_of_the_office(
    signed_in: SignIn, cleo: User, mona: User, journal: Journal
) -> None:
    page = read(signed_in(cleo).get(f"/journals/{journal.pk}/")).text
    wanted = ("Long walk", "Rex", "Fed", "All well.", "Sam,")
    assert [words for words in wanted if words not in page] == []
    assert [words for words in ("DW60", "Sitter", "Not sent", "Change") if words in page] == []
    offices = read(signed_in(mona).get(f"/journals/{journal.pk}/")).text
    theirs = ("DW60", "Sam Sitter", "Not sent by mail", "Change")
    assert [words for words in theirs if words not in offices] == []


def test_photos_stand_behind_the_gate_of_their_journal(
    signed_in: SignIn, carls_home: Client, journal: Journal, request: pytest.FixtureRequest
) -> None:
    url = f"/journals/photos/{journal.photos.get().pk}/small/"
    found = {}
    for name in ("cleo", "sam", "mona", "carl", "stan"):
        answer = signed_in(request.getfixturevalue(name)).get(url)
        found[name] = answer.status_code
        if answer.status_code == 200:
            assert answer["Content-Type"] == "image/jpeg"
            assert "private" in answer["Cache-Control"]
            assert len(content(answer)) > 100
    assert found == {"cleo": 200, "sam": 200, "mona": 200, "carl": 404, "stan": 404}


def test_a_photo_of_a_journal_is_found_nowhere_else(
    signed_in: SignIn, cleo: User, journal: Journal
) -> None:
    """Neither as a pet's photo, nor in another size, nor to be chosen for a pet."""
    photo, browser = journal.photos.get(), signed_in(cleo)
    url = f"/journals/photos/{photo.pk}"
    assert f'src="{url}/small/"' in content(browser.get(f"/journals/{journal.pk}/"))
    chosen = content(browser.get(f"/clients/photos/?client={photo.client_id}"))
    assert f'value="{photo.pk}"' not in chosen
    for other in (f"/photos/{photo.pk}/small/", f"{url}/original/"):
        assert browser.get(other).status_code == 404
    journal.photos.clear()
    assert browser.get(f"{url}/small/").status_code == 404


def test_a_photo_that_is_not_made_yet_is_only_announced(
    signed_in: SignIn, cleo: User, journal: Journal
) -> None:
    journal.photos.update(state=PhotoState.WAITING)
    browser = signed_in(cleo)
    page = read(browser.get(f"/journals/{journal.pk}/"))
    assert "1 photo is being prepared" in page.text
    assert page.one("article").all("img") == []
    photo = journal.photos.get()
    assert browser.get(f"/journals/photos/{photo.pk}/small/").status_code == 404


def test_a_blocked_sitter_loses_sight_of_the_journals(
    signed_in: SignIn, sam: User, cleos_home: Client, journal: Journal
) -> None:
    assert listed(signed_in(sam)) == [journal.pk]
    cleos_home.blocked_sitters.add(sam)
    assert listed(signed_in(sam)) == []
    assert signed_in(sam).get(f"/journals/{journal.pk}/").status_code == 404


def test_each_sees_the_own_ones_the_newest_first(
    signed_in: SignIn, cleos_home: Client, carls_home: Client, request: pytest.FixtureRequest
) -> None:
    people = {name: request.getfixturevalue(name) for name in ("cleo", "carl", "sam", "stan")}
    now = timezone.now()
    old, new = (
        make_journal(cleos_home, people["sam"], now - timedelta(days=days)).pk for days in (9, 1)
    )
    carls = make_journal(carls_home, people["stan"], now - timedelta(days=3)).pk
    seen = {name: listed(signed_in(who)) for name, who in people.items()}
    assert seen == {"cleo": [new, old], "carl": [carls], "sam": [new, old], "stan": [carls]}
    office = signed_in(request.getfixturevalue("mona"))
    stans, cleos = f"sitter={people['stan'].pk}", f"client={cleos_home.pk}"
    assert listed(office) == [new, carls, old]
    assert listed(office, f"?{cleos}") == [new, old]
    assert listed(office, f"?{stans}") == [carls]
    assert listed(office, f"?{stans}&{cleos}") == []
    assert listed(office, "?sitter=x&client=-1&at=%00") == [new, carls, old]


def test_a_filter_tells_nothing_of_clients_out_of_sight(
    signed_in: SignIn, sam: User, stan: User, carls_home: Client, journal: Journal
) -> None:
    make_journal(carls_home, stan)
    page = content(signed_in(sam).get(f"/journals/?client={carls_home.pk}"))
    assert ("No journal fits" in page, "Cooper" in page) == (True, False)


def test_the_list_is_paged_without_losing_one(
    signed_in: SignIn, mona: User, sam: User, cleos_home: Client
) -> None:
    written = timezone.now()
    made = [make_journal(cleos_home, sam, written).pk for _ in range(53)]
    browser, found, query = signed_in(mona), [], ""
    for _page in range(2):
        page = read(browser.get(f"/journals/{query}"))
        found += [int(row.attrs["data-journal"]) for row in page.all(data_journal="")]
        nexts = page.all("a", rel="next")
        query = nexts[0].attrs["href"] if nexts else ""
    assert found == made[::-1]
    assert query == ""


def fill(more: int, homes: list[Client], sitter: User) -> None:
    for number in range(more):
        make_journal(homes[number % len(homes)], sitter)


@pytest.mark.parametrize("who", ["cleo", "sam", "mona"])
def test_lists_cost_the_same_for_1_and_3_journals(
    signed_in: SignIn, who: str, sam: User, cleos_home: Client, request: pytest.FixtureRequest
) -> None:
    user: User = request.getfixturevalue(who)
    homes = [cleos_home, make_client(primary_sitter=sam)]
    homes[1].logins.set([user] if user.is_client else [])
    browser = signed_in(user)
    urls = ["/journals/"] + (["/my-schedule/"] if not user.is_office else [])
    urls += [] if user.is_client else [f"/clients/{cleos_home.pk}/journals/"]
    counts = []
    for more in (1, 2):
        fill(more, homes, sam)
        counted = []
        for url in urls:
            browser.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(url).status_code == 200
            counted.append(len(queries))
        counts.append(counted)
    assert counts[0] == counts[1]
    assert Visit.objects.count() == 3


def test_an_empty_list_says_where_journals_come_from(
    signed_in: SignIn, cleo: User, cleos_home: Client, sam: User
) -> None:
    texts = [read(signed_in(who).get("/journals/")).text for who in (cleo, sam)]
    assert "After a visit you read here how it went." in texts[0]
    assert "A journal is written from a visit that has begun or is completed." in texts[1]


def test_hostile_words_are_shown_as_words(
    signed_in: SignIn, cleo: User, sam: User, cleos_home: Client
) -> None:
    hostile = "<script>alert(1)</script> & \u202e ✂ {{ 7 }}"
    journal = make_journal(cleos_home, sam, notes=hostile)
    for url in (f"/journals/{journal.pk}/", "/journals/"):
        page = content(signed_in(cleo).get(url))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; \u202e ✂ {{ 7 }}" in page
