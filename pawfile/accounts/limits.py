"""Limits against guessing: how often may somebody try, by account and by address?

Counted by the sign-in library in the cache that all server processes share (a list of moments per
counter, changed under a lock). Who is shut out also stands in ``Lockout``, so that an administrator
can read it. The numbers are ``TRY_LIMITS`` in the settings; why they are so: docs/adr/0009.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import ngettext

from pawfile.accounts.models import Door, Lockout

#: How long a browser is remembered as one that signed in, in seconds.
REMEMBERED = 60 * 60 * 24 * 365
SALT = "pawfile.known-browser"
MOMENT = timedelta(seconds=10)


class TriesMiddleware:
    """429 with Retry-After where a limit was met, whichever view made the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        opens_at = getattr(request, "shut_until", None)
        if opens_at is not None:
            response.status_code = 429
            wait = ceil((opens_at - timezone.now()).total_seconds())
            response.headers["Retry-After"] = str(max(1, wait))
        return response


class TooManyTriesError(ValidationError):
    """Shut out for now; says until when. A form may raise it as any error of its own."""

    def __init__(self, opens_at: datetime, zone: ZoneInfo) -> None:
        self.opens_at = opens_at
        super().__init__(said_to_people(opens_at, zone), code="too_many_tries")


def said_to_people(opens_at: datetime, zone: ZoneInfo) -> str:
    """ "Too many tries. Try again at 14:32, in 5 minutes." Full minutes, never too early."""
    minutes = max(1, ceil((opens_at - timezone.now()).total_seconds() / 60))
    full = timezone.localtime(opens_at + timedelta(seconds=59), zone)
    return ngettext(
        "Too many tries. Try again at %(clock)s, in %(minutes)d minute.",
        "Too many tries. Try again at %(clock)s, in %(minutes)d minutes.",
        minutes,
    ) % {"clock": date_format(full, "H:i"), "minutes": minutes}


def take_try(request: HttpRequest, *, action: str, key: str = "", who: str = "") -> Any:
    """Count one try at a door; call it before looking at what was typed, outside transactions.

    ``action`` is a ``Door``; ``key`` the account it is tried for as people write it (an e-mail
    address), whether or not there is such an account, or nothing; ``who`` is what is counted
    instead of it, if the person can change that. Returns what was counted: its
    ``rollback()`` gives the try back, for a right answer. Raises ``TooManyTriesError``, and the
    answer to the request then becomes a 429 that says when to come back, whatever the view makes
    of the error (see ``TriesMiddleware``).
    """
    door, account, address = Door(action), key.strip().lower(), address_of(request)
    taken = ratelimit.RateLimitUsage(usage=[])
    for scope, rate, subject in counters(request, door, who or account, address):
        counted = {"app": "pawfile", "action": f"{door}-{scope}", "key": subject}
        try:
            usage = ratelimit.consume(
                request,
                **counted,
                config={counted["action"]: f"{rate}/key"},
                limit_get=True,
                raise_exception=True,
            )
        except RateLimited:
            taken.rollback()
            parsed = ratelimit.parse_rate(f"{rate}/key")
            counter = ratelimit.get_cache_key(request, **counted, rate=parsed)
            opens_at = note_lockout(
                counter=counter,
                rate=parsed,
                door=door,
                account="" if scope == "address" else account,
                address="" if scope == "account" else address,
            )
            request.shut_until = opens_at  # type: ignore[attr-defined]
            zone = ZoneInfo(str(request.company.time_zone))  # type: ignore[attr-defined]
            raise TooManyTriesError(opens_at, zone) from None
        taken.usage.extend(usage.usage)
    return taken


def counters(
    request: HttpRequest, door: Door, account: str, address: str
) -> list[tuple[str, str, str]]:
    """(scope, rate, what is counted), narrowest first: a try refused there costs the others none.

    A browser that has signed in to the account before is counted for itself, so neither a stranger
    who tries the account nor one who shares the address shuts its owner out; and together with the
    others that have, so that nobody gathers such browsers for guesses to come.
    """
    rates: dict[str, str] = settings.TRY_LIMITS.get(door, {})
    browser = known_browser(request, account)
    if browser and "browser" in rates:
        subjects = {"browser": f"{account} {browser}", "browsers": account}
    elif account:
        subjects = {"both": f"{account} {address}", "account": account, "address": address}
    else:
        subjects = {"address": address}
    return [(scope, rates[scope], subject) for scope, subject in subjects.items() if scope in rates]


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; of an IPv6 address the network of 64 bits."""
    return str(ratelimit.get_ip(request))


def note_lockout(*, counter: str, rate: Any, door: Door, account: str, address: str) -> datetime:
    """Write down who is shut out; when the counter opens again."""
    now = timezone.now()
    history: list[float] = cache.get(counter, [])
    if len(history) < rate.amount:  # not full: the counter's lock was busy
        return now + MOMENT
    opens_at = datetime.fromtimestamp(history[-1] + rate.duration, tz=now.tzinfo)
    rows = Lockout.objects
    rows.filter(opens_at__lt=now).delete()
    rows.update_or_create(
        counter=counter,
        defaults={"opens_at": opens_at},
        create_defaults={
            "opens_at": opens_at,
            "shut_at": now,
            "door": door,
            "account": account[:254],
            "address": address,
        },
    )
    return opens_at


def let_in(lockout: Lockout) -> None:
    """Open the door at once; its counter starts anew."""
    cache.delete(lockout.counter)
    lockout.delete()


def let_in_account(account: str) -> None:
    """Open what is shut to an account, now that it got a new password: the doors that ask for one.

    A new password proves nothing at the others.
    """
    doors = (Door.SIGN_IN, Door.RESET)
    for lockout in Lockout.objects.filter(account=account.strip().lower(), door__in=doors):
        let_in(lockout)


def known_browser(request: HttpRequest, account: str) -> str:
    """The mark of a browser that signed in to this account before; empty if it has none."""
    if not account:
        return ""
    mark = request.get_signed_cookie(cookie_name(account), "", salt=SALT, max_age=REMEMBERED)
    return str(mark)


def remember_browser(response: HttpResponse, account: str) -> None:
    """Give the browser the mark of one that has signed in to this account."""
    response.set_signed_cookie(
        cookie_name(account.lower()),
        secrets.token_hex(8),
        salt=SALT,
        max_age=REMEMBERED,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def cookie_name(account: str) -> str:
    """One cookie for each account, so that a household shares a computer; it does not name it."""
    return f"known-{salted_hmac(SALT, account).hexdigest()[:16]}"
