from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "pawfile.activity"
    label = "activity"
