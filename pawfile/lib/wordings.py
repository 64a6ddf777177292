"""Forms whose words everybody may read who sees the page: no place for a code."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from pawfile.lib.codes import find_codes


class WordsForm(forms.Form):
    """Asks once about what looks like a code; whoever says that it is none knows better.

    ``wording`` is the field that is read. ``is_no_code`` is shown by ``asked`` and never given to
    views.
    """

    wording = ""
    code_told: Any = gettext_lazy(
        "This looks like a code. Leave it out here and save it under Codes and instructions of the "
        "client, where every opening is written down; or say that it is none."
    )
    is_no_code = forms.BooleanField(label=gettext_lazy("There is no code in it"), required=False)

    def words_to_read(self) -> str:
        return str(self.cleaned_data.get(self.wording) or "")

    def clean(self) -> dict[str, Any]:
        super().clean()
        is_no_code = self.cleaned_data.pop("is_no_code", False)
        if not is_no_code and find_codes(self.words_to_read()):
            self.add_error(self.wording, ValidationError(self.code_told, code="code"))
        return self.cleaned_data

    @property
    def asked(self) -> list[forms.BoundField]:
        """The tick, once there was something to ask about."""
        is_asked = self.is_bound and (
            self.has_error(self.wording, "code") or self["is_no_code"].value()
        )
        return [self["is_no_code"]] if is_asked else []

    @property
    def shown(self) -> list[forms.BoundField]:
        """All fields to draw one after the other; the tick follows its words."""
        found: list[forms.BoundField] = []
        for field in self:
            if field.name != "is_no_code":
                found += [field, *(self.asked if field.name == self.wording else ())]
        return found
