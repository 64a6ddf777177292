"""Users: one row per person who signs in, staff and client logins alike."""

from copy import copy
from typing import Any, ClassVar, Self

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.menu import brought_along


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    MANAGER = "manager", _("Manager")
    SITTER = "sitter", _("Sitter")
    CLIENT = "client", _("Client")


STAFF = (Role.ADMINISTRATOR, Role.MANAGER, Role.SITTER)
OFFICE = (Role.ADMINISTRATOR, Role.MANAGER)


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> Self:
        """Administrators see everybody, all others themselves."""
        if user.is_administrator and user.is_active:
            return self
        return self.filter(pk=user.pk)

    def staff(self) -> Self:
        return self.filter(role__in=STAFF)

    def client_logins(self) -> Self:
        return self.filter(role=Role.CLIENT)

    def with_homes_known(self) -> Self:
        """With ``has_homes``, so that asking it later costs no query."""
        joined = User.clients.through.objects.filter(user=OuterRef("pk"))
        return self.annotate(has_homes=Exists(joined))

    def signed_in(self) -> Self:
        """With all that the menu of every page says of them, so that it costs no query."""
        return self.with_homes_known().annotate(**brought_along())

    def with_proofs_known(self) -> Self:
        """With ``has_factor`` and ``is_confirmed`` (the address), for lists."""
        factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type="recovery_codes")
        own = {"user": OuterRef("pk"), "email": OuterRef("email"), "verified": True}
        confirmed = EmailAddress.objects.filter(**own)
        return self.annotate(has_factor=Exists(factors), is_confirmed=Exists(confirmed))

    def active(self) -> Self:
        return self.filter(is_active=True)

    def sitters(self) -> Self:
        """Whom a client can have as a sitter: active sitters, by name."""
        return self.filter(role=Role.SITTER, is_active=True).order_by("name", "pk")


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, user: "User") -> UserQuerySet:
        return self.get_queryset().visible_to(user)

    def active(self) -> UserQuerySet:
        return self.get_queryset().active()

    def sitters(self) -> UserQuerySet:
        return self.get_queryset().sitters()

    @transaction.atomic
    def create_user(
        self,
        email: str,
        password: str | None = None,
        *,
        is_email_verified: bool = True,
        **fields: Any,
    ) -> "User":
        """Make a user; without a password the account cannot sign in until it is reset, and
        without a verified address not until the link in the mail was followed."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        EmailAddress.objects.create(
            user=user, email=user.email, primary=True, verified=is_email_verified
        )
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class ClientView(models.TextChoices):
    """How a person looks at Client Profiles; remembered, also after signing out."""

    TABLE = "table", _("Table view")
    PROFILE = "profile", _("Profile view")


class User(AbstractBaseUser):
    email = models.EmailField(_("e-mail"), unique=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.CLIENT)
    name = models.CharField(_("name"), max_length=200)
    nickname = models.CharField(_("nickname"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    client_view = models.CharField(
        max_length=10, choices=ClientView.choices, default=ClientView.TABLE
    )
    client_columns = models.JSONField(
        default=list,
        blank=True,
        help_text="Keys of the columns chosen for the client table; empty for the usual ones.",
    )
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    #: The company's options as this request read them, put here by the app that owns them.
    site_options: Any = None
    #: The administrator who looks at the book with this person's eyes, as long as it lasts.
    viewed_by: "User | None" = None
    #: Conversations with something unread, as the signed-in user brings it along.
    unread_count: int = 0

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="user_role_known"
            ),
        ]
        indexes = [
            models.Index(fields=["role", "is_active", "name"], name="user_by_role"),
            models.Index(fields=["role", "name", "id"], name="user_by_role_and_name"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def actor(self) -> "User":
        """Who really acts: the administrator while one views as this person."""
        return self.viewed_by or self

    @property
    def has_second_factor(self) -> bool:
        """An authenticator app or a passkey; recovery codes only stand in for one."""
        return self.factors.exclude(type="recovery_codes").exists()

    @property
    def factors(self) -> "models.QuerySet[Any]":
        """The sign-in library's rows: authenticator app, passkeys, recovery codes."""
        return Authenticator.objects.filter(user=self)  # type: ignore[no-any-return]

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def is_office(self) -> bool:
        """Administrators and managers: those who see every client."""
        return self.role in OFFICE

    @property
    def is_sitter(self) -> bool:
        return self.role == Role.SITTER

    @property
    def is_client(self) -> bool:
        return self.role == Role.CLIENT

    @cached_property
    def has_homes(self) -> bool:
        """Whether the login belongs to a client: staff can be clients too. The signed-in user
        brings the answer along (see ``backend.py``)."""
        return self.clients.exists()

    @cached_property
    def home_ids(self) -> "models.QuerySet[Any, Any]":
        """The ids of the clients this login belongs to, for row gates: they ask several times for
        a page. A part of their statements, never read by itself."""
        return self.clients.through.objects.filter(user=self).values("client")

    def as_client(self) -> "User":
        """The same person at home, with a client's rights. Only to read with, never to save."""
        found = copy(self)
        found.role = Role.CLIENT
        found.__dict__.pop("_policies", None)
        return found


class Door(models.TextChoices):
    """Where somebody can guess."""

    SIGN_IN = "sign_in", _("Sign-in")
    SECOND_FACTOR = "second_factor", _("Second factor")
    RESET = "reset", _("New password by mail")
    REGISTRATION = "registration", _("Registration")
    CODE = "code", _("Invite code")
    CALENDAR = "calendar", _("Calendar address")
    REVEAL = "reveal", _("Opening codes")
    ENTRY = "entry", _("Link about locks and codes")


class LockoutQuerySet(models.QuerySet["Lockout"]):
    def visible_to(self, user: User) -> Self:
        """Administrators see who is shut out at the moment, and can let them in."""
        return self.filter(opens_at__gt=timezone.now()) if user.is_administrator else self.none()


class Lockout(models.Model):
    """Somebody tried too often. Made only then; the counters themselves are in the cache."""

    counter = models.CharField(max_length=250, unique=True, help_text="Its key in the cache.")
    door = models.CharField(max_length=20, choices=Door.choices)
    account = models.CharField(
        max_length=254, blank=True, help_text="The address that was typed; perhaps no account."
    )
    address = models.CharField(max_length=45, blank=True, help_text="IP address or IPv6 network.")
    shut_at = models.DateTimeField()
    opens_at = models.DateTimeField()

    objects = LockoutQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["opens_at", "id"], name="lockout_by_end"),
            models.Index(fields=["account"], name="lockout_by_account"),
        ]

    def __str__(self) -> str:
        return " · ".join(filter(None, [self.account, self.address]))
