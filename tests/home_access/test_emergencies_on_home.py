"""The mark on Home: which codes were opened without a visit lately."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pawfile.access.models import Reveal
from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from tests.home_access.vault import CODE, REASON, ask, browser_of, visit_in


def home_of(user: User) -> str:
    return browser_of(user).get("/").content.decode()


@pytest.mark.parametrize("who", ["ada", "mona"])
def test_the_office_reads_who_opened_and_why(
    codes: Client, sam: User, who: str, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    assert "data-emergencies" not in home_of(user)
    assert ask(sam, codes, reason=REASON) == (200, True)
    page = home_of(user)
    assert (REASON in page, "Sam Sitter" in page, "Carter, Cleo" in page) == (True, True, True)
    assert ("Door code" in page, CODE in page) == (False, False)
    Reveal.objects.update(opened_at=timezone.now() - timedelta(days=8))
    assert "data-emergencies" not in home_of(user)


def test_nobody_else_does_and_a_reveal_for_a_visit_is_none(
    codes: Client, sam: User, cleo: User, mona: User
) -> None:
    assert ask(sam, codes, reason=REASON) == (200, True)
    assert [REASON in home_of(user) for user in (sam, cleo)] == [False, False]
    Reveal.objects.all().delete()
    visit_in(codes, sam, 1)
    assert ask(sam, codes) == (200, True)
    assert "data-emergencies" not in home_of(mona)
