"""Asking for the whole company in one file."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.exports.sealing import SHORTEST

LONGEST = 200


class CompanyExportForm(forms.Form):
    secrets = forms.ChoiceField(
        label=gettext_lazy("Codes and passwords"),
        choices=[
            ("sealed", gettext_lazy("Sealed with a passphrase")),
            ("left out", gettext_lazy("Left out")),
        ],
        initial="sealed",
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose whether codes go along."),
            "invalid_choice": gettext_lazy("Choose one of these."),
        },
    )
    passphrase = forms.CharField(
        label=gettext_lazy("Passphrase"),
        required=False,
        strip=False,
        max_length=LONGEST,
        help_text=gettext_lazy(
            "At least 12 characters; several words are easy to keep. Pawfile does not keep it: "
            "without it nobody opens the codes in the file."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("Passphrase again"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if given.get("secrets") == "sealed" and not self.errors:
            if len(given["passphrase"]) < SHORTEST:
                least = _(
                    "A passphrase has at least %d characters. Several words are easy to keep."
                )
                self.add_error("passphrase", least % SHORTEST)
            elif given["passphrase"] != given["again"]:
                self.add_error("again", _("The two are not the same. Type the passphrase again."))
        return given

    @property
    def chosen(self) -> str:
        """The passphrase; empty if the codes are left out."""
        return self.cleaned_data["passphrase"] if self.cleaned_data["secrets"] == "sealed" else ""
