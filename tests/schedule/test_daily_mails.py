"""Rule 99 and the lists of sitters: once a day, at the company's processing hour."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from threading import Event
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.jobs.models import PeriodicWork
from pawfile.jobs.worker import work
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.moves import accept_visit
from pawfile.schedule.daily import do_daily_work
from pawfile.schedule.models import Visit, VisitStatus
from tests.at_once import at_once
from tests.factories import make_block, make_client, make_pet, make_service, make_visit
from tests.invites.letters import links_in

pytestmark = pytest.mark.django_db
S = VisitStatus
DAY = timedelta(days=1)
TODAY = date(2027, 6, 7)


def at(clock: str, day: date = TODAY, *, fold: int = 0) -> datetime:
    """A moment on the wall of the company."""
    here = datetime.fromisoformat(f"{day} {clock}").replace(fold=fold)
    return here.replace(tzinfo=ZoneInfo(SiteOptions.load().time_zone))


def look(moment: datetime) -> None:
    """A worker looks at the clock and does what is due."""
    with time_machine.travel(moment, tick=False):
        PeriodicWork.objects.update(next_run_at=timezone.now())
        work(stop=Event(), once=True)


def sent() -> list[tuple[str, str]]:
    return list(Mail.objects.order_by("pk").values_list("template", "to"))


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at("12:00"), tick=False):
        # Other mails about the same visits have tests of their own.
        SiteOptions.objects.update(entry_check_days=0, has_key_notices=False)
        yield


@pytest.fixture
def accepted(cleos_home: Client, rex: Pet, sam: User) -> list[Visit]:
    """Two visits that Sam accepts today."""
    service = make_service(name="Walk 30", client_name="Dog walk")
    visits = [
        make_visit(
            cleos_home, pets=[rex], sitter=sam, service=service, visit_on=TODAY + DAY * days,
            note="The door code is 4711.", **when,
        )
        for days, when in ((3, {}), (2, {"block": make_block()}))
    ]  # fmt: skip
    return [accept_visit(visit=visit, by=sam) for visit in visits]


def statuses() -> list[str]:
    return list(Visit.objects.order_by("pk").values_list("status", flat=True))


def test_rule_99_two_visits_accepted_in_a_day_are_one_mail_and_the_next_day_none(
    accepted: list[Visit],
) -> None:
    look(at("18:00"))
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ("cleo@example.com", "Confirmed: 2 visits")
    lines = [line for line in mail.text.splitlines() if line.startswith("- ")]
    assert lines == ["- Wed 9 Jun, Morning: Dog walk", "- Thu 10 Jun, 12:00–12:30: Dog walk"]
    assert all(line[2:].partition(": ")[0] in mail.html for line in lines)
    assert links_in(mail) == {"schedule": "http://127.0.0.1:8000/my-schedule/"}
    assert statuses() == [S.CONFIRMED] * 2
    for visit in Visit.objects.all():
        newest = visit.events.all()[0]
        assert (newest.text, newest.version) == ("Accepted → Confirmed", visit.version)
    look(at("18:01"))
    look(at("18:00", TODAY + DAY))
    assert [to for template, to in sent() if template == "visits_confirmed"] == [mail.to]


def test_what_is_accepted_after_the_hour_is_in_the_mail_of_the_next_day(
    accepted: list[Visit], cleos_home: Client, sam: User
) -> None:
    look(at("18:00"))
    make_visit(cleos_home, sitter=sam, status=S.ACCEPTED, visit_on=TODAY + DAY * 4)
    look(at("23:00"))
    assert Mail.objects.count() == 1
    look(at("18:00", TODAY + DAY))
    assert Mail.objects.filter(subject="Confirmed: 1 visit").count() == 1


def test_only_accepted_visits_that_are_not_over_are_confirmed(
    cleos_home: Client, sam: User
) -> None:
    for status in S:
        make_visit(cleos_home, sitter=sam, status=status, visit_on=TODAY + DAY * 3)
    make_visit(cleos_home, sitter=sam, status=S.ACCEPTED, visit_on=TODAY)
    before = statuses()
    look(at("18:00"))
    after = statuses()
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        (S.ACCEPTED, S.CONFIRMED)
    ]
    assert Mail.objects.get().subject == "Confirmed: 1 visit"


def test_nothing_goes_out_before_the_hour(accepted: list[Visit]) -> None:
    look(at("17:59"))
    assert (sent(), statuses()) == ([], [S.ACCEPTED] * 2)


def test_a_worker_that_slept_does_it_on_the_same_day_and_makes_nothing_up_on_the_next(
    accepted: list[Visit], cleos_home: Client, sam: User
) -> None:
    look(at("23:59"))
    assert statuses() == [S.CONFIRMED] * 2
    Mail.objects.all().delete()
    make_visit(cleos_home, sitter=sam, status=S.CONFIRMED, visit_on=TODAY + DAY * 2)
    look(at("00:05", TODAY + DAY * 2))
    assert sent() == [], "the list for that day is stale"
    look(at("18:00", TODAY + DAY))
    assert sent() == [("sitter_list", sam.email)]


@pytest.mark.parametrize(
    ("zone", "night"),
    [
        ("America/New_York", date(2027, 3, 14)),
        ("America/New_York", date(2027, 11, 7)),
        ("Australia/Lord_Howe", date(2027, 10, 3)),
        ("Australia/Lord_Howe", date(2027, 4, 4)),
    ],
)
@pytest.mark.parametrize("hour", [1, 2])
def test_on_the_nights_the_clocks_change_it_is_once_too(
    cleos_home: Client, sam: User, zone: str, night: date, hour: int
) -> None:
    """The worker looks every quarter of an hour, from midnight to 4 o'clock."""
    SiteOptions.objects.update(time_zone=zone, processing_hour=hour)
    make_visit(cleos_home, sitter=sam, status=S.CONFIRMED, visit_on=night + DAY)
    moment, sent_at = at("00:00", night).astimezone(UTC), []
    while moment < at("04:00", night):
        before = len(sent())
        look(moment)
        sent_at += [moment.astimezone(ZoneInfo(zone))] * (len(sent()) - before)
        moment += timedelta(minutes=15)
    assert len(sent_at) == 1
    # Where 2 o'clock is left out, the first moment after it has come.
    expected = {"America/New_York": "03:00", "Australia/Lord_Howe": "02:30"}[zone]
    is_left_out = hour == 2 and night.month in (3, 10)
    assert f"{sent_at[0]:%H:%M}" == (expected if is_left_out else f"0{hour}:00")


@pytest.mark.parametrize(
    ("values", "is_mailed"),
    [
        ({}, True),
        ({"communication_topics": ["Scheduling Confirmations"]}, True),
        ({"communication_topics": ["Pet Care Journals"]}, False),
        ({"email": ""}, False),
    ],
)
def test_who_wants_no_mail_or_has_no_address_is_confirmed_all_the_same(
    accepted: list[Visit], values: dict[str, object], is_mailed: bool
) -> None:
    client = accepted[0].client
    for key, value in values.items():
        setattr(client, key, value)
    client.save()
    look(at("18:00"))
    assert statuses() == [S.CONFIRMED] * 2
    assert Mail.objects.exists() == is_mailed


def test_each_client_has_a_mail_of_the_own_visits(accepted: list[Visit], sam: User) -> None:
    other = make_client(email="carl@example.com")
    make_visit(other, sitter=sam, status=S.ACCEPTED, visit_on=TODAY + DAY * 5)
    look(at("18:00"))
    assert sent() == [
        ("visits_confirmed", "cleo@example.com"), ("visits_confirmed", "carl@example.com"),
    ]  # fmt: skip
    assert "12 Jun" not in Mail.objects.get(to="cleo@example.com").text


def test_a_sitter_reads_tomorrow_in_order_of_time(
    cleos_home: Client, rex: Pet, sam: User, stan: User
) -> None:
    make_pet(cleos_home, name="Tom", animal="Cat")
    tomorrow = TODAY + DAY
    walk = make_service(name="Walk 30")
    early = make_block("Early", 6, 8)
    make_visit(cleos_home, pets=[rex], sitter=sam, service=walk, visit_on=tomorrow)
    make_visit(
        cleos_home, sitter=sam, service=walk, block=early, visit_on=tomorrow, status=S.CONFIRMED,
        note="The door code is 4711.",
    )  # fmt: skip
    for status in (S.DECLINED, S.CANCELED, S.UNAVAILABLE):
        make_visit(cleos_home, sitter=sam, visit_on=tomorrow, status=status)
    make_visit(cleos_home, sitter=sam, visit_on=tomorrow + DAY)
    make_visit(cleos_home, sitter=stan, visit_on=TODAY)
    look(at("18:00"))
    mail = Mail.objects.get(template="sitter_list")
    assert (mail.to, mail.subject) == (sam.email, "Tue 8 Jun: 2 visits")
    lines = [line for line in mail.text.splitlines() if line.startswith("- ")]
    assert lines == [
        "- 06:00–08:00: Cleo Carter, Walk 30",
        "- 12:00–12:30: Cleo Carter (Rex), Walk 30 – please accept or decline",
    ]
    assert links_in(mail) == {"schedule": f"http://127.0.0.1:8000/my-schedule/?on={tomorrow}"}
    look(at("18:05"))
    assert len(sent()) == 1


def test_the_list_says_confirmed_visits_as_they_are_by_then(
    accepted: list[Visit], sam: User
) -> None:
    Visit.objects.update(
        visit_on=TODAY + DAY, starts_at=at("09:00", TODAY + DAY), ends_at=at("10:00", TODAY + DAY)
    )
    look(at("18:00"))
    assert [template for template, _to in sent()] == ["visits_confirmed", "sitter_list"]
    assert set(statuses()) == {S.CONFIRMED}


def test_a_night_that_began_the_day_before_is_named_with_its_day(
    cleos_home: Client, sam: User
) -> None:
    night = make_block("Night", 22, 6, is_overnight=True)
    make_visit(cleos_home, sitter=sam, block=night, visit_on=TODAY, status=S.CONFIRMED)
    look(at("18:00"))
    assert "- Mon 7 Jun, Night: Cleo Carter" in Mail.objects.get().text


def test_no_address_code_or_note_is_in_a_daily_mail(
    accepted: list[Visit], cleos_home: Client, sam: User
) -> None:
    make_visit(cleos_home, sitter=sam, visit_on=TODAY + DAY, status=S.ACCEPTED, note="Code 4711.")
    look(at("18:00"))
    mails = list(Mail.objects.all())
    assert len(mails) == 2
    texts = " ".join(mail.subject + mail.text + mail.html for mail in mails)
    assert [word for word in ("4711", "Maple", "43085", "555") if word in texts] == []


def test_a_sitter_who_left_or_is_blocked_gets_no_list(
    cleos_home: Client, sam: User, stan: User
) -> None:
    for sitter in (sam, stan):
        make_visit(cleos_home, sitter=sitter, visit_on=TODAY + DAY, status=S.CONFIRMED)
    cleos_home.blocked_sitters.add(sam)
    User.objects.filter(pk=stan.pk).update(is_active=False)
    look(at("18:00"))
    assert sent() == []


@pytest.mark.parametrize(
    ("option", "templates"),
    [
        ("has_list_mails", ["visits_confirmed"]),
        ("has_confirmation_mails", ["sitter_list"]),
    ],
)
def test_the_company_can_do_without_either(
    accepted: list[Visit], cleos_home: Client, sam: User, option: str, templates: list[str]
) -> None:
    make_visit(cleos_home, sitter=sam, visit_on=TODAY + DAY, status=S.CONFIRMED)
    SiteOptions.objects.update(**{option: False})
    look(at("18:00"))
    look(at("18:01"))
    assert [template for template, _to in sent()] == templates
    assert set(statuses()) == {S.CONFIRMED}


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_send_each_mail_once(sam: User) -> None:
    for number in range(8):
        home = make_client(email=f"c{number}@example.com")
        make_visit(home, sitter=sam, status=S.ACCEPTED, visit_on=TODAY + DAY)
    with time_machine.travel(at("18:00"), tick=False):
        left = at_once(do_daily_work, do_daily_work, do_daily_work)
    assert left == [False] * 3
    assert sorted(sent()) == sorted(
        [("sitter_list", sam.email)]
        + [("visits_confirmed", f"c{number}@example.com") for number in range(8)]
    )
