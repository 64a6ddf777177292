"""The one settings file. Everything that differs between installations comes from the environment.

``PAWFILE_DATA``      folder of database, uploads, keys (default ``./data``)
``DATABASE_URL``      PostgreSQL; without it an SQLite file in the data folder
``SECRET_KEY``        without it a key made once in the data folder
``ALLOWED_HOSTS``     comma separated; default: this machine only
``CSRF_TRUSTED_ORIGINS``  comma separated, with scheme, when behind a proxy
``PAWFILE_URL``       address of the book for links in mails of the worker
``PAWFILE_HTTPS``     on when a proxy in front speaks HTTPS: secure cookies, HSTS
``ALLAUTH_TRUSTED_PROXY_COUNT``  how many proxies of ours add to X-Forwarded-For; default 0
``EMAIL_HOST`` …      SMTP; without it mails wait in the outbox, see the Email log
``PAWFILE_DEBUG``     Django's debug pages; ``pawfile serve`` refuses it for a real company
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from pawfile.lib import config

PACKAGE = Path(__file__).parent
DATA = config.data_folder()
DEBUG = config.switch("PAWFILE_DEBUG")
HTTPS = config.switch("PAWFILE_HTTPS")
SECRET_KEY = config.secret_key(DATA)
ALLOWED_HOSTS = config.words("ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = config.words("CSRF_TRUSTED_ORIGINS")
SITE_URL = config.site_url(ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS, is_https=HTTPS)

INSTALLED_APPS = [
    "pawfile.dashboard",
    "pawfile.people",
    "pawfile.doubles",
    "pawfile.imports",
    "pawfile.exports",
    "pawfile.invites",
    "pawfile.messaging",
    "pawfile.access",
    "pawfile.schedule",
    "pawfile.profiles",
    "pawfile.resources",
    "pawfile.fields",
    "pawfile.history",
    "pawfile.search",
    "pawfile.mail",
    "pawfile.options",
    "pawfile.jobs",
    "pawfile.activity",
    "pawfile.accounts",
    "pawfile.lib",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pawfile.people.middleware.ViewAsClientMiddleware",
    "pawfile.options.middleware.CompanyMiddleware",
    "pawfile.accounts.middleware.NotAllowedMiddleware",
    "pawfile.accounts.middleware.SecondFactorMiddleware",
    "pawfile.accounts.limits.TriesMiddleware",
    "pawfile.doubles.middleware.MergedMiddleware",
]

ROOT_URLCONF = "pawfile.urls"
WSGI_APPLICATION = "pawfile.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pawfile.dashboard.navigation.navigation",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "pawfile.lib.templatetags.components",
            ],
        },
    },
]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'pawfile.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS

CACHES = {
    "default": {
        "BACKEND": "pawfile.accounts.cache.CounterCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # What the templates keep with {% cache %}, in the memory of each process: a pure function of
    # what the tag names, so it needs no end.
    "template_fragments": {
        "BACKEND": f"django.core.cache.backends.{'dummy.Dummy' if DEBUG else 'locmem.LocMem'}Cache",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}
TASKS = {"default": {"BACKEND": "pawfile.jobs.backend.LeasedBackend"}}

# Sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["pawfile.accounts.backend.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "pawfile.mail.adapter.OutboxAccountAdapter"
ACCOUNT_FORMS = {
    "login": "pawfile.accounts.forms.SignInForm",
    "add_email": "pawfile.accounts.forms.AddressForm",
    "reset_password": "pawfile.people.resets.ResetForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever loses a password to somebody else hears of it
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "pawfile.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Who is signed in has a proven address already; a new one may wait for its proof beside it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

# Limits against guessing (accounts/limits.py, docs/adr/0009): tries of a browser that has signed in
# to the account before, and of all such browsers; else of an account from an address, of an account
# from everywhere, and of an address. A right answer is given back at sign-in and second factor.
TRY_LIMITS = {
    "sign_in": {
        "browser": "10/15m",
        "browsers": "60/h",
        "both": "10/15m",
        "account": "30/h",
        "address": "100/15m",
    },
    "second_factor": {
        "browser": "10/h",
        "browsers": "30/h",
        "both": "10/h",
        "account": "20/h",
        "address": "100/15m",
    },
    "reset": {"account": "3/h", "address": "60/h"},
    "registration": {"account": "5/h", "address": "60/h"},
    "code": {"both": "20/h", "address": "60/h"},
    "calendar": {"address": "100/15m"},
    # No guessing, but reading the whole book: codes that one user opens.
    "reveal": {"account": "30/h"},
    "entry": {"address": "100/15m"},
}
MFA_FORMS = {
    "add_webauthn": "pawfile.accounts.passkeys.AddForm",
    "authenticate_webauthn": "pawfile.accounts.passkeys.AuthenticateForm",
    "login_webauthn": "pawfile.accounts.passkeys.SignInForm",
    "reauthenticate_webauthn": "pawfile.accounts.passkeys.AgainForm",
    "edit_webauthn": "pawfile.accounts.passkeys.RenameForm",
    "authenticate": "pawfile.accounts.second_factor.CodeForm",
    "reauthenticate": "pawfile.accounts.second_factor.CodeAgainForm",
}
# The library's own, where ours count.
ACCOUNT_RATE_LIMITS: dict[str, None] | bool = dict.fromkeys(
    ["login", "login_failed", "reauthenticate", "reset_password", "signup"]
)
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("ALLAUTH_TRUSTED_PROXY_COUNT") or "0")

# Mail
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = config.switch("EMAIL_USE_SSL")
EMAIL_USE_TLS = config.switch("EMAIL_USE_TLS", default=not EMAIL_USE_SSL)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = "pawfile.mail.smtp.SmtpBackend"
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Pawfile <pawfile@localhost>")

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
MEDIA_ROOT = DATA / "uploads"
VAULT_KEYS_FILE = DATA / "keys" / "vault.keys"
VAULT_KEYS = os.environ.get("PAWFILE_VAULT_KEYS")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "pawfile.lib.stylesheet.JoinedSheetStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Words and dates
LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", _("English"))]
TIME_ZONE = "UTC"
USE_TZ = True

# Safety
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "pawfile.lib.logs.DiscreetFormatter",
            "fmt": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
