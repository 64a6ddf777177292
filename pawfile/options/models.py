"""Site Options: what the company decided, one row."""

import uuid
import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SHIPPED_ANIMALS = (
    "Dog", "Cat", "Bird", "Rabbit", "Small mammal", "Fish", "Reptile", "Horse", "Farm animal",
    "Other",
)  # fmt: skip


def shipped_animals() -> list[str]:
    return list(SHIPPED_ANIMALS)


def check_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(gettext("“%s” is no time zone; say it like America/New_York.") % name)


class ChangeWindow(models.IntegerChoices):
    """How long a change is marked on the profile, in days; 0 is for ever."""

    MONTH = 30, _("30 days")
    QUARTER = 90, _("90 days")
    YEAR = 365, _("365 days")
    ALWAYS = 0, _("Always")


class ChangeMails(models.TextChoices):
    """When the office hears by mail of what clients changed."""

    NEVER = "never", _("Never")
    DAILY = "daily", _("Once a day, at the processing hour")
    AT_ONCE = "at_once", _("Soon after, several in one")


class SiteOptions(models.Model):
    company_name = models.CharField(_("company name"), max_length=200, default="Pawfile")
    is_demo = models.BooleanField(
        default=False, editable=False, help_text=_("A company of invented people.")
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="America/New_York", validators=[check_time_zone]
    )
    phone_region = models.CharField(
        _("phone region"),
        max_length=2,
        default="US",
        help_text=_("The country that numbers without a country code belong to."),
    )
    change_window = models.PositiveSmallIntegerField(
        _("mark changes for"), choices=ChangeWindow.choices, default=ChangeWindow.QUARTER
    )
    has_sitter_editing = models.BooleanField(
        _("sitters can update clients and pets"), default=False
    )
    change_mails = models.CharField(
        _("mails about what clients changed"),
        max_length=10,
        choices=ChangeMails.choices,
        default=ChangeMails.NEVER,
    )
    has_staff_names_for_clients = models.BooleanField(
        _("clients see which staff member changed something"), default=False
    )
    has_visible_sitters = models.BooleanField(_("clients can see sitters"), default=False)
    has_registration = models.BooleanField(_("registration without an invite"), default=True)
    registration_zips = models.TextField(_("zip codes of registration"), blank=True)
    agreement_text = models.TextField(_("agreement"), blank=True)
    invite_days = models.PositiveSmallIntegerField(_("invites work for"), default=14)
    is_second_factor_required = models.BooleanField(_("staff need a second factor"), default=False)
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    lookahead_days = models.PositiveSmallIntegerField(_("look-ahead"), default=60)
    blocked_dates = models.TextField(_("blocked dates"), blank=True)
    last_minute_hours = models.PositiveSmallIntegerField(_("shortest notice"), default=0)
    has_acceptance = models.BooleanField(_("sitters accept or decline"), default=True)
    has_same_day_cancel = models.BooleanField(_("clients cancel on the same day"), default=True)
    has_reviews_before_requests = models.BooleanField(_("requests wait for reviews"), default=False)
    processing_hour = models.PositiveSmallIntegerField(_("processing hour"), default=18)
    has_confirmation_mails = models.BooleanField(_("clients get confirmations"), default=True)
    has_list_mails = models.BooleanField(_("sitters get tomorrow's list"), default=True)
    has_assign_mails = models.BooleanField(_("sitters get assigned visits by mail"), default=True)
    has_moved_mails = models.BooleanField(_("sitters get moved visits by mail"), default=True)
    has_key_notices = models.BooleanField(_("key notices"), default=True)
    unread_deadline_hours = models.PositiveSmallIntegerField(_("changes are read"), default=12)
    has_manager_export = models.BooleanField(_("managers can export lists"), default=False)
    has_self_pickup = models.BooleanField(_("sitters take keys themselves"), default=False)
    key_contact = models.CharField(_("on the label of a key"), max_length=200, blank=True)
    reveal_retention_days = models.PositiveSmallIntegerField(_("openings are kept for"), default=0)
    reveal_hours_before = models.PositiveSmallIntegerField(_("codes open before"), default=24)
    reveal_hours_after = models.PositiveSmallIntegerField(_("codes open after"), default=3)
    is_reveal_step_up = models.BooleanField(_("codes ask for the second factor"), default=False)
    entry_confirm_months = models.PositiveSmallIntegerField(_("ways in are confirmed"), default=6)
    entry_check_days = models.PositiveSmallIntegerField(_("clients are asked after"), default=90)
    file_megabytes = models.PositiveSmallIntegerField(_("largest file"), default=25)
    animals = models.JSONField(_("kinds of animals"), default=shipped_animals)
    fields_version = models.CharField(
        max_length=32,
        blank=True,
        editable=False,
        help_text="Another one after each change to the fields of clients and pets.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="site_options_one_row"),
        ]

    def __str__(self) -> str:
        return self.company_name

    @classmethod
    def load(cls) -> "SiteOptions":
        """The one row; made with the defaults when it is not there yet."""
        rows = SiteOptions.objects
        return rows.filter(pk=1).first() or rows.get_or_create(pk=1)[0]

    @classmethod
    def current_fields_version(cls) -> str:
        """The version alone, without making the row; "" as long as nobody changed a field."""
        return SiteOptions.objects.values_list("fields_version", flat=True).first() or ""

    @classmethod
    def renew_fields(cls) -> None:
        """Say that the fields of clients and pets are changing: a version nobody had before.

        Never a count: one that was rolled back would come again with other fields.
        """
        rows = SiteOptions.objects
        if not rows.filter(pk=1).update(fields_version=uuid.uuid4().hex):
            rows.get_or_create(pk=1, defaults={"fields_version": uuid.uuid4().hex})

    @classmethod
    def locked(cls) -> "SiteOptions":
        """The one row, nobody else's to change until the transaction ends."""
        return SiteOptions.objects.select_for_update().get_or_create(pk=1)[0]
