"""What a company made of its fields: adjustments of each, fields of its own, its sections.

No row means the default of the catalogue. Every write gives the company's catalogue a new version
(``SiteOptions.fields_version``), by which ``catalogue.py`` knows that what it built is old.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.fields.registry import Access, Field, Kind
from pawfile.options.models import SiteOptions

ACCESS_CHOICES = [
    (Access.HIDE.value, _("Hide")),
    (Access.READ.value, _("Read only")),
    (Access.SHOW.value, _("Show")),
    (Access.REQUIRED.value, _("Required")),
]
CUSTOM_PREFIX = "cf_"
SECTION_PREFIX = "cs_"


class CatalogueQuerySet(models.QuerySet[Any]):
    """Writes to many rows at once that give the catalogue a new version too."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        SiteOptions.renew_fields()
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(
        self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any
    ) -> int:
        SiteOptions.renew_fields()
        return super().bulk_update(objs, fields, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        SiteOptions.renew_fields()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        SiteOptions.renew_fields()
        return super().delete()

    def of(self, subject: str) -> Self:
        return self.filter(subject=subject)


class CatalogueRow(models.Model):
    """A row of which the catalogue is made. ``subject`` is "client" or "pet"."""

    subject = models.CharField(max_length=10)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        SiteOptions.renew_fields()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        SiteOptions.renew_fields()
        return super().delete(*args, **kwargs)


class FieldRule(CatalogueRow):
    """One field's adjustments; an empty column means the default of the catalogue.

    ``condition``: ``null`` for the default, ``{}`` for none, else ``{"key": …, "value": …}``.
    """

    key = models.CharField(max_length=60)
    label = models.CharField(max_length=200, blank=True)
    help = models.CharField(max_length=500, blank=True)
    section = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField(null=True, blank=True)
    animals = models.JSONField(default=list, blank=True, help_text=_("Empty: all animals."))
    condition = models.JSONField(null=True, blank=True)
    manager = models.PositiveSmallIntegerField(choices=ACCESS_CHOICES, null=True, blank=True)
    sitter = models.PositiveSmallIntegerField(choices=ACCESS_CHOICES, null=True, blank=True)
    client = models.PositiveSmallIntegerField(choices=ACCESS_CHOICES, null=True, blank=True)
    is_safety_critical = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "key"], name="field_rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}.{self.key}"


class CustomField(CatalogueRow):
    """A field of the company's own. Its number, and with it the key of its answers, never changes.

    ``choices`` are ``{"value": "c1", "label": "Red", "is_retired": false}``: answers hold the
    value, so a renamed choice takes its answers along. A field whose kind was changed is archived
    with its answers, and ``replaced_by`` says which field has them converted.
    """

    label = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    choices = models.JSONField(default=list, blank=True)
    is_searched = models.BooleanField(default=False)
    is_safety_critical = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def key(self) -> str:
        return f"{CUSTOM_PREFIX}{self.pk}"

    def as_field(self) -> Field:
        """The field as the catalogue has it before the company's rule is put on it."""
        choices: Sequence[dict[str, Any]] = self.choices
        return Field(
            key=self.key,
            label=self.label,
            kind=Kind(self.kind),
            choices=tuple((each["value"], each["label"]) for each in choices),
            retired=frozenset(each["value"] for each in choices if each.get("is_retired")),
            is_searched=self.is_searched,
            is_safety_critical=self.is_safety_critical,
            is_custom=True,
        )


class SectionRule(CatalogueRow):
    """A section renamed or moved, or one of the company's own (key ``cs_<number>``)."""

    key = models.CharField(max_length=60)
    label = models.CharField(max_length=200, blank=True)
    position = models.PositiveIntegerField(null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(
        default=0, help_text="Clients are asked every so many months whether it is right. 0: never."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "key"], name="section_rule_once"),
        ]

    def __str__(self) -> str:
        return self.label or self.key

    @property
    def is_own(self) -> bool:
        return self.key.startswith(SECTION_PREFIX)


class CatalogueEdit(models.Model):
    """One change to the catalogue, with the rows as they were and as it left them.

    ``before`` and ``after`` map a row's name ("rule/pet/feeding", "custom/pet/3",
    "section/client/vet") to its columns, or to ``null`` where there was none.
    """

    subject = models.CharField(max_length=10)
    text = models.CharField(max_length=1000, help_text=_("What was done, in words."))
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    done_at = models.DateTimeField(auto_now_add=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    renamed = models.JSONField(default=list, help_text=_("Animals: pairs of old and new name."))
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["subject", "-id"], condition=Q(undone_at=None), name="catalogue_edit_last"
            )
        ]

    def __str__(self) -> str:
        return self.text
