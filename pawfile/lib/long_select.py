"""A list of hundreds to choose from, like the world's time zones."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """``Select``, drawn at once: Django's has a template rendered for every line of it."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Mapping[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        attributes = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        chosen = "" if value is None else str(value)
        return format_html(
            "<select{}>{}</select>", flatatt(attributes), _lines(self.choices, chosen)
        )


def _lines(choices: Iterable[Any], chosen: str) -> SafeString:
    """Options, or groups of them as (name, options)."""
    return format_html_join("", "{}", ((_line(value, label, chosen),) for value, label in choices))


def _line(value: Any, label: Any, chosen: str) -> SafeString:
    if isinstance(label, list | tuple):
        return format_html('<optgroup label="{}">{}</optgroup>', value, _lines(label, chosen))
    mark = SafeString(" selected") if str(value) == chosen else ""
    return format_html('<option value="{}"{}>{}</option>', value, mark, label)
