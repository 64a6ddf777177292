from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "pawfile.schedule"
    label = "schedule"
