"""Conversations: who writes with whom. Participants follow from the kind; none are stored."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.messaging.models.broadcast import Broadcast
from pawfile.profiles.models import Client


class ConversationKind(models.TextChoices):
    CLIENT = "client", _("Office and client")
    SITTER = "sitter", _("Office and sitter")
    HOME = "home", _("Sitter and client")


class Side(models.TextChoices):
    """On which side of a conversation somebody writes and reads."""

    OFFICE = "office", _("Office")
    SITTER = "sitter", _("Sitter")
    CLIENT = "client", _("Client")


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, user: User) -> Self:
        """The office sees all, also what sitters write with clients; a sitter the own ones, with
        clients only as long as the client is in sight; a client those about the own home.

        A union, so that a database collects these few and does not try all conversations.
        """
        if not user.is_active:
            return self.none()
        if user.is_office:
            return self
        at_home = Q(client__in=Client.objects.homes_of(user).order_by())
        if user.is_client:
            return self.filter(at_home)
        shown = Client.objects.visible_to(user).order_by()
        own = Q(sitter=user) & (Q(client=None) | Q(client__in=shown))
        if not user.has_homes:
            return self.filter(own)
        rows = Conversation._base_manager.order_by()
        found = rows.filter(own).values("pk").union(rows.filter(at_home).values("pk"))
        return self.filter(pk__in=found)


class Conversation(models.Model):
    kind = models.CharField(max_length=10, choices=ConversationKind.choices)
    client = models.ForeignKey(
        Client,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="conversations",
        db_index=False,
    )
    sitter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="conversations",
        db_index=False,
    )
    subject = models.CharField(max_length=150, blank=True)
    broadcast = models.ForeignKey(
        Broadcast,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="conversations",
        help_text="Begun with many clients at once.",
    )
    started_at = models.DateTimeField(default=timezone.now)
    last_message_at = models.DateTimeField(default=timezone.now)
    last_text = models.CharField(max_length=160, blank=True, help_text="How the newest begins.")
    last_side = models.CharField(max_length=10, choices=Side.choices, default=Side.OFFICE)
    last_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering = ["-last_message_at", "-pk"]
        indexes = [
            models.Index(fields=["last_message_at", "id"], name="conversation_by_time"),
            models.Index(fields=["client", "last_message_at", "id"], name="conversation_by_client"),
            models.Index(fields=["sitter", "last_message_at", "id"], name="conversation_by_sitter"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="client", client__isnull=False, sitter__isnull=True)
                | Q(kind="sitter", client__isnull=True, sitter__isnull=False)
                | Q(kind="home", client__isnull=False, sitter__isnull=False),
                name="conversation_has_its_sides",
            )
        ]

    def __str__(self) -> str:
        return self.subject or self.last_text

    def get_absolute_url(self) -> str:
        return reverse("conversation_detail", args=[self.pk])

    def side_of(self, user: User) -> Side:
        """On which side this person is; whoever sees the conversation is on one."""
        if user.is_office:
            return Side.OFFICE
        return Side.SITTER if self.sitter_id == user.pk else Side.CLIENT


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: User) -> Self:
        if user.is_active and user.is_office:
            return self
        return self.filter(conversation__in=Conversation.objects.visible_to(user).order_by())


class Message(models.Model):
    """Numbers rise within a conversation in the order in which messages are seen."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    side = models.CharField(max_length=10, choices=Side.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = models.TextField(blank=True)
    sent_at = models.DateTimeField(default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["conversation", "id"], name="message_by_conversation")]

    def __str__(self) -> str:
        return self.body[:40]
