"""The boxes of the "Columns" menu: a hundred on a page, so drawn with one pattern."""

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString

from pawfile.lib.markup import filled, joined
from pawfile.profiles.columns import Choice

register = template.Library()

GROUP = '<fieldset class="column-group"><legend>{label}</legend>{boxes}</fieldset>'
BOX = (
    '<label class="column-choice"><input type="checkbox" name="column" value="{key}"{state}>'
    "<span>{label}</span></label>"
)
CHECKED, NOT_CHECKED = SafeString(" checked"), SafeString("")


@register.simple_tag
@lru_cache(maxsize=256)
def column_choices(sections: tuple[tuple[str, tuple[Choice, ...]], ...]) -> SafeString:
    """A pure function of the words and the ticks: drawn once for all who chose alike."""
    return joined(
        filled(
            GROUP,
            label=label,
            boxes=joined(
                filled(BOX, key=key, label=heading, state=CHECKED if chosen else NOT_CHECKED)
                for key, heading, chosen in choices
            ),
        )
        for label, choices in sections
    )
