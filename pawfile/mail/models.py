"""The outbox: one row per mail, from the moment it is wanted to its fate."""

import uuid
from datetime import timedelta
from email.utils import parseaddr
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.encoding import punycode
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.lib.columns import SecretField

#: A mail that is older is no longer sent: what it says is no longer true.
GIVE_UP = timedelta(days=3)


class MailState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")


class MailQuerySet(models.QuerySet["Mail"]):
    def visible_to(self, user: User) -> Self:
        """The office sees every mail, nobody else any."""
        return self if user.is_office else self.none()

    def due(self) -> Self:
        """Mails to be sent now."""
        now = timezone.now()
        return self.filter(
            state=MailState.QUEUED, next_try_at__lte=now, queued_at__gt=now - GIVE_UP
        )


def new_message_id() -> str:
    """By what mail programs know a mail; it stays the same however often sending is tried."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid.uuid4().hex}@{punycode(domain)}>"


class Mail(models.Model):
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField(help_text="Personal links stand in it as [[link:name]].")
    html = models.TextField()
    links = SecretField(help_text="Personal links, name → address, as JSON.")
    template = models.CharField(max_length=100)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_for_staff = models.BooleanField(
        default=False, help_text="Only administrators send it again."
    )
    copy_of = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="copies", editable=False
    )
    message_id = models.CharField(max_length=300, default=new_message_id, editable=False)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="mail_due"),
            models.Index(fields=["queued_at", "id"], name="mail_by_time"),
            models.Index(fields=["state", "queued_at", "id"], name="mail_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=MailState.SENT) | Q(sent_at__isnull=False),
                name="mail_sent_has_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    @property
    def status(self) -> MailState:
        return MailState(self.state)

    def may_be_sent_again_by(self, user: User) -> bool:
        """What is over, by the office; mails to staff open doors that are not a manager's."""
        is_over = self.state in {MailState.SENT, MailState.FAILED}
        return is_over and (user.is_administrator or (user.is_office and not self.is_for_staff))
