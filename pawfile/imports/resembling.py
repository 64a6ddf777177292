"""New clients of a file that look like one in the book: told beside their rows, never joined."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from pawfile.imports.issue_list import Issues
from pawfile.imports.issues import Kind
from pawfile.imports.layout import Layout
from pawfile.imports.plan import ClientPlan
from pawfile.profiles.likeness import PHONES, TELLING, Reason, alike_in_book
from pawfile.profiles.models import Client


def note_alike(
    plans: Sequence[ClientPlan], layouts: Sequence[Layout], issues: Issues, *, region: str
) -> None:
    """Say of each client that would be made whom it looks like. Four queries for all of them."""
    new = [plan for plan in plans if plan.client is None]
    for plan, found in zip(new, alike_in_book([client_of(plan, region) for plan in new]),
                           strict=True):  # fmt: skip
        row = plan.draft.household.rows[0]
        for alike in found:
            message = _("Looks like %(name)s in the book: %(reasons)s.") % {
                "name": alike.known.name,
                "reasons": reasons_of(alike.reasons),
            }
            issues.add(
                Kind.ALIKE,
                message,
                row=row.number,
                table=layouts[row.sheet].title,
                client=alike.known.pk,
            )


def client_of(plan: ClientPlan, region: str) -> Client:
    """What a likeness is told by of a client that is not made yet."""
    client = Client(**{key: plan.values[key] for key in TELLING if key in plan.values})
    client.understand_phones(plan.values.keys() & set(PHONES), region=region)
    return client


def reasons_of(reasons: Sequence[Reason]) -> str:
    """ "same phone, same name" """
    labels = [str(reason.label) for reason in reasons]
    return ", ".join(label[:1].lower() + label[1:] for label in labels)
