"""Codes: which are understood, which are refused with which sentence, and what one does."""

import pytest
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.invites.actions import (
    AlreadyJoinedError,
    CodeError,
    ExpiredCodeError,
    MalformedCodeError,
    RevokedCodeError,
    StaffCodeError,
    UnknownCodeError,
    UsedCodeError,
    invite_of_code,
    invite_staff,
    redeem_invite,
    renew_invite,
)
from pawfile.invites.codes import digest, new_code
from pawfile.invites.models import Invite, InviteState
from pawfile.profiles.models import Client
from tests.factories import make_user
from tests.invites.conftest import ADDRESS
from tests.invites.letters import SITE, code_to


def test_a_code_is_understood_however_it_is_typed() -> None:
    code = "7K3QM-X9R2V-B4HTN-P0W1C"
    spelled = ["7k3qmx9r2vb4htnp0w1c", " 7K3QM X9R2V B4HTN PowIc ", "7K3QM–X9R2V—B4HTN-P0WlC\r\n"]
    assert {digest(each) for each in spelled} == {digest(code)}


def test_codes_are_long_and_never_the_same() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {23}
    assert "" not in {digest(code) for code in codes}


@pytest.mark.parametrize(
    "code", ["", "x", "7K3QM-X9R2V-B4HTN-P8WD", "U" * 20, "\0" * 20, "é" * 20, "²" * 20, "9" * 9999]
)
def test_what_cannot_be_a_code_is_told_how_one_looks(code: str, db: None) -> None:
    with pytest.raises(MalformedCodeError, match="20 letters and digits"):
        invite_of_code(code)


def test_a_foreign_code_is_unknown(invite: Invite) -> None:
    with pytest.raises(UnknownCodeError, match="does not work"):
        invite_of_code(new_code())


@pytest.mark.parametrize(
    ("column", "error"),
    [
        ("used_at", UsedCodeError),
        ("expires_at", ExpiredCodeError),
        ("revoked_at", RevokedCodeError),
    ],
)
def test_a_code_that_no_longer_works_says_why(
    invite: Invite, cleo: User, column: str, error: type[CodeError]
) -> None:
    Invite.objects.update(**{column: timezone.now()})
    with pytest.raises(error):
        invite_of_code(code_to(ADDRESS))
    with pytest.raises(error):
        redeem_invite(invite=invite, user=cleo)  # read while it was open
    assert list(invite.client.logins.all() if invite.client else []) == []


def test_an_expired_code_that_was_revoked_says_revoked(invite: Invite) -> None:
    Invite.objects.update(revoked_at=timezone.now(), expires_at=timezone.now())
    assert Invite.objects.get().state == InviteState.REVOKED
    assert list(Invite.objects.in_state(InviteState.EXPIRED)) == []


def test_a_code_joins_the_login_to_the_client_once(invite: Invite, cleo: User, carl: User) -> None:
    assert redeem_invite(invite=invite_of_code(code_to(ADDRESS)), user=cleo).used_by == cleo
    assert list(Client.objects.visible_to(cleo)) == [invite.client]
    with pytest.raises(UsedCodeError):
        redeem_invite(invite=invite, user=carl)
    assert list(Client.objects.visible_to(carl)) == []


def test_a_renewed_code_is_cut_even_for_who_holds_the_page_open(
    invite: Invite, cleo: User, mona: User
) -> None:
    read = invite_of_code(code_to(ADDRESS))
    renew_invite(invite=invite, by=mona, site=SITE)
    with pytest.raises(UnknownCodeError):
        redeem_invite(invite=read, user=cleo)


def test_who_signs_in_for_the_home_already_leaves_the_code_unused(
    invite: Invite, cleo: User
) -> None:
    assert invite.client is not None
    invite.client.logins.add(cleo)
    with pytest.raises(AlreadyJoinedError):
        redeem_invite(invite=invite, user=cleo)
    assert Invite.objects.get().state == InviteState.OPEN


def test_a_member_of_the_staff_may_be_a_client_too(invite: Invite, sam: User) -> None:
    redeem_invite(invite=invite, user=sam)
    assert list(sam.clients.all()) == [invite.client]
    assert sam.role == Role.SITTER


def test_a_staff_code_is_no_door_for_a_client(ada: User, cleo: User) -> None:
    made = invite_staff(email=ADDRESS, name="Nora", role=Role.MANAGER, words="", by=ada, site=SITE)
    with pytest.raises(StaffCodeError):
        redeem_invite(invite=made, user=cleo)
    nora = make_user(Role.MANAGER, "Nora")
    assert redeem_invite(invite=made, user=nora).state == InviteState.USED
