from pawfile.invites.models.invite import Invite, InviteState

__all__ = ["Invite", "InviteState"]
