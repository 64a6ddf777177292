"""Versions of the agreement, and consent to them."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from pawfile.accounts.models import User
from pawfile.invites.models import Agreement, Consent
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client


def agreement_in_force(options: SiteOptions) -> Agreement | None:
    """The newest version, made now if the office changed the text; ``None``: nothing is asked."""
    text = options.agreement_text.strip()
    if not text:
        return None
    newest = Agreement.objects.first()
    if newest is not None and newest.text == text:
        return newest
    number = newest.number + 1 if newest else 1
    try:
        with transaction.atomic():
            return Agreement.objects.create(number=number, text=text)
    except IntegrityError:  # somebody else registered in the same moment
        return Agreement.objects.get(number=number)


def fingerprint(options: SiteOptions) -> str:
    """By it a form knows whether the text is still the one its reader saw."""
    return hashlib.sha256(options.agreement_text.strip().encode()).hexdigest()[:16]


def record_consent(
    *, agreement: Agreement, client: Client, user: User, given_at: datetime
) -> Consent:
    return Consent.objects.create(
        agreement=agreement, client=client, user=user, name=user.name, given_at=given_at
    )
