from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "luukku.accounts"

    def ready(self) -> None:
        from luukku.accounts import mails

        mails.register()
