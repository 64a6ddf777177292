"""What people fill in: inputs with label, help and errors, drawn without a template of each.

The same markup as ``components/field.html`` gives a Django field. Names become ids: ``id_<name>``.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.forms import Textarea, TextInput
from django.utils.safestring import SafeString

from pawfile.lib.markup import escaped, filled, joined
from pawfile.lib.templatetags.components import icon

NOTHING = SafeString("")
STAR = SafeString('<span class="required">*</span>')
WIDE, CHECKED = SafeString(" field-wide"), SafeString(" checked")
INVALID = SafeString(' aria-invalid="true"')

FIELD = (
    '<div class="field{wide}" data-field="{name}"><label class="field-label" for="id_{name}">'
    "{label}{star}</label>{input}{notes}</div>"
)
CHECK = (
    '<div class="field field-check" data-field="{name}"><input type="checkbox" name="{name}"'
    ' id="id_{name}"{wiring}><label for="id_{name}">{label}</label>{notes}</div>'
)
GROUP = (
    '<fieldset class="field{wide}" id="id_{name}" tabindex="-1" data-field="{name}"{described}>'
    '<legend>{label}{star}</legend><div class="chips"{invalid}>{chips}</div>{notes}</fieldset>'
)
CHIP = (
    '<label class="chip"><input type="{type}" name="{name}" value="{value}" id="id_{name}_{place}"'
    "{state}><span>{label}</span></label>"
)
OPTION = '<option value="{value}">{label}</option>'
SELECT = '<select name="{name}" id="id_{name}"{wiring}>{options}</select>'
FILE = '<input type="file" name="{name}" accept="{accept}" id="id_{name}"{wiring}>'
HELP = '<p class="field-help" id="id_{name}_helptext">{help}</p>'
ERROR = '<p class="field-error">{icon}<span>{message}</span></p>'
ERRORS = '<div id="id_{name}_error">{errors}</div>'

Errors = Sequence[str]
Choices = Sequence[tuple[str, str]]


@lru_cache(maxsize=64)
def line_pattern(widget: TextInput | Textarea) -> str:
    """The widget's own attributes around holes for name, value and wiring."""
    told = joined(filled(' {n}="{v}"', n=name, v=value) for name, value in widget.attrs.items())
    own = told.replace("{", "{{").replace("}", "}}")
    if isinstance(widget, Textarea):
        return f'<textarea name="{{name}}"{own} id="id_{{name}}"{{wiring}}>\n{{value}}</textarea>'
    kind = widget.input_type
    return f'<input type="{kind}" name="{{name}}"{{value}}{own} id="id_{{name}}"{{wiring}}>'


def line(
    widget: TextInput | Textarea, name: str, text: str, wiring: SafeString = NOTHING
) -> SafeString:
    """An input to type in, one line or several."""
    is_area = isinstance(widget, Textarea)
    value = text if is_area else filled(' value="{text}"', text=text) if text else NOTHING
    return filled(line_pattern(widget), name=name, value=value, wiring=wiring)


class Options:
    """The options of selects, drawn once however many selects offer them."""

    def __init__(self, choices: Iterable[tuple[str, str]]) -> None:
        self.drawn = {value: filled(OPTION, value=value, label=label) for value, label in choices}
        self.whole = joined(self.drawn.values())
        self.blank = NOTHING
        self.blank = self.chosen("")

    def chosen(self, value: str) -> SafeString:
        plain = self.drawn.get(value)
        if plain is None:
            return self.whole
        if value == "" and self.blank:
            return self.blank
        marked = plain.replace('">', '" selected>', 1)
        return SafeString(self.whole.replace(plain, marked, 1))  # nosec B703


@lru_cache(maxsize=1024)
def options_of(choices: Choices) -> Options:
    """``choices`` is a tuple of tuples."""
    return Options(choices)


def select(name: str, options: Options, value: str, wiring: SafeString = NOTHING) -> SafeString:
    return filled(SELECT, name=name, options=options.chosen(value), wiring=wiring)


def upload(name: str, accept: str, wiring: SafeString = NOTHING) -> SafeString:
    return filled(FILE, name=name, accept=accept, wiring=wiring)


def field(
    name: str, label: object, control: SafeString, *, notes: SafeString = NOTHING,
    is_required: bool = False, is_wide: bool = False,
) -> SafeString:  # fmt: skip
    """An input with its label above."""
    return filled(
        FIELD, name=name, label=label, input=control, notes=notes,
        star=STAR if is_required else NOTHING, wide=WIDE if is_wide else NOTHING,
    )  # fmt: skip


def check(name: str, label: object, *, is_checked: bool, errors: Errors = ()) -> SafeString:
    """A box to tick."""
    state = CHECKED if is_checked else NOTHING
    return filled(
        CHECK, name=name, label=label, notes=notes(name, "", errors),
        wiring=joined([wiring(name, "", errors), state]),
    )  # fmt: skip


def chips(
    kind: str, name: str, label: object, choices: Choices, chosen: Sequence[str], *,
    told: object = "", errors: Errors = (), is_required: bool = False, is_wide: bool = False,
    attributes: SafeString = NOTHING,
) -> SafeString:  # fmt: skip
    """Choices side by side; ``kind`` is radio or checkbox. Each input has the ``attributes``."""
    invalid = INVALID if errors else NOTHING
    plain = joined([attributes, invalid])
    drawn = joined(
        filled(
            CHIP, type=kind, name=name, value=value, place=place, label=text,
            state=joined([CHECKED, plain]) if value in chosen else plain,
        )
        for place, (value, text) in enumerate(choices)
    )  # fmt: skip
    return filled(
        GROUP, name=name, label=label, chips=drawn, invalid=invalid,
        described=described(name, told, errors), notes=notes(name, told, errors),
        star=STAR if is_required else NOTHING, wide=WIDE if is_wide else NOTHING,
    )  # fmt: skip


def wiring(name: str, told: object, errors: Errors) -> SafeString:
    """How an input points at its help and its errors."""
    if not told and not errors:
        return NOTHING
    return joined([INVALID if errors else NOTHING, described(name, told, errors)])


def described(name: str, told: object, errors: Errors) -> SafeString:
    ids = [f"id_{name}_helptext"] * bool(told) + [f"id_{name}_error"] * bool(errors)
    return filled(' aria-describedby="{ids}"', ids=" ".join(ids)) if ids else NOTHING


def notes(name: str, told: object, errors: Errors) -> SafeString:
    """Help (``told``) and errors below an input."""
    drawn = filled(HELP, name=name, help=told) if told else NOTHING
    if not errors:
        return drawn
    told = joined(
        filled(ERROR, icon=icon("circle-alert"), message=escaped(message)) for message in errors
    )
    return joined([drawn, filled(ERRORS, name=name, errors=told)])
