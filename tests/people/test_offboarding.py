"""Off-boarding: what ends, what is left, and who takes over."""

from collections.abc import Callable

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.invites.actions import invite_client, invite_staff
from pawfile.invites.models import Invite, InviteState
from pawfile.mail.models import Mail
from pawfile.people.actions import change_user, deactivate_user, reactivate_user
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from tests.factories import make_client, make_user
from tests.people.doors import walk_in
from tests.people.log import told
from tests.profiles.pages import Node, content, facts, read

SignIn = Callable[[User], Browser]


@pytest.fixture
def adas(signed_in: SignIn, ada: User) -> Browser:
    return signed_in(ada)


def url(user: User) -> str:
    return f"/users/{user.pk}/offboard/"


def alert(page: Node) -> str:
    return page.one("div", role="alert").text


def test_the_page_says_what_happens_before_it_does(
    adas: Browser, sam: User, cleos_home: Client
) -> None:
    sams = walk_in(sam)
    said = facts(read(adas.get(url(sam))))
    assert said == {
        "Signing in": "1 open session ends at once. The password is taken away, and links to "
        "choose a new one are dead.",
        "Codes to change": "No code they opened is still the same.",
        "Keys to collect": "No key is with them.",
        "Visits to reassign": "No visit to come is theirs.",
        "Invites": "No invite of theirs is waiting.",
        "Clients": "1 client names Sam Sitter as sitter.",
        "The name": "Stays in all history. Pickers no longer offer it.",
    }
    assert (sams.get("/clients/").status_code, told()) == (200, [])


def test_a_deactivated_user_with_a_live_session_is_out_at_once(adas: Browser, sam: User) -> None:
    sams = walk_in(sam)
    assert sams.get("/clients/").status_code == 200
    assert adas.post(url(sam)).headers["Location"] == f"/users/{sam.pk}/"
    assert sams.get("/clients/").status_code == 302
    assert told() == [
        ("Ada Admin", f"Sam Sitter ({sam.email})", "State", "Active", "Inactive"),
    ]
    reactivate_user(user=sam, by=None)
    assert sams.get("/clients/").status_code == 302  # the session is gone, not only asleep


def test_signing_in_is_refused(adas: Browser, sam: User) -> None:
    adas.post(url(sam))
    browser = Browser()
    page = browser.post("/accounts/login/", {"login": sam.email, "password": "paws-and-tails"})
    assert page.status_code == 200
    assert browser.get("/clients/").status_code == 302


def test_a_link_to_a_new_password_is_dead_also_after_coming_back(sam: User) -> None:
    link = f"/accounts/reset/{user_pk_to_url_str(sam)}-{default_token_generator.make_token(sam)}/"
    assert Browser().get(link).status_code == 302  # a good link leads on to the form
    deactivate_user(user=sam, by=None)
    reactivate_user(user=sam, by=None)
    assert Browser().get(link).status_code == 200  # the page that says it is none


def test_coming_back_brings_a_mail_to_choose_a_password(
    adas: Browser, sam: User, signed_in: SignIn
) -> None:
    adas.post(url(sam))
    adas.post(f"/people/{sam.pk}/reactivate/")
    sam.refresh_from_db()
    assert (sam.is_active, sam.has_usable_password()) == (True, False)
    assert [(mail.to, mail.template) for mail in Mail.objects.all()] == [
        (sam.email, "password_reset_key")
    ]
    assert signed_in(sam).get("/clients/").status_code == 200


def test_the_name_stays_in_history_and_leaves_the_pickers(
    adas: Browser, sam: User, cleos_home: Client
) -> None:
    update_client(cleos_home, values={"city": "Dublin"}, by=sam)
    form = f"/clients/{cleos_home.pk}/edit/"
    other = make_client()
    assert "Sam Sitter" in content(adas.get(f"/clients/{other.pk}/edit/"))
    adas.post(url(sam), follow=True)  # the note about it is read with the next page
    assert "Sam Sitter" not in content(adas.get(f"/clients/{other.pk}/edit/"))
    assert "Sam Sitter" in content(adas.get(f"/clients/{cleos_home.pk}/changes/city/"))
    assert "Sam Sitter" in content(adas.get(form))  # the client still names Sam


def test_clients_go_to_others_with_their_history(
    adas: Browser, sam: User, stan: User, ada: User, cleos_home: Client
) -> None:
    nora = make_user(Role.SITTER, "Nora Next")
    second = make_client(first_name="Dora", primary_sitter=stan, secondary_sitter=sam)
    third = make_client(first_name="Eve", primary_sitter=sam)
    fourth = make_client(first_name="Fay", primary_sitter=sam)
    answers = {
        "everyone": str(nora.pk),
        f"client_{second.pk}": str(stan.pk),
        f"client_{third.pk}": "nobody",
        f"client_{fourth.pk}": "keep",
    }
    assert adas.post(url(sam), answers).status_code == 302
    now = {
        home.first_name: (str(home.primary_sitter or ""), str(home.secondary_sitter or ""))
        for home in Client.objects.all()
    }
    assert now == {
        "Cleo": ("Nora Next", ""),
        "Dora": ("Stan Stranger", ""),  # who is the other sitter does not become both
        "Eve": ("", ""),
        "Fay": ("Sam Sitter", ""),
    }
    (change,) = cleos_home.changes.all()
    assert (change.key, change.old_text, change.new_text, change.changed_by) == (
        "primary_sitter", "Sam Sitter", "Nora Next", ada,
    )  # fmt: skip
    assert facts(read(adas.get(url(sam))))["Clients"] == "1 client names Sam Sitter as sitter."


def test_clients_can_be_given_on_without_anybody_leaving(
    adas: Browser, sam: User, stan: User, cleos_home: Client
) -> None:
    adas.post(url(sam), {"everyone": str(stan.pk), "only": "clients"})
    sam.refresh_from_db()
    cleos_home.refresh_from_db()
    assert (sam.is_active, cleos_home.primary_sitter) == (True, stan)


def test_nobody_takes_over_a_client_who_blocks_him(
    adas: Browser, sam: User, stan: User, cleos_home: Client
) -> None:
    cleos_home.blocked_sitters.add(stan)
    answer = adas.post(url(sam), {"everyone": str(stan.pk), "only": "clients"})
    cleos_home.refresh_from_db()
    assert (answer.status_code, cleos_home.primary_sitter) == (422, sam)
    assert "This client blocks Stan Stranger. Choose somebody else." in alert(read(answer))
    adas.post(url(sam), {f"client_{cleos_home.pk}": "nobody", "only": "clients"})
    cleos_home.refresh_from_db()
    assert cleos_home.primary_sitter is None


def test_a_choice_that_is_none_changes_nothing(
    adas: Browser, sam: User, mona: User, cleos_home: Client
) -> None:
    answer = adas.post(url(sam), {"everyone": str(mona.pk)})
    sam.refresh_from_db()
    cleos_home.refresh_from_db()
    assert (answer.status_code, sam.is_active, cleos_home.primary_sitter) == (422, True, sam)
    assert "All clients" in alert(read(answer))


def test_invites_they_sent_are_revoked_when_wanted(adas: Browser, ada: User) -> None:
    abe = make_user(Role.ADMINISTRATOR, "Abe Admin")
    invite = invite_staff(
        email="n@example.com", name="N", role=Role.SITTER, words="", by=abe, site="https://book/"
    )
    assert facts(read(adas.get(url(abe))))["Invites"] == "1 invite of theirs waits to be used."
    adas.post(url(abe), {"revokes_invites": "on"})
    assert Invite.objects.get(pk=invite.pk).state == InviteState.REVOKED


def test_nobody_closes_the_own_login(adas: Browser, ada: User) -> None:
    abe = make_user(Role.ADMINISTRATOR, "Abe Admin")
    links = {who: url(who) in content(adas.get(f"/users/{who.pk}/")) for who in (abe, ada)}
    assert links == {abe: True, ada: False}
    answer = adas.post(url(ada))
    assert answer.status_code == 422
    assert "Nobody closes the own login." in alert(read(answer))
    assert adas.get("/users/").status_code == 200


def test_doors_that_stand_open_for_who_leaves_are_shut(ada: User, sam: User) -> None:
    """An invite to the own address, and one to the staff for a second life."""
    other = make_user(Role.ADMINISTRATOR, "Abe Admin")
    site = "https://book.example/"
    pia = make_client(first_name="Pia", last_name="Park", email=other.email)
    own = invite_client(client=pia, email=other.email, words="", by=ada, site=site)
    sent = invite_staff(
        email="abe2@example.com", name="Abe", role=Role.ADMINISTRATOR, words="", by=other, site=site
    )
    kept = invite_staff(
        email="new@example.com", name="New", role=Role.SITTER, words="", by=ada, site=site
    )
    deactivate_user(user=other, by=ada)
    states = [Invite.objects.get(pk=each.pk).state for each in (own, sent, kept)]
    assert states == [InviteState.REVOKED, InviteState.REVOKED, InviteState.OPEN]


def test_who_is_no_administrator_any_more_leaves_no_invites_to_the_staff(ada: User) -> None:
    other = make_user(Role.ADMINISTRATOR, "Abe Admin")
    sent = invite_staff(
        email="abe2@example.com", name="Abe", role=Role.ADMINISTRATOR, words="", by=other,
        site="https://book.example/",
    )  # fmt: skip
    change_user(user=other, values={"role": Role.SITTER}, by=ada)
    assert Invite.objects.get(pk=sent.pk).state == InviteState.REVOKED
