"""Every site option, declared once: the page, the action and the activity log read it from here.

A new option is a column of ``SiteOptions`` and one entry in ``CATALOGUE``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from pawfile.lib.countries import phone_regions
from pawfile.lib.money import CURRENCIES, currency_name
from pawfile.lib.times import zones_by_area
from pawfile.options.inputs import (
    Label,
    agreement_text,
    blocked_dates,
    company_name,
    days,
    hours,
    key_contact,
    listed,
    one_of,
    registration_zips,
    whole_number,
    yes_no,
)
from pawfile.options.models import ChangeMails, ChangeWindow


class Group(TextChoices):
    COMPANY = "company", _("Company")
    CLIENTS = "clients", _("Clients")
    LOGINS = "logins", _("Logins & registration")
    SCHEDULING = "scheduling", _("Time & Scheduling")
    ACCESS = "access", _("Home access")


@dataclass(frozen=True, slots=True)
class Option:
    """One option. ``key`` is its column; ``help`` says in one sentence what it does."""

    key: str
    group: Group
    label: Label
    help: Label
    field: Callable[[], forms.Field]
    #: Its values read as they are written, whatever shorter name the list of choices has for them.
    is_its_own_text: bool = False

    def form_field(self) -> forms.Field:
        field = self.field()
        field.label, field.help_text = str(self.label), str(self.help)
        return field

    def written(self, value: Any) -> str:
        """The value as a form sends it."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value)

    def text(self, value: Any) -> str:
        """The value, or what a form sends for it, as people read it."""
        written, field = self.written(value), self.field()
        if self.is_its_own_text or not isinstance(field, forms.ChoiceField):
            return written
        return str(dict(field.choices).get(written, written))  # type: ignore[arg-type]


CATALOGUE = (
    Option(
        "company_name",
        Group.COMPANY,
        _("Company name"),
        _("Stands on top of every page."),
        company_name,
    ),
    Option(
        "has_manager_export",
        Group.COMPANY,
        _("Managers can export lists"),
        _("Yes lets managers download what they see of clients, pets, vets, keys and visits."),
        yes_no,
    ),
    Option(
        "phone_region",
        Group.COMPANY,
        _("Phone region"),
        _("A number typed without a country code is dialled in this country."),
        listed(
            lambda: list(phone_regions().items()),
            _("“%(value)s” is no country on the list; choose one."),
        ),
    ),
    Option(
        "change_window",
        Group.CLIENTS,
        _("Mark changes for"),
        _("How long a changed field of a client or pet carries its red x1."),
        one_of(lambda: [(str(days), name) for days, name in ChangeWindow.choices], coerce=int),
    ),
    Option(
        "change_mails",
        Group.CLIENTS,
        _("The office gets a mail about what clients changed"),
        _("It says how many changes wait and has a link; what they are stands in no mail."),
        one_of(lambda: ChangeMails.choices),
    ),
    Option(
        "has_sitter_editing",
        Group.CLIENTS,
        _("Sitters can update clients and pets"),
        _("Yes lets sitters edit the clients they work with; No lets them read only."),
        yes_no,
    ),
    Option(
        "has_staff_names_for_clients",
        Group.CLIENTS,
        _("Clients see which staff member changed something"),
        _("No shows “Office” in place of the name."),
        yes_no,
    ),
    Option(
        "has_visible_sitters",
        Group.CLIENTS,
        _("Clients can see sitters"),
        _("Yes lets sitters and their clients write to each other; the office reads along."),
        yes_no,
    ),
    Option(
        "file_megabytes",
        Group.CLIENTS,
        _("Largest file in megabytes"),
        _("Of PDFs on clients and pets. Pictures have 25 MB at most."),
        whole_number(1, 200, _("Say a whole number of megabytes, from 1 to 200.")),
    ),
    Option(
        "has_registration",
        Group.LOGINS,
        _("Registration without an invite"),
        _("Yes lets anybody register on the sign-in page; No asks for an invite code."),
        yes_no,
    ),
    Option(
        "registration_zips",
        Group.LOGINS,
        _("Zip codes of registration"),
        _("Only people who live there can register; invited people always can. Empty: everywhere."),
        registration_zips,
    ),
    Option(
        "agreement_text",
        Group.LOGINS,
        _("Agreement"),
        _("Who registers must agree to it. A changed text is a new version. Empty: nothing asked."),
        agreement_text,
    ),
    Option(
        "invite_days",
        Group.LOGINS,
        _("Invites work for so many days"),
        _("Then the code in the mail has expired; the invite can be sent again with a new one."),
        days,
    ),
    Option(
        "is_second_factor_required",
        Group.LOGINS,
        _("Staff sign in with a second factor"),
        _(
            "Yes asks everybody on staff to set up an authenticator app or a "
            "passkey before they go on; clients may."
        ),
        yes_no,
    ),
    Option(
        "time_zone",
        Group.SCHEDULING,
        _("Time zone"),
        _("All days and times are shown and understood in this zone."),
        listed(
            zones_by_area,
            _("“%(value)s” is no time zone on the list; choose one, like America/New_York."),
        ),
        is_its_own_text=True,
    ),
    Option(
        "currency",
        Group.SCHEDULING,
        _("Currency"),
        _("Of all prices. Another one changes the sign in front of amounts, not the amounts."),
        listed(
            lambda: [(currency, currency_name(currency)) for currency in CURRENCIES],
            _("“%(value)s” is no currency on the list; choose one, like USD."),
        ),
    ),
    Option(
        "processing_hour",
        Group.SCHEDULING,
        _("Processing hour"),
        _("When the daily mails go out: tomorrow's list to sitters, confirmations to clients."),
        listed(
            lambda: [(str(hour), f"{hour:02}:00") for hour in range(24)],
            _("“%(value)s” is no hour on the list; choose one."),
            coerce=int,
        ),
    ),
    Option(
        "has_confirmation_mails",
        Group.SCHEDULING,
        _("Clients get a confirmation by mail"),
        _("One a day with all visits accepted since; No confirms them without a mail."),
        yes_no,
    ),
    Option(
        "has_list_mails",
        Group.SCHEDULING,
        _("Sitters get tomorrow's list by mail"),
        _("Times, clients, pets and services; No leaves it to My Schedule."),
        yes_no,
    ),
    Option(
        "has_assign_mails",
        Group.SCHEDULING,
        _("Sitters get a mail when a visit is assigned to them"),
        _("Only what is assigned one by one; new visits, series and bulk changes send none."),
        yes_no,
    ),
    Option(
        "has_moved_mails",
        Group.SCHEDULING,
        _("Sitters get a mail when a visit of theirs is canceled, moved or given away"),
        _("Only what is still to come, a whole series in one mail; never to who did it."),
        yes_no,
    ),
    Option(
        "lookahead_days",
        Group.SCHEDULING,
        _("Look-ahead in days"),
        _("So many days ahead the visits of ongoing series are on the schedule."),
        days,
    ),
    Option(
        "blocked_dates",
        Group.SCHEDULING,
        _("Blocked dates"),
        _(
            "Clients cannot request visits on these days; staff can add them. One a line, like "
            "2026-12-25 or 2026-12-24 – 2026-12-26."
        ),
        blocked_dates,
    ),
    Option(
        "last_minute_hours",
        Group.SCHEDULING,
        _("Shortest notice in hours"),
        _("Clients request visits at least so many hours before they start. 0: at any time."),
        hours,
    ),
    Option(
        "has_same_day_cancel",
        Group.SCHEDULING,
        _("Clients can ask to cancel on the day of the visit"),
        _("No makes them call the office."),
        yes_no,
    ),
    Option(
        "has_reviews_before_requests",
        Group.SCHEDULING,
        _("Requests wait until clients have looked through what is due"),
        _(
            "Yes takes no request for a visit as long as a section is to be confirmed; which ones "
            "are asked about, and how often, is set on the sections of fields."
        ),
        yes_no,
    ),
    Option(
        "has_acceptance",
        Group.SCHEDULING,
        _("Sitters accept or decline"),
        _("Yes asks the sitter first; No makes a visit accepted as soon as it is assigned."),
        yes_no,
    ),
    Option(
        "has_key_notices",
        Group.SCHEDULING,
        _("Key notices"),
        _(
            "Yes says when a sitter has a visit in the next seven days and no key of a client who "
            "uses keys, on the visit and by mail to the office."
        ),
        yes_no,
    ),
    Option(
        "unread_deadline_hours",
        Group.SCHEDULING,
        _("Sitters read safety-critical changes so many hours before a visit"),
        _(
            "Who has not read them by then gets a mail, and when half of that time is left the "
            "office does, once a visit each. 0: nobody is mailed."
        ),
        hours,
    ),
    Option(
        "has_self_pickup",
        Group.ACCESS,
        _("Sitters pick up and return keys themselves"),
        _("Yes moves a key as soon as the sitter says so; No waits for the office to confirm."),
        yes_no,
    ),
    Option(
        "key_contact",
        Group.ACCESS,
        _("If a key is found"),
        _("Stands on the labels of keys and on the page behind them, like “Call 614-555-0100”."),
        key_contact,
    ),
    Option(
        "reveal_retention_days",
        Group.ACCESS,
        _("Openings of codes are kept for so many days"),
        _(
            "Older rows leave the home-access log, and what is not in it no longer counts under "
            "Codes to change. 0: they are kept for ever."
        ),
        whole_number(0, 9999, _("Say a whole number of days, from 0 (for ever) to 9999.")),
    ),
    Option(
        "reveal_hours_before",
        Group.ACCESS,
        _("Codes open to the sitter so many hours before a visit"),
        _("Earlier they open only in an emergency: with a reason, and the office is told."),
        hours,
    ),
    Option(
        "reveal_hours_after",
        Group.ACCESS,
        _("Codes stay open to the sitter so many hours after a visit"),
        _("Counted from the end of the visit as it was planned."),
        hours,
    ),
    Option(
        "is_reveal_step_up",
        Group.ACCESS,
        _("Staff enter their second factor to open codes"),
        _("Yes asks for it again when the last time was more than ten minutes ago."),
        yes_no,
    ),
    Option(
        "entry_confirm_months",
        Group.ACCESS,
        _("Ways into a home are confirmed every so many months"),
        _("The office is shown clients with a visit soon whose ways in nobody confirmed since."),
        whole_number(1, 60, _("Say a whole number of months, from 1 to 60.")),
    ),
    Option(
        "entry_check_days",
        Group.ACCESS,
        _("Ask clients whether locks and codes are unchanged after so many days without a visit"),
        _(
            "By mail, two days before the visit, and before a first one; a tap answers. "
            "0: nobody is asked."
        ),
        whole_number(0, 730, _("Say a whole number of days, from 0 (nobody is asked) to 730.")),
    ),
)
OPTIONS = {option.key: option for option in CATALOGUE}
