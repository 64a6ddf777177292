"""What the environment says about this installation: folders, keys, switches."""

import os
import secrets
from pathlib import Path

#: Values people leave in copied configuration files. A production start refuses them.
KNOWN_SECRET_KEYS = frozenset({"secret", "changeme", "change-me", "insecure", "test"})


def data_folder() -> Path:
    """The folder of the database, uploads and keys: ``PAWFILE_DATA`` or ``./data``."""
    return Path(os.environ.get("PAWFILE_DATA") or "data").expanduser().resolve()


def switch(name: str, *, default: bool = False) -> bool:
    """A yes/no environment variable; ``1 true yes on`` mean yes."""
    value = os.environ.get(name)
    if value is None or not value.strip():
        return default
    return value.strip().lower() in {"1", "true", "yes", "on"}


def words(name: str) -> list[str]:
    """A comma-separated environment variable as a list without blanks."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def site_url(hosts: list[str], origins: list[str], *, is_https: bool) -> str:
    """Where people reach the book, for mails that no page asked for: ``PAWFILE_URL``, else the
    first origin or host that is a whole name."""
    given = os.environ.get("PAWFILE_URL", "").strip()
    if given and not given.startswith(("https://", "http://")):
        raise ValueError(f"PAWFILE_URL begins with https:// or http://; this one is {given}")
    given = given or next((origin for origin in origins if "*" not in origin), "")
    if not given:
        host = next((host for host in hosts if host[0] not in "*."), "127.0.0.1")
        port = os.environ.get("PORT") or "8000"
        given = f"https://{host}" if is_https else f"http://{host}:{port}"
    return f"{given.rstrip('/')}/"


def secret_key(folder: Path) -> str:
    """``SECRET_KEY`` from the environment, else one made once and kept in ``folder``.

    The file is created with mode 0600; two processes that start at once end with one key.
    """
    given = os.environ.get("SECRET_KEY")
    if given:
        return given
    path = folder / "keys" / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".secret_key.{os.getpid()}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def is_weak_secret_key(key: str) -> bool:
    """Whether a key is too short, repetitive or one that everybody knows."""
    folded = key.strip().lower()
    return (
        len(folded) < 40
        or len(set(folded)) < 8
        or folded in KNOWN_SECRET_KEYS
        or folded.startswith("django-insecure")
    )
