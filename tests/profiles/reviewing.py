"""Sections that the company has its clients look through, for tests."""

from datetime import timedelta

from django.utils import timezone

from pawfile.fields.models import SectionRule
from pawfile.profiles.models import Client, Pet

MONTH = timedelta(days=31)


def ask_about(subject: str, *sections: str, months: int = 6) -> None:
    for key in sections:
        SectionRule.objects.create(subject=subject, key=key, review_months=months)


def known_for(months: int, *records: Client | Pet) -> None:
    """They are in the book for so many months."""
    for record in records:
        rows = type(record)._base_manager.filter(pk=record.pk)
        rows.update(created_at=timezone.now() - months * MONTH)
