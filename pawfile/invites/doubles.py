"""Likely doubles: is a client who registered in the book already? For the office to say.

Cheap to ask and never certain: people have new addresses, and whole streets have one zip. So every
pair says why it was found, and nothing is joined by itself.
"""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.fields.policy import Policy
from pawfile.invites.models import Answer, LikelyDouble, Reason
from pawfile.lib.text import WORD_LENGTH, fold, words
from pawfile.lib.zips import first_five
from pawfile.profiles.models import Client, ClientWord

#: So many pairs the office can look at; the strongest are kept.
MOST = 5
#: So many clients share a word of the name before it says nothing any more.
MOST_CANDIDATES = 500
PHONES = ("cell_phone", "work_phone", "home_phone", "partner_phone")
EMAILS = ("email", "alternate_emails", "partner_email")
#: By these one sees whether two clients are one.
TELLING = (
    "first_name", "last_name", "cell_phone", "work_phone", "home_phone", "email",
    "alternate_emails", "partner_first_name", "partner_last_name", "partner_phone",
    "partner_email", "street", "street2", "city", "zip_code",
)  # fmt: skip
#: Fields that a reason speaks of; who may not see one of them is not told the reason.
SPEAKS_OF: dict[Reason, tuple[str, ...]] = {
    Reason.EMAIL: EMAILS,
    Reason.PHONE: PHONES,
    Reason.PARTNER: ("partner_first_name", "partner_last_name"),
    Reason.NAME: (),
    Reason.STREET: ("street",),
    Reason.ZIP: ("zip_code",),
}


class AnsweredError(Exception):
    """Somebody else has answered meanwhile."""


@transaction.atomic
def note_doubles(client: Client) -> None:
    """Keep who resembles the client. Pairs known already stay as they are, answers too."""
    found = [(resemblance(client, known), known) for known in candidates(client)]
    alike = sorted((pair for pair in found if pair[0]), key=lambda pair: strength(*pair))
    for reasons, known in alike[:MOST]:
        LikelyDouble.objects.get_or_create(
            client=client, known=known, defaults={"reasons": reasons}
        )


def strength(reasons: list[Reason], known: Client) -> tuple[int, int, int]:
    """For sorting: the strongest reason first, then more reasons, then the older client."""
    return list(Reason).index(reasons[0]), -len(reasons), known.pk


def candidates(client: Client) -> Iterator[Client]:
    """Clients who share an address, a phone or the last name with this one, by the search's words.

    The index narrows, ``resemblance`` decides.
    """
    whole_emails = [fold(address)[:WORD_LENGTH] for address in emails_of(client)]
    numbers = [number.removeprefix("+")[:WORD_LENGTH] for number in phones_of(client)]
    names = words(client.last_name)
    entries = ClientWord.objects.filter(
        Q(word__in=whole_emails, key__in=EMAILS)
        | Q(word__in=numbers, key__in=PHONES)
        | Q(word__in=names, key__in=("last_name", "partner_last_name"))
    )
    found = Client.objects.filter(pk__in=entries.values("record")).exclude(pk=client.pk)
    yield from found.order_by("pk")[:MOST_CANDIDATES]


def resemblance(client: Client, known: Client) -> list[Reason]:
    """What the two have in common; empty if nothing that counts."""
    is_relative = bool(fold_name(client.last_name)) and (
        fold_name(client.last_name) == fold_name(known.last_name)
    )
    said = {
        Reason.EMAIL: bool(emails_of(client) & emails_of(known)),
        Reason.PHONE: bool(phones_of(client) & phones_of(known)),
        Reason.PARTNER: partner_name(known) == full_name(client)
        or partner_name(client) == full_name(known),
        Reason.NAME: full_name(client) == full_name(known),
        Reason.STREET: is_relative and is_same(client.street, known.street),
        Reason.ZIP: is_relative
        and is_same(first_five(client.zip_code), first_five(known.zip_code)),
    }
    return [reason for reason, is_so in said.items() if is_so]


def emails_of(client: Client) -> set[str]:
    typed = [client.email, client.partner_email, *client.alternate_emails]
    return {fold(address.strip()) for address in typed if address.strip()}


def phones_of(client: Client) -> set[str]:
    """Whole numbers as E.164, whoever of the household answers."""
    return {number for key, number in client.phones_e164.items() if key in PHONES}


def fold_name(name: str) -> str:
    return " ".join(words(name))


def is_same(one: str, other: str) -> bool:
    return bool(fold_name(one)) and fold_name(one) == fold_name(other)


def full_name(client: Client) -> str:
    return fold_name(f"{client.first_name} {client.last_name}")


def partner_name(client: Client) -> str:
    """The partner's; one without a last name has the client's."""
    if not client.partner_first_name.strip():
        return ""
    return fold_name(f"{client.partner_first_name} {client.partner_last_name or client.last_name}")


def told_reasons(double: LikelyDouble, policy: Policy) -> list[str]:
    """The reasons in words, as far as they speak of fields this reader may see."""
    return [
        str(Reason(reason).label)
        for reason in double.reasons
        if all(key in policy for key in SPEAKS_OF[Reason(reason)])
    ]


def compared(double: LikelyDouble, policy: Policy) -> list[tuple[str, str, str]]:
    """(label, new client's value, known one's) of the fields by which one tells, as far as the
    reader may see them and one of the two has an answer."""
    return [
        (str(policy.fields[key].label), *texts)
        for key in TELLING
        if key in policy
        and any(texts := (double.client.field_text(key), double.known.field_text(key)))
    ]


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
