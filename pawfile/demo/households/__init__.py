"""The hand-written households, those with a sign-in first."""

from pawfile.demo.households.farther import FARTHER
from pawfile.demo.households.nearby import NEARBY
from pawfile.demo.households.newcomers import NEWCOMERS
from pawfile.demo.households.regulars import REGULARS
from pawfile.demo.households.sign_ins import WITH_SIGN_IN

HOUSEHOLDS = (*WITH_SIGN_IN, *REGULARS, *NEARBY, *FARTHER, *NEWCOMERS)
