from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "pawfile.dashboard"
    label = "dashboard"
