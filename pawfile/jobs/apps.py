from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "pawfile.jobs"
    label = "jobs"
