from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.schedule.models import AssignTo


class GiveForm(forms.Form):
    """Whom a visit of the Master Schedule is given to. Who may have it is the action's to say."""

    to = forms.ChoiceField(
        choices=AssignTo.choices, error_messages={"invalid_choice": _("Choose a sitter.")}
    )
    sitter = forms.ModelChoiceField(
        User.objects.sitters(),
        required=False,
        error_messages={"invalid_choice": _("That is no active sitter. Choose another one.")},
    )
    version = forms.IntegerField(required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        is_named = bool(values.get("sitter") or self.has_error("sitter"))
        if values.get("to") == AssignTo.SITTER and not is_named:
            self.add_error("sitter", _("Choose a sitter."))
        return values

    @property
    def first_error(self) -> str:
        return str(next(iter(self.errors.values()))[0])
