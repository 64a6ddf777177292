"""Opening codes: one at a time, and none without its row in the log."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from pawfile.access.letters import tell_of_emergency
from pawfile.access.models import Ground, Reveal
from pawfile.access.windows import open_visits
from pawfile.accounts.models import User
from pawfile.fields.policy import PolicyField, policy_for
from pawfile.fields.registry import Kind
from pawfile.lib.columns import key_ring
from pawfile.options.models import SiteOptions
from pawfile.profiles.display import applies
from pawfile.profiles.locks import lock_clients
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.profile import Profile
from pawfile.schedule.letters import called, when_text
from pawfile.schedule.models import Visit


class NoSecretError(LookupError):
    """There is nothing here that this person could open; why is not said."""


class ReasonNeededError(Exception):
    """No visit of one's own is near: it opens only with a reason, and the office is told."""


@transaction.atomic(durable=True)
def reveal_secret(
    *,
    client: Client,
    pet: Pet | None = None,
    key: str,
    by: User,
    reason: str = "",
    visit: Visit | None = None,
    is_printed: bool = False,
) -> str:
    """Open one code of the client, or of the pet, and write down who did.

    ``by`` is the reader, at the own home a client; ``visit`` the one it is opened for, if the
    person came from there; ``is_printed`` says that it goes onto paper. Client and visit stay
    locked, so nobody cancels or blocks in between.
    Never inside another transaction: what is returned has its row in the database, whatever is
    killed then. Raises ``NoSecretError``, ``ReasonNeededError``, ``VaultError``; then no row is
    written and nothing was opened.
    """
    if by.viewed_by:
        raise PermissionDenied
    record = stored(client, pet, by)
    item = secret_field(record, key, by)
    home = record.client if isinstance(record, Pet) else cast("Client", record)
    if visit is not None and visit.client_id != home.pk:
        raise NoSecretError
    ground, visit = ground_of(home, by, visit, reason)
    row = Reveal.objects.create(
        client=home,
        pet=record if isinstance(record, Pet) else None,
        key=key,
        label=str(item.label)[:200],
        ground=ground,
        reason=reason if ground == Ground.BREAK_GLASS else "",
        is_printed=is_printed,
        visit=visit,
        visit_said=f"{called(visit)}, {when_text(visit)}"[:300] if visit else "",
        opened_by_id=by.pk,
        opened_by_name=str(by)[:200],
    )
    plain = key_ring().unseal(record.field_value(item.field))
    if ground == Ground.BREAK_GLASS:
        tell_of_emergency(row, by=by)
    return plain


def stored(client: Client, pet: Pet | None, by: User) -> Profile:
    """The record as it is now, if this person still sees it; the client's row is locked first."""
    lock_clients([client.pk])
    if not User.objects.active().filter(pk=by.pk).exists():
        raise NoSecretError
    homes = Client.objects.visible_to(by).filter(pk=client.pk)
    found: Profile | None = homes.first()
    if found is not None and pet is not None:
        pets = Pet.objects.visible_to(by).filter(pk=pet.pk, client=client.pk)
        found = pets.select_related("client").first()
    if found is None:
        raise NoSecretError
    return found


def secret_field(record: Profile, key: str, by: User) -> PolicyField:
    """The field of this key, if it is a code that this person sees and there is one in it."""
    item = policy_for(by, record.subject.key).fields.get(key)
    if item is None or item.kind != Kind.SECRET or not applies(item, record):
        raise NoSecretError
    if not record.field_value(item.field):
        raise NoSecretError
    return item


def ground_of(
    client: Client, by: User, visit: Visit | None, reason: str
) -> tuple[Ground, Visit | None]:
    """On what ground the person may open it, and for which visit."""
    if Client.objects.homes_of(by).filter(pk=client.pk).exists():
        return Ground.OWN_HOME, visit
    if by.is_office:
        return Ground.OFFICE, visit
    if client.is_inactive:
        raise NoSecretError
    near = open_visits(client, by, company=SiteOptions.load(), now=timezone.now())
    for each in near:
        if visit is None or each == visit:
            return Ground.VISIT, each
    if not reason:
        raise ReasonNeededError
    return Ground.BREAK_GLASS, visit
