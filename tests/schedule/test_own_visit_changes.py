"""Rules 84 and 85: what a client changes, withdraws or asks for."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client as Browser
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.requests import (
    ask_cancel,
    ask_change,
    change_request,
    withdraw_request,
)
from pawfile.schedule.models import ChangeRequest, Visit, VisitStatus
from tests.factories import make_block, make_pet, make_service, make_visit
from tests.profiles.pages import fill_in, problems, read
from tests.schedule.days import in_days

SignIn = Callable[[User], Browser]
S = VisitStatus


@pytest.fixture
def requested(cleos_home: Client, rex: Pet, cleo: User) -> Visit:
    return make_visit(
        cleos_home, pets=[rex], block=make_block(), visit_on=in_days(3), status=S.REQUESTED,
        note="Blue leash.", created_by=cleo,
    )  # fmt: skip


@pytest.fixture
def planned(cleos_home: Client, rex: Pet, sam: User) -> Visit:
    return make_visit(
        cleos_home,
        pets=[rex],
        sitter=sam,
        block=make_block(),
        visit_on=in_days(3),
        status=S.ACCEPTED,
    )


def test_a_request_is_changed_at_the_companys_price(
    signed_in: SignIn, cleo: User, requested: Visit, cleos_home: Client
) -> None:
    cat = make_pet(cleos_home, name="Tom", animal="Cat")
    other = make_service(client_name="Cat visit", price=Decimal("31.00"))
    url = f"/my-schedule/{requested.pk}/change/"
    answer = fill_in(
        signed_in(cleo), url, service=other.pk, pets=[cat.pk], visit_on=in_days(5), price="1"
    )
    assert answer.status_code == 302
    requested.refresh_from_db()
    assert (requested.service, list(requested.pets.all())) == (other, [cat])
    assert (requested.visit_on, requested.price) == (in_days(5), Decimal("31.00"))
    assert (requested.status, requested.note) == ("requested", "Blue leash.")


def test_a_changed_request_obeys_the_same_rules(
    signed_in: SignIn, cleo: User, requested: Visit
) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(blocked_dates=in_days(5).isoformat())
    url = f"/my-schedule/{requested.pk}/change/"
    wrongs: list[dict[str, Any]] = [
        {"visit_on": in_days(5)},
        {"visit_on": in_days(-1)},
        {"pets": []},
    ]
    for wrong in wrongs:
        assert fill_in(signed_in(cleo), url, **wrong).status_code == 422
    requested.refresh_from_db()
    assert (requested.visit_on, requested.version) == (in_days(3), 1)


def test_rule_84_a_request_is_withdrawn_and_gone(
    signed_in: SignIn, cleo: User, requested: Visit
) -> None:
    url = f"/my-schedule/{requested.pk}/cancel/"
    assert "Withdraw the request" in read(signed_in(cleo).get(url)).text
    assert signed_in(cleo).post(url).status_code == 302
    assert not Visit.objects.exists()


def test_what_the_office_answered_meanwhile_is_not_withdrawn_or_changed(
    cleo: User, requested: Visit, rex: Pet
) -> None:
    """Both pages were open while the office assigned it."""
    opened = Visit.objects.get(pk=requested.pk)
    Visit.objects.update(status=S.ASSIGNED)
    values = {"pets": [rex], "service": opened.service, "visit_on": in_days(5)}
    with pytest.raises(ValidationError, match="answered meanwhile"):
        withdraw_request(visit=opened, by=cleo)
    with pytest.raises(ValidationError, match="answered meanwhile"):
        change_request(visit=opened, values=values, by=cleo)
    assert Visit.objects.get().visit_on == in_days(3)


@pytest.mark.parametrize("status", [S.ASSIGNED, S.ACCEPTED, S.CONFIRMED, S.DECLINED])
def test_rule_84_a_planned_visit_is_asked_to_be_canceled(
    signed_in: SignIn, cleo: User, planned: Visit, status: VisitStatus
) -> None:
    Visit.objects.update(status=status)
    browser, url = signed_in(cleo), f"/my-schedule/{planned.pk}/cancel/"
    assert browser.post(url, {"words": "We stay at home."}).status_code == 302
    asked = ChangeRequest.objects.get()
    assert (asked.ask, asked.words, asked.asked_by) == ("cancel", "We stay at home.", cleo)
    planned.refresh_from_db()
    assert planned.status == status
    assert "Cancel requested" in read(browser.get("/my-schedule/")).text


def test_another_day_and_time_are_asked_for(signed_in: SignIn, cleo: User, planned: Visit) -> None:
    evening = make_block("Evening", 17, 20)
    url = f"/my-schedule/{planned.pk}/change/"
    answer = fill_in(signed_in(cleo), url, visit_on=in_days(4), block=evening.pk, words="Please")
    assert answer.status_code == 302
    asked = ChangeRequest.objects.get()
    assert asked.wanted == {"visit_on": in_days(4).isoformat(), "block": str(evening.pk)}
    planned.refresh_from_db()
    assert planned.visit_on == in_days(3)


def test_only_words_are_enough_and_nothing_is_not(
    signed_in: SignIn, cleo: User, planned: Visit
) -> None:
    browser, url = signed_in(cleo), f"/my-schedule/{planned.pk}/change/"
    answer = fill_in(browser, url)
    assert answer.status_code == 422
    assert problems(read(answer)) == ["Anything else: Say what you would like otherwise."]
    assert fill_in(browser, url, words="Feed the cat too.").status_code == 302
    assert ChangeRequest.objects.get().wanted == {}


def test_a_wish_for_a_blocked_or_past_day_is_refused(
    signed_in: SignIn, cleo: User, planned: Visit
) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(blocked_dates=in_days(5).isoformat())
    url = f"/my-schedule/{planned.pk}/change/"
    for day in (in_days(5), in_days(-1), "", "soon"):
        answer = fill_in(signed_in(cleo), url, visit_on=day)
        assert answer.status_code == 422
        assert problems(read(answer))[0].startswith("Day: ")
    assert not ChangeRequest.objects.exists()


def test_one_wish_at_a_time(signed_in: SignIn, cleo: User, planned: Visit) -> None:
    ask_cancel(visit=planned, by=cleo)
    for page in ("change", "cancel"):
        sent = {"words": "Again.", "visit_on": in_days(4), "block": planned.block_id}
        answer = signed_in(cleo).post(f"/my-schedule/{planned.pk}/{page}/", sent)
        assert answer.status_code == 422
        assert "You have asked already" in read(answer).text
    assert ChangeRequest.objects.count() == 1


def test_a_time_of_day_in_which_the_service_is_not_offered_is_not_asked_for(
    signed_in: SignIn, cleo: User, planned: Visit
) -> None:
    """The visit's own stays to be chosen, whatever the service is offered in by now."""
    evening, night = make_block("Evening", 17, 20), make_block("Night", 20, 23)
    planned.service.blocks.set([evening])
    url = f"/my-schedule/{planned.pk}/change/"
    choices = read(signed_in(cleo).get(url)).one("select", name="block").all("option")
    assert [node.text.split(",")[0] for node in choices] == ["Choose", "Morning", "Evening"]
    answer = fill_in(signed_in(cleo), url, block=night.pk)
    assert (answer.status_code, ChangeRequest.objects.count()) == (422, 0)
    assert "Choose one of these times of day." in read(answer).text
    with pytest.raises(ValidationError) as caught:
        ask_change(visit=planned, visit_on=planned.visit_on, block=night, by=cleo)
    assert "is offered in: Evening." in caught.value.message_dict["block"][0]
    assert fill_in(signed_in(cleo), url, visit_on=in_days(4)).status_code == 302


@pytest.mark.parametrize(("is_allowed", "status"), [(True, 302), (False, 422)])
def test_rule_85_on_the_same_day_only_if_the_company_allows_it(
    signed_in: SignIn, cleo: User, planned: Visit, is_allowed: bool, status: int
) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(has_same_day_cancel=is_allowed)
    later = timezone.now() + timedelta(minutes=1)
    Visit.objects.update(
        visit_on=in_days(0), starts_at=later, ends_at=later + timedelta(minutes=30)
    )
    answer = signed_in(cleo).post(f"/my-schedule/{planned.pk}/cancel/", {"words": ""})
    assert answer.status_code == status
    assert ChangeRequest.objects.exists() == is_allowed
    if not is_allowed:
        assert "on the same day" in read(answer).text


@pytest.mark.parametrize("status", [S.IN_PROGRESS, S.COMPLETED, S.CANCELED, S.UNAVAILABLE])
def test_what_is_over_or_off_cannot_be_asked_for(
    signed_in: SignIn, cleo: User, planned: Visit, status: VisitStatus
) -> None:
    Visit.objects.update(status=status)
    answer = signed_in(cleo).post(f"/my-schedule/{planned.pk}/cancel/")
    assert answer.status_code == 422
    assert "can no longer be changed" in read(answer).text


def test_the_visit_of_another_home_is_not_there(
    signed_in: SignIn, carl: User, carls_home: Client, planned: Visit
) -> None:
    for page in ("change", "cancel"):
        url = f"/my-schedule/{planned.pk}/{page}/"
        statuses = [signed_in(carl).get(url).status_code, signed_in(carl).post(url).status_code]
        assert statuses == [404, 404]
