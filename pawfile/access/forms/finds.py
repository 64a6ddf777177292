from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from pawfile.access.actions.finds import SAVED, TEXT
from pawfile.access.finds import Target

KEEP = [
    (TEXT, _("The one in the text: put it in the place of the saved one")),
    (SAVED, _("The saved one: only take the other one out of the text")),
]


class MoveForm(forms.Form):
    """Into which field of the vault a code goes, and which is kept if there are two."""

    into = forms.ChoiceField(
        label=_("Field of the vault"),
        error_messages={
            "required": _("Choose the field the code belongs to."),
            "invalid_choice": _("Choose one of these fields."),
        },
    )
    keep = forms.ChoiceField(
        label=_("Which code is right"), choices=KEEP, required=False, widget=forms.RadioSelect
    )

    def __init__(
        self, targets: list[Target], guess: str, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={"into": guess})
        self.targets = {target.name: target for target in targets}
        into = cast("forms.ChoiceField", self.fields["into"])
        into.choices = [("", _("Choose a field")), *((each.name, each.label) for each in targets)]

    @property
    def target(self) -> Target:
        return self.targets[self.cleaned_data["into"]]
