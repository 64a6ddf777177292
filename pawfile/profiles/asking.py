""" "Is this the same as …?", asked before a new client is saved. Nobody is kept from going on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import PHONE_KEYS, apply_values
from pawfile.profiles.forms import ClientForm
from pawfile.profiles.likeness import TELLING, WORTH_ASKING, Alike, alike, told
from pawfile.profiles.models import Client


@dataclass(frozen=True, slots=True)
class Question:
    """``answered`` are the numbers of clients of whom somebody said that they are another."""

    found: Sequence[tuple[Client, list[str]]]
    answered: frozenset[str]

    @property
    def is_open(self) -> bool:
        return any(str(client.pk) not in self.answered for client, _reasons in self.found)

    @property
    def sign(self) -> str:
        """Stands for these clients; who sends it back has seen them."""
        return ",".join(str(client.pk) for client, _reasons in self.found)


def question_of(form: ClientForm, answered: str, *, reader: User) -> Question:
    """Who in the book is like the client typed, for reasons this reader may know."""
    typed = typed_client(form.values, form.company)
    policy, pets = policy_for(reader, "client"), policy_for(reader, "pet")
    found = [(each, told(each.reasons, policy, pets)) for each in like(typed, reader)]
    return Question(
        [(each.known, reasons) for each, reasons in found if reasons],
        frozenset(answered[:200].split(",")),
    )


def like(typed: Client, reader: User) -> list[Alike]:
    return alike(typed, reasons=WORTH_ASKING) if reader.is_office else []


def typed_client(values: Mapping[str, Any], company: SiteOptions) -> Client:
    """A client as typed, not saved, with what likeness is told by."""
    telling = {key: value for key, value in values.items() if key in TELLING}
    client = Client()
    apply_values(client, telling)
    client.understand_phones(PHONE_KEYS & telling.keys(), region=company.phone_region)
    return client
