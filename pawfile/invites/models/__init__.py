from pawfile.invites.models.agreement import Agreement, Consent
from pawfile.invites.models.double import Answer, LikelyDouble
from pawfile.invites.models.invite import Invite, InviteState
from pawfile.invites.models.registration import PendingRegistration, Registration
from pawfile.invites.models.start import GuidedStart, Step

__all__ = [
    "Agreement",
    "Answer",
    "Consent",
    "GuidedStart",
    "Invite",
    "InviteState",
    "LikelyDouble",
    "PendingRegistration",
    "Registration",
    "Step",
]
