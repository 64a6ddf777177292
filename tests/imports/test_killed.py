"""An import whose worker is killed, as by a power cut, ends as one that nobody disturbed."""

import random
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.imports import run, tasks
from pawfile.imports.actions import (
    GIVEN_UP,
    begin_import,
    plan_import,
    resume_imports,
)
from pawfile.imports.models import ImportJob, ImportState
from pawfile.jobs.models import Job, JobState
from pawfile.jobs.worker import work
from pawfile.lib.columns import SecretField, key_ring
from tests.imports.dying import BATCH, STEP, Work, bring_in, counting, killed, take_back

MOMENTS = 20
HEADINGS = (
    "Client ID,First Name,Last Name,Email,Street,Vet,Tags,Alarm Codes,Tea,Pet ID,Pet Name,Animal"
)
STORED = [
    f"{n},Ann,Lee{n:02},a{n}@example.com,{n} Elm St,Dr. {n % 3},gold,47{n},Assam,{n}0,Rex,Dog"
    for n in range(8)
]
CHANGED = [
    *(
        f"{n},Ann,Lee{n:02},a{n}@example.com,{n} Oak St,Dr. {n % 4},silver,08{n},Mint,{n}0,Rexy,Dog"
        for n in range(0, 8, 2)
    ),
    *(
        f"{n},Bob,Kay{n:02},b{n}@example.com,{n} Fir St,Dr. {n % 5},bronze,11{n},Mate,{n}0,Tom,Cat"
        for n in range(10, 22)
    ),
    "30,,Nameless,c@example.com,,,,,,,,",
]
#: What an import writes of itself; the outcome of its rows is compared apart.
LOG = ("activity.Activity",)
OWN = ("imports.ImportJob", "imports.ImportFile", "imports.ImportedRow", "imports.ImportStep")
BESIDE = (*OWN, "jobs.Job", "jobs.PeriodicWork", "search.Vocabulary", "options.SiteOptions")


@pytest.fixture(autouse=True)
def small_steps(leased_and_alone: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BATCH", BATCH)
    monkeypatch.setattr(tasks, "STEP", STEP)


def begun(rows: list[str], by: User) -> ImportJob:
    upload = SimpleUploadedFile("clients.csv", "\n".join([HEADINGS, *rows, ""]).encode())
    job = begin_import(uploads=[upload], by=by)
    plan_import(job=job, sheets=job.sheets, mapped={}, choices={}, by=by)
    return job


def ended(work: Work, job: ImportJob, by: User) -> int:
    """Do the work to its end: how many statements it took."""
    with counting() as count:
        work(job, by)
    return count[0]


def book(*, leaves_out: tuple[str, ...] = ()) -> set[str]:
    """Every row: ids as places in their table, codes open, without moments and random names."""
    places: dict[Any, dict[Any, int]] = {}

    def place(model: Any, pk: Any) -> int | None:
        if model not in places:
            every = model._base_manager.order_by("pk").values_list("pk", flat=True)
            places[model] = {each: number for number, each in enumerate(every)}
        return None if pk is None else places[model][pk]

    def shown(field: Any, row: models.Model) -> Any:
        value = field.value_from_object(row)
        if isinstance(field, models.ForeignKey):
            return place(field.related_model, value)
        return key_ring().unseal(value) if isinstance(field, SecretField) else value

    found = set()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label in (*BESIDE, *leaves_out):
            continue
        columns = [
            field
            for field in model._meta.local_concrete_fields
            if not field.primary_key
            and not isinstance(field, models.DateTimeField)
            and field.name not in ("version", "token")
        ]
        for row in model._base_manager.all():
            values = {field.name: shown(field, row) for field in columns}
            found.add(f"{model._meta.label}: {values}")
    return found


def outcomes(job: ImportJob) -> list[Any]:
    return list(job.rows.order_by("number").values_list("number", "outcome", "name"))


@pytest.mark.django_db(transaction=True)
def test_an_import_killed_at_any_moment_ends_as_one_that_was_not(ada: User) -> None:
    """And so does its undoing: twenty moments of each."""
    first = begun(STORED, ada)
    bring_in(first, ada)
    before = book(leaves_out=LOG)
    undisturbed = begun(CHANGED, ada)
    statements = ended(bring_in, undisturbed, ada)
    wanted, rows = book(leaves_out=LOG), outcomes(undisturbed)
    assert {outcome for _number, outcome, _name in rows} == {"create", "update", "problem"}
    back = ended(take_back, undisturbed, ada)
    assert book(leaves_out=LOG) ^ before == set()
    dice = random.Random(20)
    for _time in range(MOMENTS):
        job, at, back_at = begun(CHANGED, ada), dice.randint(1, statements), dice.randint(1, back)
        killed(bring_in, job, ada, at)
        bring_in(job, ada)
        assert book(leaves_out=LOG) ^ wanted == set(), f"killed at {at}"
        assert outcomes(job) == rows
        killed(take_back, job, ada, back_at)
        take_back(job, ada)
        assert book(leaves_out=LOG) ^ before == set(), f"killed at {back_at}"
        assert ImportJob.objects.get(pk=job.pk).left == []


@pytest.mark.django_db(transaction=True)
def test_an_import_that_every_worker_left_goes_on_in_the_end(ada: User) -> None:
    job = begun(CHANGED, ada)
    killed(bring_in, job, ada, 200)
    job.refresh_from_db()
    assert job.state == ImportState.RUNNING
    Job.objects.update(state=JobState.FAILED, leased_until_at=None)
    ImportJob.objects.update(beat_at=timezone.now() - GIVEN_UP + timedelta(minutes=1))
    resume_imports()
    assert not Job.objects.filter(state=JobState.WAITING).exists(), "somebody may be at it still"
    ImportJob.objects.update(beat_at=timezone.now() - GIVEN_UP - timedelta(minutes=1))
    resume_imports()
    work(stop=Event(), once=True)
    job.refresh_from_db()
    assert job.state == ImportState.DONE
    assert not job.rows.filter(outcome="").exists()
