"""Writing the activity log: one way in, undone with what it tells about."""

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import Activity, ActivityKind

OPTION, FIELD = ActivityKind.OPTION, ActivityKind.FIELD


def test_an_unknown_kind_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="gossip"):
        record_activity(by=None, kind="gossip", about="Ada")  # type: ignore[arg-type]
    assert Activity.objects.count() == 0


def test_what_is_undone_was_never_recorded(ada: User) -> None:
    @transaction.atomic
    def fail_after_recording() -> None:
        record_activity(by=ada, kind=OPTION, about="Time zone")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_recording()
    assert Activity.objects.count() == 0


def test_the_newest_of_each_key_comes_in_one_query(
    ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for kind, key, new in (
        (OPTION, "zone", "1"), (OPTION, "zone", "2"), (OPTION, "region", "3"),
        (FIELD, "zone", "4"), (OPTION, "", "5"),
    ):  # fmt: skip
        record_activity(by=ada, kind=kind, key=key, about="Something", new=new)
    with django_assert_num_queries(1):
        found = Activity.objects.newest_of(OPTION, ["zone", "region", "nothing"])
        said = {key: (entry.new_text, entry.who) for key, entry in found.items()}
    assert said == {"zone": ("2", "Ada Admin"), "region": ("3", "Ada Admin")}
    assert Activity.objects.newest_of(OPTION, []) == {}


def test_a_kind_that_is_no_longer_known_is_named_as_it_was(db: None) -> None:
    assert Activity(kind="option").kind_label == "Site option"
    assert Activity(kind="barter").kind_label == "barter"
