"""Settings of the test suite: a fast hasher, folders that vanish, jobs run at once."""

import os
import tempfile

os.environ.setdefault("PAWFILE_DATA", tempfile.mkdtemp(prefix="pawfile-test-"))
os.environ.setdefault("SECRET_KEY", "tests only " * 6)

from pawfile.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ACCOUNT_RATE_LIMITS = False
