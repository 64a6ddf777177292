from django.apps import AppConfig
from django.core.checks import register


class AccountsConfig(AppConfig):
    name = "pawfile.accounts"
    label = "accounts"

    def ready(self) -> None:
        from pawfile.accounts.checks import views_declare_who_may_call

        register(views_declare_who_may_call)
