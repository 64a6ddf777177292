"""Clients: the households served."""

from collections.abc import Iterable
from typing import Any, Self, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.models import User
from pawfile.fields.registry import Field
from pawfile.history.models import FieldChange, Seen, TrackedRows
from pawfile.lib.columns import FoldedField, SecretField
from pawfile.lib.phones import e164
from pawfile.lib.text import fold
from pawfile.profiles.fields import CLIENT
from pawfile.profiles.models.profile import SORTED_BY, Profile, line, paragraph, yes_no
from pawfile.resources.models import Territory, Vet, territory_of_zip
from pawfile.search.lookup import matching
from pawfile.search.models import Word


class Status(models.TextChoices):
    PROSPECT = "Prospect", _("Prospect")
    ACTIVE = "Active", _("Active")
    INACTIVE = "Inactive", _("Inactive")


class Tag(models.Model):
    name = models.CharField(_("name"), max_length=100, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ClientQuerySet(TrackedRows, models.QuerySet["Client"]):
    def visible_to(self, user: User) -> Self:
        """The row gate: the clients this person may see.

        Administrators and managers see all; a sitter those of visits, past ones too and offers to
        anyone, and those naming him or her primary or secondary, all but the blocking; a client
        login the profiles it belongs to.
        """
        if not user.is_active:
            return self.none()
        if user.is_office:
            return self
        if user.is_sitter:
            return self.served_by(user).exclude(blocked_sitters=user)
        return self.homes_of(user)

    def homes_of(self, user: User) -> Self:
        """The profiles this login belongs to: a client's, and a staff member's own."""
        if not user.is_active:
            return self.none()
        return self.filter(pk__in=user.home_ids)

    def served_by(self, sitter: User) -> Self:
        """Clients with a visit this sitter may see, or naming him or her.

        A union, so that a database collects these few and does not try all clients.
        """
        visits: Any = Client._meta.get_field("visits").related_model
        clients = Client._base_manager
        known = visits.objects.visible_to(sitter).order_by().values("client")
        named = [
            clients.filter(**{key: sitter}).order_by().values("pk")
            for key in ("primary_sitter", "secondary_sitter")
        ]
        return self.filter(pk__in=known.union(*named))

    def naming(self, sitter: User) -> Self:
        """Clients of whom this is the primary or the secondary sitter."""
        return self.filter(Q(primary_sitter=sitter) | Q(secondary_sitter=sitter))

    def current(self) -> Self:
        """All but the Inactive."""
        return self.exclude(status=Status.INACTIVE)

    def with_links(self) -> Self:
        """With the rows they point at, in one query."""
        return self.select_related("vet", "primary_sitter", "secondary_sitter", "territory")

    def search(self, query: str, *, reader: User, keys: set[str] | None = None) -> Self:
        """Clients with every word of the query in a field this reader may see.

        ``keys`` are word keys: client fields by their key, pet fields as ``pet.name``.
        """
        words: models.QuerySet[ClientWord] = ClientWord.objects.all()
        if not reader.is_administrator:
            words = words.filter(is_for_administrators=False)
        return cast("Self", matching(self, words, query, keys=keys))


class Client(Profile):
    subject = CLIENT

    first_name = line()
    last_name = line()
    cell_phone = line()
    work_phone = line()
    home_phone = line()
    primary_phone = models.CharField(max_length=10, blank=True)
    email = models.CharField(max_length=254, blank=True)
    alternate_emails = models.JSONField(default=list, blank=True)
    partner_first_name = line()
    partner_last_name = line()
    partner_phone = line()
    partner_email = models.CharField(max_length=254, blank=True)
    communication_topics = models.JSONField(default=list, blank=True)

    street = line()
    street2 = line()
    city = line()
    state = line()
    zip_code = line()
    directions = paragraph()

    emergency_name = line()
    emergency_phone = line()
    emergency_relationship = line()
    emergency_has_key = yes_no()
    emergency2_name = line()
    emergency2_phone = line()
    emergency2_relationship = line()
    emergency2_has_key = yes_no()

    uses_keys = models.BooleanField(default=True)
    entry_instructions = paragraph()
    door_code = SecretField()
    lockbox_code = SecretField()
    gate_code = SecretField()
    garage_code = SecretField()
    has_alarm = yes_no()
    alarm_company = line()
    alarm_phone = line()
    alarm_panel_location = line()
    alarm_code = SecretField()
    alarm_password = SecretField()
    alarm_instructions = paragraph()
    others_with_access = paragraph()
    parking = paragraph()

    fence = models.CharField(max_length=20, blank=True)
    pool = models.CharField(max_length=20, blank=True)
    trash_days = models.JSONField(default=list, blank=True)
    trash_notes = paragraph()
    mail_notes = paragraph()
    plants = paragraph()
    lights = paragraph()
    thermostat = paragraph()
    wifi_name = line()
    wifi_password = SecretField()
    water_shutoff = line()
    breaker_box = line()
    cleaning_supplies = paragraph()
    house_notes = paragraph()

    vet = models.ForeignKey(
        Vet, null=True, blank=True, on_delete=models.PROTECT, related_name="clients"
    )
    primary_sitter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="primary_clients",
    )
    secondary_sitter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="secondary_clients",
    )
    blocked_sitters = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="blocking_clients"
    )
    sitter_notes = paragraph()

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROSPECT)
    territory = models.ForeignKey(
        Territory,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="clients",
        help_text=_("Empty: the territory of the zip code."),
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="clients")
    referral = line()
    office_notes = paragraph()

    logins = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="clients")
    phones_e164 = models.JSONField(
        default=dict, editable=False, help_text="Key → E.164, as understood when it was typed."
    )
    sort_name = FoldedField(max_length=1001, editable=False)

    objects = ClientQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "pk"]
        indexes = [
            models.Index(fields=["sort_name", "id"], name="client_by_name"),
            models.Index(fields=["status", "sort_name", "id"], name="client_by_status"),
            models.Index(fields=["zip_code", "id"], name="client_by_zip"),
            models.Index(fields=["created_at", "id"], name="client_by_creation"),
            models.Index(fields=["updated_at", "id"], name="client_by_update"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(first_name="") & ~Q(last_name=""), name="client_has_names"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="client_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("client_detail", args=[self.pk])

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def list_name(self) -> str:
        """Last name first, as lists are ordered."""
        return f"{self.last_name}, {self.first_name}"

    @property
    def is_inactive(self) -> bool:
        return self.status == Status.INACTIVE

    @property
    def territory_by_zip(self) -> Territory | None:
        """The territory of the zip code as it is now; ``fetch_names`` may have read it already."""
        zip_code, found = self.__dict__.get("_zip_territory", (None, None))
        if zip_code == self.zip_code:
            return cast("Territory | None", found)
        return territory_of_zip(self.zip_code) if self.zip_code else None

    @territory_by_zip.setter
    def territory_by_zip(self, found: Territory | None) -> None:
        self.__dict__["_zip_territory"] = (self.zip_code, found)

    def field_text(self, key: str | Field) -> str:
        is_territory = (key if isinstance(key, str) else key.key) == "territory"
        if is_territory and self.territory_id is None:
            found = self.territory_by_zip
            return _("{territory} (by zip)").format(territory=found) if found else ""
        return super().field_text(key)

    def set_sort_name(self) -> None:
        name = fold(f"{self.last_name.strip()} {self.first_name.strip()}")
        self.sort_name = name[:SORTED_BY]

    def understand_phones(self, keys: Iterable[str], *, region: str) -> None:
        """Keep the E.164 of these phones beside what was typed, where there is one."""
        for key in keys:
            self.phones_e164.pop(key, None)
            understood = e164(getattr(self, key), region)
            if understood:
                self.phones_e164[key] = understood

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_sort_name()
        super().save(*args, **kwargs)


class ClientChange(FieldChange):
    record = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="changes", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["record", "key", "changed_at", "changed_by", "id"],
                name="client_change_by_field",
            ),
            models.Index(fields=["record", "version"], name="client_change_by_save"),
            models.Index(fields=["record", "changed_at", "id"], name="client_change_by_time"),
            models.Index(
                fields=["id"],
                name="client_change_to_tick",
                condition=Q(is_by_client=True, ticked_at=None),
            ),
            models.Index(
                fields=["changed_at", "id"],
                name="client_change_by_client",
                condition=Q(is_by_client=True),
            ),
        ]


class ClientSeen(Seen):
    record = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="seen", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "reader", "key"], name="client_seen_once")
        ]


class ClientWord(Word):
    """A word a client is found by: of the client's own fields and of the pets'."""

    pk = models.CompositePrimaryKey("record_id", "word", "key")
    record = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="words", db_index=False
    )
    is_for_administrators = models.BooleanField(
        default=False, help_text="A word of an inactive pet."
    )

    class Meta:
        indexes = [models.Index(fields=["word", "record"], name="client_word")]


Client.change_model = ClientChange
ClientChange.seen_model = ClientSeen
