"""The codes of a home as a list: what each is called and where it opens; never what it is."""

from dataclasses import dataclass

from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.fields.registry import Kind, Label
from pawfile.profiles.display import applies, reveal_url
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.profile import Profile


@dataclass(frozen=True, slots=True)
class Code:
    label: Label
    pet: Pet | None
    url: str
    record: Profile
    key: str

    @property
    def client_name(self) -> str:
        return self.pet.client.name if self.pet else str(self.record)

    @property
    def name(self) -> str:
        """As forms send it: "client.3.door_code"."""
        return f"{self.record.subject.key}.{self.record.pk}.{self.key}"


def codes_of(client: Client, reader: User) -> list[Code]:
    """The filled ones that this reader has, of the home first."""
    pets = Pet.objects.visible_to(reader).filter(client=client).select_related("client")
    return [code for record in (client, *pets) for code in codes_in(record, reader)]


def codes_in(record: Profile, reader: User) -> list[Code]:
    pet = record if isinstance(record, Pet) else None
    return [
        Code(item.label, pet, reveal_url(record, item.key), record, item.key)
        for item in policy_for(reader, record.subject.key).fields.values()
        if item.kind == Kind.SECRET and applies(item, record) and record.field_value(item.field)
    ]
