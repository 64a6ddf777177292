"""The entry plan of a home as one reader may see it. A code is never in it, only where one lies."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pawfile.access.models import EntryCheck, WayIn, WayKind
from pawfile.accounts.models import User
from pawfile.fields.policy import Policy, PolicyField, policy_for
from pawfile.fields.registry import Kind, Label
from pawfile.options.models import SiteOptions
from pawfile.profiles.display import WAY_IN, applies, is_empty, reveal_url, who_text
from pawfile.profiles.models import Client

ICONS = {
    WayKind.KEY: "key",
    WayKind.LOCKBOX: "lock",
    WayKind.GARAGE: "warehouse",
    WayKind.KEYPAD: "hash",
    WayKind.PERSON: "user-round",
}


@dataclass(frozen=True, slots=True)
class ShownWay:
    """``code`` is the label of the field of its code, empty if it has none for this reader."""

    way: WayIn
    icon: str
    confirmed: str
    code: Label = ""
    #: Where the code is opened; empty if none is saved.
    code_url: str = ""


def ways_of(client: Client, *, reader: User, company: SiteOptions) -> list[ShownWay]:
    policy = policy_for(reader, "client")
    ways = client.ways_in.select_related("confirmed_by")
    return [shown_way(way, client, policy, reader=reader, company=company) for way in ways]


def shown_way(
    way: WayIn, client: Client, policy: Policy, *, reader: User, company: SiteOptions
) -> ShownWay:
    icon = ICONS[WayKind(way.kind)]
    confirmed = confirmed_text(way, reader=reader, company=company)
    if way.key not in policy:
        return ShownWay(way, icon, confirmed)
    item = policy.fields[way.key]
    is_saved = applies(item, client) and not is_empty(item, client)
    url = reveal_url(client, way.key) if is_saved else ""
    return ShownWay(way, icon, confirmed, item.label, url)


def confirmed_text(way: WayIn, *, reader: User, company: SiteOptions) -> str:
    if way.confirmed_on is None:
        return _("Not confirmed yet")
    day = date_format(way.confirmed_on, "D j M Y")
    if way.confirmed_by is None:
        return _("Confirmed %s") % day
    who = who_text(way.confirmed_by, reader=reader, company=company)
    return _("Confirmed %(day)s, %(who)s") % {"day": day, "who": who}


def code_fields(policy: Policy) -> list[PolicyField]:
    """The fields of the vault that this reader may choose for a way in."""
    return [item for item in policy.fields.values() if item.kind == Kind.SECRET]


def may_see_plan(reader: User) -> bool:
    return WAY_IN in policy_for(reader, "client")


def may_change_plan(reader: User) -> bool:
    """The office and the client, if the field "How to get in" is theirs to change. Sitters say
    whether a way still works, and no more."""
    return not reader.is_sitter and policy_for(reader, "client").can_edit(WAY_IN)


@dataclass(frozen=True, slots=True)
class Said:
    """What became of the last question whether all is as it was, in words for this reader."""

    text: str
    is_warning: bool = False


def said_of(client: Client, reader: User) -> Said | None:
    """``None`` if nobody was asked, or there is nothing that a client does not know anyway."""
    check = client.entry_checks.first()
    if check is None:
        return None
    if check.is_unchanged is False:
        return said_changed(check, reader)
    if reader.is_client:
        return None
    asked = date_format(timezone.localtime(check.answered_at or check.asked_at), "D j M Y, H:i")
    if check.is_unchanged:
        return Said(_("%s: the client says that everything is as it was.") % asked)
    return Said(_("%s: asked by mail whether all is as it was. No answer yet.") % asked)


def said_changed(check: EntryCheck, reader: User) -> Said:
    if reader.is_client:
        words = _("%s: you said that something has changed. Change it here, please.")
    else:
        words = _("%s: the client says that something has changed.")
    is_settled = check.client.ways_in.exclude(confirmed_on=None).exists()
    answered = date_format(timezone.localtime(check.answered_at), "D j M Y, H:i")
    return Said(words % answered, is_warning=not is_settled)
