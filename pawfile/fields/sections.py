"""What an administrator does with whole sections: name, order, sections of the company's own."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields import rules
from pawfile.fields.catalogue import STEP, catalogue
from pawfile.fields.edits import edited
from pawfile.fields.models import SECTION_PREFIX, SectionRule
from pawfile.fields.registry import Section, Subject
from pawfile.lib.text import fold

MOST_SECTIONS = 60


def section_in(fields_of: Subject, key: str) -> Section:
    for section in fields_of.sections:
        if section.key == key:
            return section
    raise ValidationError(_("There is no such section. Open the page again."))


def clean_name(fields_of: Subject, text: str, *, key: str = "") -> str:
    label = rules.clean_line("label", text, rules.LABEL_LENGTH)
    if not fold(label).strip():
        raise rules.problem("label", _("A section needs a name."))
    for other in fields_of.sections:
        if other.key != key and fold(str(other.label)) == fold(label):
            raise rules.problem("label", _("There is a section “%s” already.") % other.label)
    return label


def rule_of(subject: str, key: str) -> SectionRule:
    return SectionRule.objects.of(subject).filter(key=key).first() or SectionRule(
        subject=subject, key=key
    )


def add_section(*, subject: str, label: str, by: User) -> str:
    """Make a section of the company's own; its key."""
    with edited(subject, by=by) as edit:
        fields_of = catalogue(subject)
        if len(fields_of.sections) >= MOST_SECTIONS:
            raise ValidationError(_("%d sections are enough.") % MOST_SECTIONS)
        name = clean_name(fields_of, label)
        key = f"{SECTION_PREFIX}{uuid4().hex[:8]}"
        SectionRule(subject=subject, key=key, label=name).save()
        edit.text = _("Added the section “%s”") % name
        return key


def change_section(
    *, subject: str, key: str, label: str, review_months: int | None = None, by: User
) -> None:
    """Another name, or how often clients are asked whether what is in it is right (0: never)."""
    with edited(subject, by=by) as edit:
        fields_of = catalogue(subject)
        old = section_in(fields_of, key)
        rule = rule_of(subject, key)
        name = clean_name(fields_of, label, key=key)
        edit.text = _("Changed the section “%s”") % old.label
        if name != str(old.label):
            edit.text = _("Renamed the section “%(old)s” to “%(new)s”") % {
                "old": old.label,
                "new": name,
            }
            rule.label = name
        if review_months is not None:
            rule.review_months = rules.clean_months("review_months", review_months)
        rule.save()


def move_section(*, subject: str, key: str, before: str, by: User) -> None:
    """Put a section with its fields before another one, or last."""
    with edited(subject, by=by) as edit:
        fields_of = catalogue(subject)
        edit.text = _("Moved the section “%s”") % section_in(fields_of, key).label
        if before == key:
            return
        keys = [section.key for section in fields_of.sections if section.key != key]
        if before and before not in keys:
            raise rules.problem("before", _("There is no such section. Open the page again."))
        keys.insert(keys.index(before) if before else len(keys), key)
        for number, each in enumerate(keys, start=1):
            rule = rule_of(subject, each)
            rule.position = number * STEP
            rule.save()


def remove_section(*, subject: str, key: str, by: User) -> None:
    """Take away a section of the company's own that has no fields any more."""
    with edited(subject, by=by) as edit:
        section = section_in(catalogue(subject), key)
        if not key.startswith(SECTION_PREFIX):
            raise ValidationError(_("“%s” ships with Pawfile; hide its fields.") % section.label)
        if section.fields:
            names = rules.labels_of(section.fields)
            raise ValidationError(_("Move its fields elsewhere first: %s.") % names)
        SectionRule.objects.of(subject).filter(key=key).delete()
        edit.text = _("Removed the section “%s”") % section.label
