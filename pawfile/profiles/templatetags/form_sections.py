"""The sections of a form: where they are, how far each is filled in, and their fields."""

from collections.abc import Sequence

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from pawfile.lib.inputs import NOTHING
from pawfile.lib.markup import Pattern, joined
from pawfile.profiles.forms import FormSection, ProfileForm
from pawfile.profiles.templatetags.form_items import form_items

register = template.Library()

LINK = Pattern('<a href="#%s"%s><span>%s</span><span>%s/%s</span></a>')
LINK_WRONG = SafeString(' class="has-error"')
SECTION = Pattern(
    '<details class="section section-form%s" id="%s"%s><summary class="section-head"><h2>%s</h2>'
    '<span class="section-note">%s</span></summary>'
    '<div class="section-body"><div class="fields">%s</div></div></details>'
)
WRONG = SafeString(" section-error")
OPEN = SafeString(" open")


@register.simple_tag
def section_links(sections: Sequence[FormSection]) -> SafeString:
    """The index beside the form."""
    return joined(
        LINK.fill(
            section.key,
            LINK_WRONG if section.has_errors else NOTHING,
            section.label,
            section.filled,
            len(section.items),
        )
        for section in sections
    )


@register.simple_tag(takes_context=True)
def section_forms(
    context: Context, form: ProfileForm, sections: Sequence[FormSection]
) -> SafeString:
    """The sections, open where there is something to see or to mend."""
    told = gettext("%(filled)s of %(total)s filled in")
    return joined(
        SECTION.fill(
            WRONG if section.has_errors else NOTHING,
            section.key,
            OPEN if place == 0 or is_worth_opening(form, section) else NOTHING,
            section.label,
            told % {"filled": section.filled, "total": len(section.items)},
            form_items(context, form, section.items),
        )
        for place, section in enumerate(sections)
    )


def is_worth_opening(form: ProfileForm, section: FormSection) -> bool:
    return not form.record.pk or section.has_errors or section.filled > 0
