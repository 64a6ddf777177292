"""The form of one way into a home."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.access.models import WayIn, WayKind
from pawfile.access.plan import code_fields
from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.lib.wordings import WordsForm


class WayInForm(WordsForm):
    wording = "words"
    code_told = gettext_lazy(
        "This looks like a code. Save it under Codes and instructions, leave it out here, "
        "and choose its field below."
    )

    kind = forms.ChoiceField(
        label=gettext_lazy("Way in"),
        choices=WayKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what opens the door."),
            "invalid_choice": gettext_lazy("Choose one of these."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("How"),
        help_text=gettext_lazy("Where it is and what to mind. No codes: they go into the vault."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={
            "max_length": gettext_lazy(
                "At most %(limit_value)d characters fit; these are %(show_value)d."
            )
        },
    )
    key = forms.ChoiceField(
        label=gettext_lazy("Its code"),
        help_text=gettext_lazy("The field of the vault that holds the code."),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a field that holds a code.")},
    )
    is_confirmed = forms.BooleanField(label=gettext_lazy("Works as of today"), required=False)

    def __init__(self, way: WayIn, data: Any = None, *, by: User) -> None:
        initial = {"kind": way.kind, "words": way.words, "key": way.key}
        super().__init__(data, initial=initial)
        self.way = way
        policy = policy_for(by, "client")
        items = code_fields(policy)
        choices = [("", _("No code")), *((item.key, item.label) for item in items)]
        field: Any = self.fields["key"]
        field.choices = choices
        if not items or (way.key and way.key not in policy):
            del self.fields["key"]

    def words_to_read(self) -> str:
        """Digits after "Keypad" are a code where they are none after "Person"."""
        kind = self.fields["kind"].choices  # type: ignore[attr-defined]
        said = dict(kind).get(self.cleaned_data.get("kind", ""), "")
        return f"{said}: {super().words_to_read()}"

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take; a code's field that this person may not see stays."""
        given = {"key": self.way.key} | self.cleaned_data
        return {name: given[name] for name in ("kind", "words", "key", "is_confirmed")}
