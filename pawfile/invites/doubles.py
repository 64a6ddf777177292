"""Likely doubles: is a client who registered in the book already? For the office to say."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.invites.models import Answer, LikelyDouble
from pawfile.profiles.likeness import alike
from pawfile.profiles.models import Client


class AnsweredError(Exception):
    """Somebody else has answered meanwhile."""


@transaction.atomic
def note_doubles(client: Client) -> None:
    """Keep who resembles the client. Pairs known already stay as they are, answers too."""
    for found in alike(client):
        LikelyDouble.objects.get_or_create(
            client=client, known=found.known, defaults={"reasons": list(found.reasons)}
        )


class UnprovedLoginError(Exception):
    """The person who registered has not confirmed the e-mail address."""


@transaction.atomic
def join_household(*, double: LikelyDouble, by: User) -> None:
    """Let the logins of the new client open the known one too. Both profiles stay.

    Raises ``AnsweredError``, or ``UnprovedLoginError`` as long as a stranger may have typed the
    known client's address.
    """
    proved = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    if double.client.logins.exclude(Exists(proved)).exists():
        raise UnprovedLoginError
    answer_double(double, Answer.JOIN, by=by)
    for login in double.client.logins.order_by("pk"):
        double.known.logins.add(login)
        record_activity(
            by=by,
            kind=ActivityKind.LOGIN,
            about=str(login),
            new=double.known.name,
            note=_("Opens this client too: same household"),
        )


@transaction.atomic
def keep_apart(*, double: LikelyDouble, by: User) -> None:
    """Say that they are two households. Raises ``AnsweredError``."""
    answer_double(double, Answer.APART, by=by)


def answer_double(double: LikelyDouble, answer: Answer, *, by: User) -> None:
    open_ones = LikelyDouble.objects.unanswered().filter(pk=double.pk)
    if not open_ones.update(answer=answer, answered_by=by, answered_at=timezone.now()):
        raise AnsweredError
    record_activity(
        by=by,
        kind=ActivityKind.REGISTRATION,
        about=double.client.name,
        new=str(answer.label),
        note=_("Compared with %s") % double.known.name,
    )
