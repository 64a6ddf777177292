from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "pawfile.access"
    label = "access"
