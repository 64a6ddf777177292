from django.apps import AppConfig


class InvitesConfig(AppConfig):
    name = "pawfile.invites"
    label = "invites"
