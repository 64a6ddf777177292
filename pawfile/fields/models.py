"""What a company changed about the shipped fields: one row per field. No row, no change."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pawfile.fields.registry import Access

ACCESS_CHOICES = [
    (Access.HIDE.value, _("Hide")),
    (Access.READ.value, _("Read only")),
    (Access.SHOW.value, _("Show")),
    (Access.REQUIRED.value, _("Required")),
]


class FieldRule(models.Model):
    """One field's adjustments; an empty column means the default of the catalogue."""

    subject = models.CharField(max_length=10)
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=200, blank=True)
    help = models.CharField(max_length=500, blank=True)
    animals = models.JSONField(default=list, blank=True, help_text=_("Empty: all animals."))
    manager = models.PositiveSmallIntegerField(choices=ACCESS_CHOICES, null=True, blank=True)
    sitter = models.PositiveSmallIntegerField(choices=ACCESS_CHOICES, null=True, blank=True)
    client = models.PositiveSmallIntegerField(choices=ACCESS_CHOICES, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "key"], name="field_rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}.{self.key}"
