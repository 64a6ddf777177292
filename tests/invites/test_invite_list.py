"""The page of all invites: what became of each, filters, sending again, revoking."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.invites.actions import CodeError, invite_client, invite_of_code, invite_staff
from pawfile.invites.models import Invite
from pawfile.mail.models import Mail
from pawfile.profiles.models import Client
from tests.factories import make_client
from tests.invites.conftest import ADDRESS
from tests.invites.letters import SITE, code_to
from tests.profiles.pages import read
from tests.profiles.test_query_counts import queries

SignIn = Callable[[User], Browser]
URL = "/invites/"


def listed(answer: Any) -> list[str]:
    return [row.text for row in read(answer).all("th", scope="row")]


def make_invites(count: int, by: User) -> list[Invite]:
    return [
        invite_client(
            client=make_client(last_name=f"Nr {number}"), email=f"n{number}@example.com",
            words="", by=by, site=SITE,
        )
        for number in range(count)
    ]  # fmt: skip


def test_states_can_be_asked_for(office: Browser, mona: User, cleo: User) -> None:
    invites = make_invites(4, mona)
    now = timezone.now()
    Invite.objects.filter(pk=invites[1].pk).update(used_at=now, used_by=cleo)
    Invite.objects.filter(pk=invites[2].pk).update(expires_at=now)
    Invite.objects.filter(pk=invites[3].pk).update(revoked_at=now)
    found = {
        state: listed(office.get(URL, {"state": state}))
        for state in ("open", "used", "expired", "revoked")
    }
    assert found == {
        "open": ["Nr 0, Cleo"], "used": ["Nr 1, Cleo"],
        "expired": ["Nr 2, Cleo"], "revoked": ["Nr 3, Cleo"],
    }  # fmt: skip
    assert listed(office.get(URL, {"state": "none"})) == [f"Nr {n}, Cleo" for n in (3, 2, 1, 0)]
    assert "by Cleo Carter" in read(office.get(URL, {"state": "used"})).one("table").text


def test_a_search_finds_names_and_addresses(office: Browser, mona: User, invite: Invite) -> None:
    make_invites(2, mona)
    found = {q: listed(office.get(URL, {"q": q})) for q in ("PARK", "pia@", "n1@", "\0", "%")}
    everybody = ["Nr 1, Cleo", "Nr 0, Cleo", "Park, Pia"]
    assert found == {
        "PARK": ["Park, Pia"], "pia@": ["Park, Pia"], "n1@": ["Nr 1, Cleo"], "\0": everybody,
        "%": [],
    }  # fmt: skip


def test_invites_of_the_staff_are_for_administrators(
    office: Browser, signed_in: SignIn, ada: User, invite: Invite
) -> None:
    staff = invite_staff(
        email="nora@example.com", name="Nora", role=Role.SITTER, words="", by=ada, site=SITE
    )
    assert listed(office.get(URL)) == ["Park, Pia"]
    assert listed(signed_in(ada).get(URL)) == ["Nora Sitter", "Park, Pia"]
    for what in ("renew", "revoke"):
        assert office.post(f"/invites/{staff.pk}/{what}/").status_code == 404
    assert signed_in(ada).post(f"/invites/{staff.pk}/revoke/").status_code == 302


def test_sending_again_and_revoking_lead_back(
    office: Browser, park: Client, invite: Invite
) -> None:
    old = code_to(ADDRESS)
    answer = office.post(f"/invites/{invite.pk}/renew/", {"profile": "yes"})
    assert answer.headers["Location"] == f"/clients/{park.pk}/"
    assert (Mail.objects.count(), code_to(ADDRESS) != old) == (2, True)
    answer = office.post(f"/invites/{invite.pk}/revoke/")
    assert answer.headers["Location"] == URL
    with pytest.raises(CodeError, match="taken this code back"):
        invite_of_code(code_to(ADDRESS))
    for what in ("renew", "revoke"):
        page = read(office.post(f"/invites/{invite.pk}/{what}/", follow=True))
        assert "This invite was used or revoked meanwhile." in page.text
    assert Mail.objects.count() == 2


def test_the_list_costs_the_same_for_1_3_and_30_rows(
    office: Browser, mona: User, invite: Invite
) -> None:
    counts = [queries(office, URL)]
    make_invites(2, mona)
    counts.append(queries(office, URL))
    for each in make_invites(27, mona):
        Invite.objects.filter(pk=each.pk).update(used_at=timezone.now(), used_by=mona)
    counts.append(queries(office, URL))
    assert counts == [counts[0]] * 3


def test_pages_lead_on(office: Browser, mona: User) -> None:
    make_invites(51, mona)
    first = read(office.get(URL))
    after = first.one("a", rel="next").attrs["href"]
    assert (len(first.all("th", scope="row")), listed(office.get(URL + after))) == (
        50,
        ["Nr 0, Cleo"],
    )


def test_the_client_table_says_who_signs_in_or_is_invited(
    signed_in: SignIn, mona: User, sam: User, cleos_home: Client, invite: Invite
) -> None:
    expired, revoked = make_invites(2, mona)
    Invite.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    Invite.objects.filter(pk=revoked.pk).update(revoked_at=timezone.now())

    def said(browser: Browser) -> dict[str, str]:
        rows = read(browser.get("/clients/")).all("th", scope="row")
        return {row.one("a").text: "".join(note.text for note in row.all("small")) for row in rows}

    assert said(signed_in(mona)) == {
        "Carter, Cleo": "Has login", "Nr 0, Cleo": "Invite expired", "Nr 1, Cleo": "",
        "Park, Pia": "Invited",
    }  # fmt: skip
    assert said(signed_in(sam)) == {"Carter, Cleo": ""}


def test_only_the_office_can_tick_rows(
    office: Browser, signed_in: SignIn, sam: User, cleos_home: Client
) -> None:
    page = read(office.get("/clients/"))
    box = page.one("input", name="client")
    assert (box.attrs["value"], box.attrs["form"]) == (str(cleos_home.pk), "ticked")
    bar = page.one("form", id="ticked")
    assert [(b.text, b.attrs["formaction"]) for b in bar.all("button")] == [
        ("Message", "/messages/to-many/"),
        ("Invite", "/invites/new/"),
        ("Print", "/clients/print/"),
    ]
    page = read(signed_in(sam).get("/clients/"))
    assert (page.all("input", name="client"), page.all("form", id="ticked")) == ([], [])
