"""Client Profiles: who is listed, in which order, page by page, and addresses made by hand."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.profiles.models import Client, Tag
from pawfile.resources.models import Territory, TerritoryZip
from tests.factories import make_client, make_pet, make_user
from tests.profiles.pages import content, read, shown_clients

SignIn = Callable[[User], Browser]


def names(answer: Any) -> list[str]:
    """Last names of the rows, in their order."""
    return [row.text.partition(",")[0] for row in read(answer).all("th", scope="row")]


def test_a_sitter_sees_exactly_the_own_clients(
    signed_in: SignIn, sam: User, stan: User, cleos_home: Client, carls_home: Client
) -> None:
    """Rule 39."""
    assert shown_clients(read(signed_in(sam).get("/clients/"))) == [cleos_home.pk]
    assert "data-client" not in content(signed_in(stan).get("/clients/"))


def test_a_row_says_what_one_needs_to_know(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    make_pet(cleos_home, name="Rex")
    make_pet(cleos_home, name="Ghost", active=False)
    row = read(signed_in(mona).get("/clients/")).one("tr", data_client=str(cleos_home.pk))
    assert [cell.text for cell in row.walk() if cell.tag in ("th", "td")] == [
        "", "Carter, CleoHas login", "Rex", "(614) 555-0123",
        "12 Maple Street, Columbus, OH 43085", "Prospect", "Sam Sitter", "", "",
    ]  # fmt: skip


def test_the_arrow_opens_the_row_in_place(
    signed_in: SignIn, sam: User, stan: User, cleos_home: Client
) -> None:
    """Rule 41: the address behind the arrow answers with the client's information only."""
    page = read(signed_in(sam).get("/clients/"))
    url = page.one(data_expand="").attrs["data-expand"]
    part = content(signed_in(sam).get(url))
    assert ("12 Maple Street" in part, "cleo@example.com" in part) == (True, True)
    assert ("<html" in part, "Open profile" in part) == (False, True)
    assert signed_in(stan).get(url).status_code == 404


def test_inactive_clients_are_listed_only_when_asked_for(
    signed_in: SignIn, mona: User, db: None
) -> None:
    for status in ("Prospect", "Active", "Inactive"):
        make_client(last_name=status, status=status)
    browser = signed_in(mona)
    asked = {
        query: names(browser.get(f"/clients/{query}"))
        for query in ("", "?status=Inactive", "?status=Active", "?status=all", "?q=inactive")
    }
    assert asked == {
        "": ["Active", "Prospect"],
        "?status=Inactive": ["Inactive"],
        "?status=Active": ["Active"],
        "?status=all": ["Active", "Inactive", "Prospect"],
        "?q=inactive": ["Inactive"],
    }


def test_filters_narrow_by_sitter_tag_and_territory(
    signed_in: SignIn, mona: User, sam: User
) -> None:
    north, south = (Territory.objects.create(name=name) for name in ("North", "South"))
    TerritoryZip.objects.create(territory=north, zip_code="43085")
    make_client(last_name="Zip", zip_code="43085", primary_sitter=sam, tags=["VIP"])
    make_client(last_name="Set", zip_code="43085", territory=south, secondary_sitter=sam)
    make_client(last_name="None", zip_code="10001", tags=["VIP", "Early"])
    vip = Tag.objects.get(name="VIP")
    browser = signed_in(mona)

    def listed(**query: str | int) -> list[str]:
        return names(browser.get("/clients/", query))

    assert listed(territory=north.pk) == ["Zip"]
    assert listed(territory=south.pk) == ["Set"]
    assert listed(sitter=sam.pk) == ["Set", "Zip"]
    assert listed(tag=vip.pk) == ["None", "Zip"]
    assert listed(tag=vip.pk, sitter=sam.pk, q="zip") == ["Zip"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", ["Abel", "Émile", "Zulu"]), ("-name", ["Zulu", "Émile", "Abel"]),
        ("zip", ["Zulu", "Abel", "Émile"]), ("-zip", ["Émile", "Abel", "Zulu"]),
        ("status", ["Émile", "Zulu", "Abel"]), ("added", ["Zulu", "Abel", "Émile"]),
        ("-changed", ["Émile", "Abel", "Zulu"]), ("nonsense", ["Abel", "Émile", "Zulu"]),
        ("-password", ["Abel", "Émile", "Zulu"]), ("", ["Abel", "Émile", "Zulu"]),
    ],
)  # fmt: skip
def test_the_table_is_sorted(signed_in: SignIn, mona: User, sort: str, order: list[str]) -> None:
    make_client(last_name="Zulu", zip_code="10001")
    make_client(last_name="Abel", zip_code="20002")
    make_client(last_name="Émile", zip_code="30003", status="Active")
    assert names(signed_in(mona).get("/clients/", {"sort": sort})) == order


@pytest.mark.parametrize("sort", ["name", "-name", "zip", "-status", "added", "-changed"])
def test_pages_forth_and_back_show_every_client_once(
    signed_in: SignIn, mona: User, sort: str
) -> None:
    for number in range(120):
        make_client(last_name=f"Name {number % 7}", zip_code=f"{number % 3}", status="Active")
    browser, url, forth, back = signed_in(mona), f"/clients/?sort={sort}", [], []
    while url:
        page = read(browser.get(url))
        forth.append(shown_clients(page))
        following = page.all("a", rel="next")
        back = page.all("a", rel="prev")
        url = "/clients/" + following[0].attrs["href"] if following else ""
    assert [len(rows) for rows in forth] == [50, 50, 20]
    assert len({pk for rows in forth for pk in rows}) == 120
    page = read(browser.get("/clients/" + back[0].attrs["href"]))
    assert shown_clients(page) == forth[1]
    last = shown_clients(read(browser.get(f"/clients/?sort={sort}&at=last")))
    assert last[-1] == forth[-1][-1]


def cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize("sort", ["name", "added"])
@pytest.mark.parametrize(
    "at",
    [
        "x", "last", "\0", "=" * 50, "é", cursor("[]"), cursor("null"), cursor("[" * 2900),
        cursor('[false,"carter",1]'), cursor('[false,"a\\ud800",1]'), cursor('[false,"\\u0000",1]'),
        cursor('[false,"a",Infinity]'), cursor('[false,"a",1e400]'), cursor('[false,"a",null]'),
        cursor('[false,"a",' + "9" * 40 + "]"), cursor('[false,"a",' + "9" * 2500 + "]"),
        cursor('[false,{"at":"0001-01-01T00:00:00+14:00"},1]'), cursor('[false,{"at":7},1]'),
        cursor('[false,{"at":"9999-12-31T23:59:59-14:00"},1]'), cursor('[false,{},1]'),
        cursor('[false,{"at":"2020-01-01T00:00:00"},1]'), cursor('[true,["a"],1]'),
    ],
    ids=range(22),
)  # fmt: skip
def test_a_cursor_made_by_hand_is_no_crash(
    signed_in: SignIn, mona: User, cleos_home: Client, sort: str, at: str
) -> None:
    answer = signed_in(mona).get("/clients/", {"sort": sort, "at": at})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "sitter=x&tag=-1&territory=1.5", "sitter=99999999999999999999&tag=9223372036854775807",
        "territory=9223372036854775808", "status=%00&sort=%00&view=%00&q=%00", "status=Dormant",
        "tag=٣", "q=" + "x" * 5000, "q=%ED%A0%80%FF", "view=profile&view=table", "q=a&q=b",
    ],
)  # fmt: skip
def test_a_query_made_by_hand_is_no_crash(
    signed_in: SignIn, mona: User, cleos_home: Client, query: str
) -> None:
    assert signed_in(mona).get(f"/clients/?{query}").status_code == 200


def test_a_hidden_field_neither_sorts_nor_filters(signed_in: SignIn, mona: User, sam: User) -> None:
    """Order and absence would tell what the page does not."""
    for key in ("zip_code", "status", "tags", "primary_sitter", "territory"):
        FieldRule.objects.create(subject="client", key=key, manager=Access.HIDE)
    first = make_client(last_name="Abel", zip_code="9", status="Active", tags=["VIP"])
    make_client(last_name="Zulu", zip_code="1", primary_sitter=sam)
    browser = signed_in(mona)
    tag = Tag.objects.get()
    for query in ("sort=zip", "sort=-zip", "sort=status", f"tag={tag.pk}", f"sitter={sam.pk}",
                  "status=Active", "territory=1"):  # fmt: skip
        assert names(browser.get(f"/clients/?{query}")) == ["Abel", "Zulu"], query
    page = content(browser.get("/clients/"))
    assert [word for word in ("VIP", "Sam Sitter", 'name="status"') if word in page] == []
    assert first.name in content(browser.get(f"/clients/{first.pk}/"))


def test_the_chosen_view_belongs_to_the_person(
    signed_in: SignIn, mona: User, ada: User, cleos_home: Client, carls_home: Client
) -> None:
    """Rule 43; and Profile view begins with the first client."""
    signed_in(mona).get("/clients/?view=profile")
    answer = signed_in(mona).get("/clients/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/clients/{cleos_home.pk}/")
    assert signed_in(ada).get("/clients/").status_code == 200
    assert signed_in(mona).get("/clients/?view=nonsense").status_code == 302
    assert signed_in(mona).get("/clients/?q=carl").status_code == 200
    assert signed_in(mona).get("/clients/?view=table").status_code == 200


def test_an_empty_book_is_an_invitation(signed_in: SignIn, mona: User, stan: User) -> None:
    for view in ("table", "profile"):
        assert "No clients yet" in content(signed_in(mona).get(f"/clients/?view={view}"))
    assert "New client" not in content(signed_in(stan).get("/clients/"))


def test_the_picker_offers_whom_the_reader_may_see(
    signed_in: SignIn, sam: User, mona: User, cleos_home: Client, carls_home: Client
) -> None:
    """Rule 42: as links, or as choices of a form."""
    make_client(last_name="Cooper", status="Inactive")
    picked = [shown_clients(read(signed_in(who).get("/clients/picker/"))) for who in (sam, mona)]
    assert picked == [[cleos_home.pk], [cleos_home.pk, carls_home.pk]]
    choices = read(signed_in(mona).get("/clients/picker/?for=form&q=cooper"))
    assert [node.attrs["data-value"] for node in choices.all(data_value="")] == [str(carls_home.pk)]
    for number in range(20):
        make_client(last_name=f"Many {number}", primary_sitter=make_user(Role.SITTER, "X"))
    assert len(shown_clients(read(signed_in(mona).get("/clients/picker/?q=many")))) == 12
