from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "pawfile.resources"
    label = "resources"
