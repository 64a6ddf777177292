"""Looks into a PDF, in a process of its own: ``python -m pawfile.lib.pdf_check FILE``.

Hostile files make readers of PDFs run for ever or eat all memory: this process may do neither, and
nothing depends on its survival. It prints one of ``FINE``, ``LOCKED``, ``BROKEN``.
"""

import logging
import subprocess
import sys
from pathlib import Path

FINE, LOCKED, BROKEN = "fine", "locked", "broken"
#: Seconds, and bytes of memory, that a look may take.
SECONDS = 8
MEMORY = 400_000_000


def look_into(path: Path) -> str:
    """What a PDF is like: it opens, it asks for a password, or it does not open as it should."""
    command = [sys.executable, "-m", "pawfile.lib.pdf_check", str(path)]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=SECONDS, check=False, text=True, errors="replace"
        )
    except subprocess.TimeoutExpired:
        return BROKEN
    said = done.stdout.strip()
    return said if said in (FINE, LOCKED) else BROKEN


def state_of(path: Path) -> str:
    from pypdf import PdfReader

    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            return LOCKED
        return FINE if reader.get_num_pages() and reader.pages[0].mediabox else BROKEN
    except Exception:  # noqa: BLE001
        # Readers meet broken files with exceptions of a dozen kinds.
        return BROKEN


def limit_this_process() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    logging.disable()
    limit_this_process()
    sys.stdout.write(state_of(Path(sys.argv[1])))
