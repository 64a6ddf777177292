"""What kinds, answers and conditions are called on pages."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pawfile.fields.registry import Condition, Field, Kind, Label, Subject

ROLE_NAMES = {
    "manager": gettext_lazy("Manager"),
    "sitter": gettext_lazy("Sitter"),
    "client": gettext_lazy("Client"),
}
KIND_NAMES: dict[Kind, Label] = {
    Kind.TEXT: gettext_lazy("Text"),
    Kind.LONG_TEXT: gettext_lazy("Long text"),
    Kind.YES_NO: gettext_lazy("Yes or no"),
    Kind.NUMBER: gettext_lazy("Number"),
    Kind.DATE: gettext_lazy("Date"),
    Kind.PARTIAL_DATE: gettext_lazy("Date, or part of one"),
    Kind.CHOICE: gettext_lazy("One choice"),
    Kind.CHOICES: gettext_lazy("Several choices"),
    Kind.EMAIL: gettext_lazy("E-mail"),
    Kind.EMAILS: gettext_lazy("Several e-mails"),
    Kind.PHONE: gettext_lazy("Phone"),
    Kind.TAGS: gettext_lazy("Tags"),
    Kind.VET: gettext_lazy("Vet"),
    Kind.TERRITORY: gettext_lazy("Territory"),
    Kind.SITTER: gettext_lazy("Sitter"),
    Kind.SITTERS: gettext_lazy("Several sitters"),
    Kind.OWNER: gettext_lazy("Owner"),
    Kind.PHOTO: gettext_lazy("Photo"),
    Kind.SECRET: gettext_lazy("Code or password"),
}


def answers_of(field: Field) -> list[tuple[str, Label]]:
    """(as a form posts it, in words) of the answers another field can depend on."""
    if field.kind == Kind.YES_NO:
        return [("yes", _("Yes")), ("no", _("No"))]
    return list(field.choices)


def condition_text(condition: Condition | None, fields_of: Subject) -> str:
    """ "Home alarm system: Yes"; empty without a condition."""
    if condition is None:
        return ""
    try:
        other = fields_of[condition.key]
    except KeyError:
        return condition.key
    answer = dict(answers_of(other)).get(condition.posted, condition.posted)
    return f"{other.label}: {answer}"


def answered_text(subject: str, count: int) -> str:
    """How many have answered a field, said before it is changed."""
    if subject == "pet":
        one, many = "%d pet has an answer to this.", "%d pets have an answer to this."
        return ngettext(one, many, count) % count
    return ngettext("%d client has answered this.", "%d clients have answered this.", count) % count
