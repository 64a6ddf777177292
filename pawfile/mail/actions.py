"""The one way into the outbox."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from pawfile.accounts.models import User
from pawfile.lib.columns import key_ring
from pawfile.mail.models import Mail

SUBJECT = "Subject: "


@transaction.atomic
def queue_mail(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    links: Mapping[str, str],
    by: User | None,
) -> Mail:
    """Write a mail into the outbox, in the caller's transaction: no commit, no mail.

    ``emails/<template>.txt`` starts with a line ``Subject: …`` and a blank one;
    ``emails/<template>.html`` is the same for programs that show HTML. ``links`` are the personal
    addresses in it, absolute, by name: templates write ``{{ links.<name> }}``. They are kept
    sealed, apart from the text, and put in when the mail is sent. ``by`` is who caused it.
    """
    given = {**context, "links": {name: placeholder(name) for name in links}}
    head, _blank, text = render_to_string(f"emails/{template}.txt", given).partition("\n\n")
    return Mail.objects.create(
        to=to,
        subject=" ".join(head.removeprefix(SUBJECT).split())[:300],
        text=text.strip() + "\n",
        html=render_to_string(f"emails/{template}.html", given),
        links=key_ring().seal(json.dumps(dict(links))),
        template=template,
        by=by and by.actor,
    )


def placeholder(name: str) -> str:
    """What stands in the kept text in the place of a personal link."""
    return f"[[link:{name}]]"
