"""Countries of phone numbers: two letters, the calling code, and a name where one is known."""

import zoneinfo
from functools import lru_cache
from importlib import resources
from pathlib import Path

import phonenumbers

from pawfile.lib.text import fold

#: Comes with the time zones: lines of two letters, a tab, the name.
NAMES = "iso3166.tab"


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """ "DE" → "Germany"; empty on a system that has the time zones without this file."""
    lines = [line.split("\t") for line in _file().splitlines() if not line.startswith("#")]
    return {line[0]: line[1] for line in lines if len(line) == 2}


@lru_cache(maxsize=1)
def phone_regions() -> dict[str, str]:
    """Two letters → "Germany (+49)", or "DE (+49)" where no name is known; by name."""
    names = country_names()
    regions = {
        code: f"{names.get(code, code)} (+{phonenumbers.country_code_for_region(code)})"
        for code in phonenumbers.SUPPORTED_REGIONS
    }
    return dict(sorted(regions.items(), key=lambda region: fold(region[1])))


def _file() -> str:
    for folder in zoneinfo.TZPATH:
        path = Path(folder) / NAMES
        if path.is_file():
            return path.read_text("utf-8")
    try:  # where the system has no zones, Python takes them from this package
        return resources.files("tzdata.zoneinfo").joinpath(NAMES).read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        return ""
