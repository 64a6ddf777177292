"""``pawfile rotate-keys`` in words, and what the server says about its keys when it starts."""

from collections.abc import Callable

from django.conf import settings

from pawfile.access.actions.rotation import reseal_everything, secrets_by_key
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.lib import key_file
from pawfile.lib.columns import key_ring

Say = Callable[[str], None]


class KeysRefusedError(Exception):
    """Nothing was done, and why."""


def rotate_keys(*, say: Say) -> bool:
    """Seal everything with a new key; whether nothing was left behind.

    Secrets that an older key of the ring has sealed are the sign of a rotation that was stopped:
    then no other key is made, and that one is brought to its end.
    """
    path = settings.VAULT_KEYS_FILE
    ring = key_ring()
    with key_file.held(path):
        in_use, first = secrets_by_key(), ring.key_ids[0]
        if any(in_use[key_id] for key_id in ring.key_ids[1:]):
            say(f"Going on with what is not sealed with the key {first} yet.")
        elif settings.VAULT_KEYS:
            raise KeysRefusedError(
                "The keys are in PAWFILE_VAULT_KEYS. Put a new one in front of them there (id:32 "
                "random bytes in base64), start the server again, then run this command again."
            )
        else:
            first = key_file.add_first(path)
            say(f"The new key {first} is in {path}, before the others. Back that file up now.")
        done = reseal_everything(say=lambda secrets: say(f"{secrets:,} secrets"))
        record_activity(
            by=None, kind=ActivityKind.VAULT, about="Keys rotated", new=first,
            note=f"{done.secrets} secrets",
        )  # fmt: skip
        say(f"{done.secrets:,} secrets were sealed anew.")
        for key_id, times in sorted(done.unopened.items()):
            reason = f"the key {key_id} is missing" if key_id else "they are damaged"
            say(f"{times:,} secrets were left as they are: {reason}.")
        _say_removable(say)
    return not done.unopened


def remove_old_keys(*, say: Say) -> None:
    """Take out of the file every key but the first. Refused while one of them is needed."""
    with key_file.held(settings.VAULT_KEYS_FILE):
        in_use, (first, *old) = secrets_by_key(), key_ring().key_ids
        needed = {key_id: in_use[key_id] for key_id in old if in_use[key_id]}
        if needed:
            said = ", ".join(f"{key_id} ({times:,} secrets)" for key_id, times in needed.items())
            raise KeysRefusedError(
                f"Still needed: {said}. Run `pawfile rotate-keys` first; nothing was removed."
            )
        if settings.VAULT_KEYS:
            raise KeysRefusedError("The keys are in PAWFILE_VAULT_KEYS. Take them out there.")
        key_file.take_out(settings.VAULT_KEYS_FILE, old)
        record_activity(
            by=None, kind=ActivityKind.VAULT, about="Old keys removed", old=", ".join(old)
        )
    say(f"Removed: {', '.join(old)}. {first} is the only key now." if old else "No key is old.")


def _say_removable(say: Say) -> None:
    in_use, (_first, *old) = secrets_by_key(), key_ring().key_ids
    free = [key_id for key_id in old if not in_use[key_id]]
    if free:
        say(
            f"No secret here needs {', '.join(free)} any more; backups made before today do. "
            "`pawfile rotate-keys --remove-old` takes the old keys out of the file."
        )


def make_first_key(*, say: Say) -> None:
    """On the very first start: make the key, and say what that means. Raises VaultKeyError when
    the keys cannot be used."""
    path = settings.VAULT_KEYS_FILE
    is_first = not settings.VAULT_KEYS and not path.exists()
    key_ring()
    if is_first:
        say(
            f"Door codes and passwords are sealed with a key that was made in {path}. "
            "Back that file up now, apart from the database: without it nobody can open them again."
        )


def missing_keys() -> str:
    """Which keys stored secrets need that are not here, and what to do; empty when all is well."""
    known = set(key_ring().key_ids)
    missing = {key_id: times for key_id, times in secrets_by_key().items() if key_id not in known}
    if not missing:
        return ""
    where = "PAWFILE_VAULT_KEYS" if settings.VAULT_KEYS else settings.VAULT_KEYS_FILE
    said = ", ".join(f"{key_id} ({times:,} secrets)" for key_id, times in sorted(missing.items()))
    return (
        f"Missing keys of the vault: {said}. Put their lines back into {where} from your backup. "
        "Until then these secrets cannot be opened, and nothing is written over them."
    )
