"""Why somebody opens a code without a visit."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.lib.wordings import WordsForm

LEAST_LETTERS = 10
MOST = 1000


class ReasonForm(WordsForm):
    wording = "reason"
    code_told = gettext_lazy("This looks like a code. Say why without it, or that it is none.")

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,  # an empty one is told the same as a short one
        max_length=MOST,
        error_messages={
            "max_length": gettext_lazy(
                "A reason has at most %(limit_value)d characters; this one has %(show_value)d."
            )
        },
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_reason(self) -> Any:
        reason = self.cleaned_data["reason"]
        if sum(letter.isalpha() for letter in reason) < LEAST_LETTERS:
            raise ValidationError(
                _("Say in a few words why, with at least %d letters.") % LEAST_LETTERS
            )
        return reason
