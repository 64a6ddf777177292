"""A rotation with long rests between two rows and the next two, in a process that a test kills."""

import os
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402

from pawfile.access.actions import rotation  # noqa: E402
from pawfile.access.rotation import rotate_keys  # noqa: E402

settings.VAULT_KEYS_FILE = Path(os.environ["VAULT_FILE"])
rotation.CHUNK = 2
rotation.REST = 100
rotate_keys(say=lambda _text: None)
