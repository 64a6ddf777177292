"""Imports by the page with their files and rows, and what every import leaves behind: ids of other
programs, and texts that no field takes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.lib.text import fold
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.photo import fresh_name

ID_LENGTH = 200
KEPT = timedelta(days=7)


class SourceClient(models.Model):
    """A client's id in an imported file, so that a second import finds the client again."""

    source_id = models.CharField(_("id in the file"), max_length=ID_LENGTH, unique=True)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="source_ids")

    def __str__(self) -> str:
        return self.source_id


class SourcePet(models.Model):
    """A pet's id in an imported file."""

    source_id = models.CharField(_("id in the file"), max_length=ID_LENGTH, unique=True)
    pet = models.ForeignKey(Pet, on_delete=models.CASCADE, related_name="source_ids")

    def __str__(self) -> str:
        return self.source_id


class Extra(models.Model):
    """Texts of a file's columns that fill no field: heading → text, kept as they were.

    ``folded`` is what they are searched by.
    """

    texts = models.JSONField(default=dict)
    folded = models.TextField(editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = folded_texts(self.texts)
        super().save(*args, **kwargs)


class ClientExtra(Extra):
    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="imported")

    def __str__(self) -> str:
        return str(self.client)


class PetExtra(Extra):
    pet = models.OneToOneField(Pet, on_delete=models.CASCADE, related_name="imported")

    def __str__(self) -> str:
        return str(self.pet)


def folded_texts(texts: Mapping[str, str]) -> str:
    return fold("\n".join(texts.values()))


class SavedMappingQuerySet(models.QuerySet["SavedMapping"]):
    def visible_to(self, user: User) -> Self:
        return self if user.is_administrator else self.none()


class SavedMapping(models.Model):
    """What was chosen for the columns of some files, for later files with the same headings."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    tables = models.JSONField(
        default=list,
        help_text="Per table the targets and the order of days by heading: saved_mappings.py.",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = SavedMappingQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def headings(self) -> list[str]:
        return [heading for table in self.tables for heading in table["targets"]]


class ImportState(models.TextChoices):
    COLUMNS = "columns", _("Columns to check")
    PLANNING = "planning", _("Being looked at")
    PLANNED = "planned", _("Ready to import")
    RUNNING = "running", _("Being imported")
    DONE = "done", _("Imported")
    FAILED = "failed", _("Stopped")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


class ImportJobQuerySet(models.QuerySet["ImportJob"]):
    def visible_to(self, user: User) -> Self:
        """Administrators, all of them: what comes in is the company's."""
        return self if user.is_administrator else self.none()


class ImportJob(models.Model):
    """Files that somebody uploaded together, and how far their import is.

    Forgotten after ``KEPT``, with files and rows; the activity log remembers that it was.
    """

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        max_length=10, choices=ImportState.choices, default=ImportState.COLUMNS
    )
    sheets = models.JSONField(
        default=list, help_text="Per table what is known of it and of its columns: columns.py."
    )
    mapped = models.JSONField(default=dict, help_text="Table to entries that a person changed.")
    choices = models.JSONField(default=dict, help_text="Answers to questions: choices.py.")
    field_edits = models.JSONField(
        default=list, help_text="Ids of the changes of the catalogue that made fields for it."
    )
    done = models.PositiveIntegerField(default=0, help_text="So many rows are done.")
    total = models.PositiveIntegerField(default=0, help_text="Of so many, once that is known.")
    beat_at = models.DateTimeField(null=True, help_text="When the worker was last at it.")
    counts = models.JSONField(default=dict, help_text="Rows that are no client, pet or key.")
    is_whole = models.BooleanField(default=False, help_text="All rows, or none.")
    reason = models.TextField(blank=True, help_text="Why it stopped.")
    left = models.JSONField(default=list, help_text="What undoing left: name, address, why.")
    finished_at = models.DateTimeField(null=True)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="import_state_known"
            )
        ]
        indexes = [models.Index(fields=["made_at", "id"], name="import_by_time")]

    def __str__(self) -> str:
        return ", ".join(file.title for file in self.files.all())

    def get_absolute_url(self) -> str:
        return reverse("import_detail", args=[self.pk])

    @property
    def is_busy(self) -> bool:
        return self.state in (ImportState.PLANNING, ImportState.RUNNING, ImportState.UNDOING)

    @property
    def can_be_undone(self) -> bool:
        """Whether it is over and wrote anything that was not taken back yet."""
        return self.state in (ImportState.DONE, ImportState.FAILED) and self.steps.exists()

    @property
    def is_open(self) -> bool:
        """Whether its columns can still be changed: its files are there and nobody is at it.

        What the command line imported has no tables here: its files lie where they were.
        """
        if self.state == ImportState.FAILED:
            return bool(self.sheets)
        return self.state in (ImportState.COLUMNS, ImportState.PLANNED)


class ImportFile(models.Model):
    """An uploaded file. In the storage it has a random name; it is read and never served."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(max_length=200, help_text="Its name at the person's.")
    name = models.CharField(max_length=32, default=fresh_name, unique=True, editable=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def path(self) -> str:
        return f"imports/{self.name}"


class ImportedRow(models.Model):
    """A row of a file: ``plan`` is what the preview promised, ``outcome`` what became of it.

    A killed run goes on: ``outcome`` is written in the transaction that saves the row's records.
    """

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="rows")
    sheet = models.PositiveIntegerField(help_text="The place of its table in the job.")
    number = models.PositiveIntegerField(help_text="As a spreadsheet program shows it.")
    name = models.TextField(help_text="Of whom it tells.")
    plan = models.CharField(max_length=10)
    outcome = models.CharField(max_length=10, blank=True)
    differences = models.JSONField(default=list, help_text="Subject, label, old and new text.")
    remarks = models.JSONField(default=list, help_text="Severity, column, text and message.")
    cells = models.JSONField(
        default=list, help_text="Of a row with a problem, without codes: problems.py."
    )
    options = models.JSONField(
        default=list, help_text="Of a question whose row it is: answers and words."
    )
    alike = models.JSONField(
        default=list, help_text="Clients in the book that a new one looks like: id and message."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "sheet", "number"], name="imported_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.plan}"


class ImportStep(models.Model):
    """What one transaction of an import wrote: journal.py. Gone once it is taken back."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="steps")
    entries = models.JSONField()

    def __str__(self) -> str:
        return str(self.pk)
