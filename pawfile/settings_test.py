"""Settings of the test suite: a fast hasher, folders that vanish, jobs run at once."""

import atexit
import os
import shutil
import tempfile

os.environ["PAWFILE_DATA"] = tempfile.mkdtemp(prefix="pawfile-test-")
os.environ["SECRET_KEY"] = "tests only " * 6
atexit.register(shutil.rmtree, os.environ["PAWFILE_DATA"], ignore_errors=True)

from pawfile.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {
    **CACHES,  # noqa: F405
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
ACCOUNT_RATE_LIMITS = False
TRY_LIMITS = {}
# A thread of the live server waits for the browser's next request as long as the browser likes.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
