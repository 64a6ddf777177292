"""The product's settings, with the yardsticks beside its pages."""

from pawfile.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
# Counted as in a company, but nobody is shut out.
TRY_LIMITS = {**TRY_LIMITS, "reveal": {"account": "100000/s"}}  # noqa: F405
