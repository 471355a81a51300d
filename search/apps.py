from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search import files, receivers  # noqa: F401
        from workflow import attachments

        if files.standing not in attachments.describers:
            attachments.describers.append(files.standing)
