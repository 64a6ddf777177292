"""The fields of a form without a template of each: what ``components/field.html`` draws, wide."""

from collections.abc import Callable
from typing import Any

from django import forms, template
from django.utils.safestring import SafeString

from pawfile.lib.inputs import NOTHING, chips, field, line, notes, options_of, select, wiring
from pawfile.lib.markup import joined

register = template.Library()

REQUIRED = SafeString(" required")


@register.simple_tag
def wide_fields(form: forms.Form) -> SafeString:
    """All of them, one below the other: lines, texts, days, times, selects and chips."""
    return joined([wide_field(form, name) for name in form.fields])


def wide_field(form: forms.Form, name: str) -> SafeString:
    asked: Any = form.fields[name]
    told, errors = asked.help_text, [str(each) for each in form.errors.get(name, ())]
    widget, bound = asked.widget, form[name]
    value = widget.format_value(bound.value())
    is_said = asked.required and widget.use_required_attribute(bound.initial)
    required = REQUIRED if is_said else NOTHING
    kind = CHIPS.get(type(widget))
    if kind:
        return chips(
            kind, name, asked.label, offered(widget), value, told=told, errors=errors,
            attributes=required, is_required=asked.required, is_wide=True,
        )  # fmt: skip
    wired = joined([required, wiring(name, told, errors)])
    if isinstance(widget, forms.Select):
        control = select(name, options_of(offered(widget)), value[0], wired)
    else:
        control = line(widget, name, value or "", wired)
    return field(
        name, asked.label, control, notes=notes(name, told, errors),
        is_required=asked.required, is_wide=True,
    )  # fmt: skip


#: Widgets whose choices stand side by side.
CHIPS: dict[Callable[..., forms.Widget], str] = {
    forms.RadioSelect: "radio",
    forms.CheckboxSelectMultiple: "checkbox",
}


def offered(widget: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), str(label)) for value, label in widget.choices)
