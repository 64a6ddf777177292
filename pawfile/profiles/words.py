"""The words a client is found by, kept in step with client and pets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.db import transaction

from pawfile.accounts.models import User
from pawfile.fields.catalogue import Built, catalogues
from pawfile.fields.policy import policy_for
from pawfile.fields.registry import Field, Kind, Subject
from pawfile.fields.values import SEARCHED_KINDS
from pawfile.lib.emails import split_emails
from pawfile.lib.inserts import insert_rows
from pawfile.lib.phones import phone_words
from pawfile.lib.text import WORD_LENGTH, email_words, words
from pawfile.options.models import SiteOptions
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.locks import lock_client
from pawfile.profiles.models import Client, ClientWord, Pet
from pawfile.search.lookup import learn

PET_PREFIX = "pet."
#: Clients whose words are made at once.
CHUNK = 200
SHIPPED = {CLIENT.key: CLIENT, PET.key: PET}


def words_of(field: Field, text: str, *, region: str) -> list[str]:
    """The words of one value: a phone in all its spellings, an address whole and in parts."""
    if not text:
        return []
    if field.kind == Kind.PHONE:
        return [word[:WORD_LENGTH] for word in phone_words(text, region)]
    if field.kind in (Kind.EMAIL, Kind.EMAILS):
        return [word for address in split_emails(text) for word in email_words(address)]
    return words(text)


def client_words(
    client: Client,
    pets: Iterable[Pet],
    *,
    region: str,
    client_fields: Sequence[Field] = CLIENT.searched,
    pet_fields: Sequence[Field] = PET.searched,
) -> dict[tuple[str, str], bool]:
    """(word, field key) → whether only administrators find by it (an inactive pet's word)."""
    found: dict[tuple[str, str], bool] = {}
    for field in client_fields:
        text = client.field_value(field)
        joined = ", ".join(text) if isinstance(text, list) else text
        found.update({(word, field.key): False for word in words_of(field, joined, region=region)})
    for pet in pets:
        for field in pet_fields:
            text = pet.field_value(field)
            joined = ", ".join(text) if isinstance(text, list) else text
            for word in words_of(field, joined, region=region):
                entry = (word, PET_PREFIX + field.key)
                found[entry] = found.get(entry, True) and not pet.active
    return found


def index_client(client: Client, options: SiteOptions) -> None:
    """Bring the client's words up to date: only those that differ are written.

    The row is read anew under a lock: of two people who save a client and its pets at once, the
    second waits, and neither brings back a name that the other has changed.
    """
    client = lock_client(client)
    fields = catalogues(options)
    wanted = client_words(
        client,
        client.pets.all(),
        region=options.phone_region,
        client_fields=fields["client"].indexed,
        pet_fields=fields["pet"].indexed,
    )
    stored = {
        (word, key): hidden
        for word, key, hidden in client.words.values_list("word", "key", "is_for_administrators")
    }
    for word, key in [entry for entry in stored if wanted.get(entry) != stored[entry]]:
        client.words.filter(word=word, key=key).delete()
    new = [entry for entry in wanted if stored.get(entry) != wanted[entry]]
    ClientWord.objects.bulk_create(
        ClientWord(record=client, word=word, key=key, is_for_administrators=wanted[word, key])
        for word, key in new
    )
    learn(word for word, key in new if is_vocabulary(key, fields))


@transaction.atomic
def index_everybody() -> None:
    """Make the words of all clients, in a company that has none yet: one that was restored."""
    options = SiteOptions.load()
    fields = catalogues(options)
    clients = Client.objects.order_by("pk").prefetch_related("pets")
    for chunk in batched(clients.iterator(chunk_size=CHUNK), CHUNK):
        index_new([(client, list(client.pets.all())) for client in chunk], options, fields)


def index_new(
    families: Iterable[tuple[Client, Sequence[Pet]]], options: SiteOptions, fields: Built
) -> None:
    """Make the words of clients that have none yet, with their pets; many at once."""
    rows: list[tuple[int, str, str, bool]] = []
    for client, pets in families:
        entries = client_words(
            client,
            pets,
            region=options.phone_region,
            client_fields=fields["client"].indexed,
            pet_fields=fields["pet"].indexed,
        )
        rows += [(client.pk, word, key, hidden) for (word, key), hidden in entries.items()]
    insert_rows(ClientWord, ("record", "word", "key", "is_for_administrators"), rows)
    learn({word for _pk, word, key, _hidden in rows if is_vocabulary(key, fields)})


def batched(clients: Iterable[Client], size: int) -> Iterator[list[Client]]:
    rest = iter(clients)
    while chunk := list(islice(rest, size)):
        yield chunk


def is_vocabulary(word_key: str, fields: Mapping[str, Subject] = SHIPPED) -> bool:
    """Whether typos are forgiven in this field's words: in names and streets, not in numbers."""
    subject = fields["pet" if word_key.startswith(PET_PREFIX) else "client"]
    field = subject.fields.get(word_key.removeprefix(PET_PREFIX))
    return field is not None and field.kind == Kind.TEXT


def searchable_keys(user: User) -> set[str] | None:
    """Word keys of the fields this reader may see; ``None`` when every word there is may be used.

    Words of an archived field, or of one no longer searched, may still be there: where a company
    has fields of its own that could be meant, the keys are named.
    """
    clients, pets = policy_for(user, "client"), policy_for(user, "pet")
    in_use = {field.key for field in clients.catalogue.searched}
    in_use |= {PET_PREFIX + field.key for field in pets.catalogue.searched}
    seen = {key for key in in_use if (key in clients if "." not in key else key[4:] in pets)}
    has_own = any(
        field.is_custom and field.kind in SEARCHED_KINDS
        for policy in (clients, pets)
        for field in (*policy.catalogue.fields.values(), *policy.catalogue.archived.values())
    )
    return None if seen == in_use and not has_own else seen


def drop_words(subject: str, key: str) -> None:
    """Forget the words of one of the company's own fields."""
    word_key = key if subject == "client" else PET_PREFIX + key
    ClientWord.objects.filter(key=word_key).delete()
