from django import forms
from django.utils.translation import gettext_lazy as _


class KeepForm(forms.Form):
    """Why a code stays as it is."""

    reason = forms.CharField(
        label=_("Why it can stay"),
        help_text=_("Like “This code was changed at the door, but never written down here”."),
        max_length=300,
        error_messages={
            "required": _("Say why this code need not be changed."),
            "max_length": _(
                "A reason has at most %(limit_value)d characters; this one has %(show_value)d."
            ),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
