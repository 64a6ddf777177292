"""The product's settings, with the yardsticks beside its pages."""

from pawfile.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
