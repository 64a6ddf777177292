"""The input for a name: one line, with something to see in it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pawfile.lib.lines import is_invisible, refuse_breaks


def check_name(text: str) -> None:
    refuse_breaks(text)
    if is_invisible(text):
        raise ValidationError(gettext("Write something that can be seen."))


class NameField(forms.CharField):
    def __init__(self, *, max_length: int = 200, **more: Any) -> None:
        messages = {
            "required": _("Say a name."),
            "max_length": _(
                "A name has at most %(limit_value)d characters; this one has %(show_value)d."
            ),
        }
        # The browser sends a long name whole, so that it can be told how long it is.
        super().__init__(
            max_length=max_length,
            error_messages=messages,
            validators=[check_name],
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            **more,
        )
