from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import checks  # noqa: F401  (registers itself)
        from accounts.changes import receivers as changes
        from accounts.events import receivers as events
        from accounts.events import refusals
        from accounts.notices import services as notices
        from accounts.open_sessions import services as open_sessions
        from accounts.reauthentication import services as reauthentication

        reauthentication.connect()
        events.connect()
        open_sessions.connect()
        changes.connect()
        notices.register()
        refusals.note_wagtails()
