from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from pawfile.options.actions import THEIRS
from pawfile.options.catalogue import Option
from pawfile.options.inputs import LONGEST_TEXT
from pawfile.options.models import SiteOptions


def as_kept(opened: str) -> str:
    """What a hidden input sends back, with the line breaks that the stored text has."""
    return opened.replace("\r\n", "\n")[:LONGEST_TEXT]


class OptionsForm(forms.Form):
    """Some of the options. Beside each goes ``opened_<key>``, what it was when the page was opened.

    ``keep_<key>`` is the answer to a conflict: with "theirs" the opened value takes the place of
    what was typed.
    """

    def __init__(
        self,
        options: Iterable[Option],
        *,
        stored: SiteOptions,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.options = list(options)
        written = {
            option.key: option.written(getattr(stored, option.key)) for option in self.options
        }
        self.opened = written
        if data is not None:
            sent = {key: data.get(f"opened_{key}") for key in written}
            self.opened = {key: as_kept(value) for key, value in sent.items() if value is not None}
            data = {key: self.answer(key, data) for key in written}
        super().__init__(data=data, initial=written)
        for option in self.options:
            field = self.fields[option.key] = option.form_field()
            self.keep_typed(option.key, field)

    def answer(self, key: str, data: Mapping[str, Any]) -> str:
        is_theirs = data.get(f"keep_{key}") == THEIRS and key in self.opened
        return self.opened[key] if is_theirs else str(data.get(key, ""))

    def keep_typed(self, key: str, field: forms.Field) -> None:
        """A list shows a value it does not know too, so that it is still there to be mended."""
        value = str(self.data.get(key, "")) if self.is_bound else self.initial[key]
        if isinstance(field.widget, forms.Select) and not self.is_known(value, field):
            field.widget.choices = [(value, value[:100]), *field.widget.choices]

    @staticmethod
    def is_known(value: str, field: forms.Field) -> bool:
        return isinstance(field, forms.ChoiceField) and field.valid_value(value)

    @property
    def values(self) -> dict[str, Any]:
        return {option.key: self.cleaned_data[option.key] for option in self.options}
