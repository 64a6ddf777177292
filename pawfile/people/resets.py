"""A new password by mail. The page does the same for every address; a job looks whose it is."""

from typing import Any

from allauth.account.fields import EmailField
from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from pawfile.accounts.limits import take_try
from pawfile.accounts.links import reset_link
from pawfile.accounts.models import Door, User
from pawfile.lib.emails import bad_emails
from pawfile.mail.actions import queue_mail


class ResetForm(forms.Form):
    """In the place of the library's form, which looks for the user at once."""

    email = EmailField(label=gettext_lazy("E-mail"))

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if bad_emails([email]):
            raise ValidationError(_("Write one e-mail address, like ann@example.com."))
        take_try(context.request, action=Door.RESET, key=email)
        return email

    def save(self, request: Any) -> str:
        email: str = self.cleaned_data["email"]
        send_reset_link.enqueue(email, request.build_absolute_uri("/"))
        return email


@task
def send_reset_link(email: str, site: str) -> None:
    """Mail the link if an active user has the address, else nothing."""
    user = User.objects.active().filter(email=email).first()
    if user is not None:
        with transaction.atomic():
            queue_mail(
                to=user.email,
                template="password_reset_key",
                context={"email": user.email},
                links={"password_reset_url": reset_link(user, site)},
                by=None,
            )
