"""Pictures and PDFs that come with a message."""

from typing import Self

from django.db import models

from pawfile.accounts.models import User
from pawfile.messaging.models.conversation import Message
from pawfile.profiles.models.photo import PhotoState, fresh_name


class AttachmentKind(models.TextChoices):
    PICTURE = "picture"
    PDF = "pdf"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User) -> Self:
        if user.is_active and user.is_office:
            return self
        return self.filter(message__in=Message.objects.visible_to(user).order_by())


class Attachment(models.Model):
    """A picture is made anew by the worker in two sizes; a PDF is kept as it is and never opened
    here."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=10, choices=AttachmentKind.choices)
    name = models.CharField(max_length=32, default=fresh_name, unique=True, editable=False)
    file_name = models.CharField(max_length=255, help_text="As it was uploaded.")
    size = models.PositiveBigIntegerField(help_text="In bytes, as it was uploaded.")
    state = models.CharField(max_length=10, choices=PhotoState.choices, default=PhotoState.WAITING)
    problem = models.CharField(max_length=500, blank=True, help_text="Why it could not be read.")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_picture(self) -> bool:
        return self.kind == AttachmentKind.PICTURE

    @property
    def parts(self) -> tuple[str, ...]:
        return ("original", "large", "small") if self.is_picture else ("original",)

    def path(self, part: str) -> str:
        """Where a file lies in the storage: ``original``, of a picture until it is read; then
        ``large`` and ``small``."""
        ending = "upload" if part == "original" else "jpg"
        return f"messages/{self.name[:2]}/{self.name}-{part}.{ending}"
