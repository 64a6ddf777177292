"""``python -m tests.home_access.dying MOMENT USER CLIENT``: somebody presses Reveal, in a process
that is killed on the way as by a power cut. What would be answered goes to the standard output."""

import os
import signal
import sys
from typing import Any

import django


def die(*_args: Any, **_more: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(moment: str, user: int, client: int) -> None:
    django.setup()
    from django.db import transaction
    from django.db.models.signals import post_save
    from django.test import Client as Browser

    from pawfile.access.models import Reveal
    from pawfile.accounts.models import User

    def after_row(**_more: Any) -> None:
        if moment == "before commit":
            die()
        if moment == "after commit":
            transaction.on_commit(die)

    post_save.connect(after_row, sender=Reveal)
    browser = Browser(SERVER_NAME="localhost")
    browser.force_login(User.objects.get(pk=user))
    answer = browser.post(f"/clients/{client}/secrets/door_code/reveal/")
    sys.stdout.write(answer.content.decode())
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
