"""Invites: a code in a mail, with which one person gets a login."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import Role, User
from pawfile.profiles.models import Client


class InviteState(models.TextChoices):
    OPEN = "open", _("Open")
    USED = "used", _("Used")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")


class InviteQuerySet(models.QuerySet["Invite"]):
    def visible_to(self, user: User) -> Self:
        """The row gate: the office sees invites of clients, administrators those of staff too."""
        if not user.is_active or not user.is_office:
            return self.none()
        return self if user.is_administrator else self.filter(client__isnull=False)

    def unspent(self) -> Self:
        """Neither used nor revoked; it may have expired."""
        return self.filter(used_at=None, revoked_at=None)

    def open(self) -> Self:
        """Those whose code works now."""
        return self.unspent().filter(expires_at__gt=timezone.now())

    def in_state(self, state: InviteState) -> Self:
        if state == InviteState.OPEN:
            return self.open()
        if state == InviteState.EXPIRED:
            return self.unspent().filter(expires_at__lte=timezone.now())
        return self.filter(**{f"{state.value}_at__isnull": False})


class Invite(models.Model):
    client = models.ForeignKey(
        Client, null=True, blank=True, on_delete=models.CASCADE, related_name="invites"
    )
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.CLIENT)
    email = models.CharField(_("e-mail"), max_length=254, help_text="In small letters.")
    name = models.CharField(_("name"), max_length=200, blank=True)
    words = models.TextField(_("own words"), max_length=2000, blank=True)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="used_invites",
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InviteQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["invited_at", "id"], name="invite_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "email"],
                condition=Q(client__isnull=False, used_at=None, revoked_at=None),
                name="invite_of_client_once",
            ),
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(client=None, used_at=None, revoked_at=None),
                name="invite_of_staff_once",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.CLIENT, client__isnull=False)
                | (Q(client=None, role__in=Role.values) & ~Q(role=Role.CLIENT)),
                name="invite_role_fits",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(revoked_at=None), name="invite_used_or_revoked"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def state(self) -> InviteState:
        if self.used_at:
            return InviteState.USED
        if self.revoked_at:
            return InviteState.REVOKED
        return InviteState.OPEN if self.expires_at > timezone.now() else InviteState.EXPIRED

    @property
    def is_unspent(self) -> bool:
        """Whether it can be sent again or revoked."""
        return self.state in {InviteState.OPEN, InviteState.EXPIRED}
