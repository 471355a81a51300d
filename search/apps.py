from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search import files, receivers  # noqa: F401
        from workflow import attachments
        from workflow.roles import MODEL_PERMISSIONS

        if files.standing not in attachments.describers:
            attachments.describers.append(files.standing)
        for model in ("synonym", "recommendation"):
            for verb in ("add", "change", "delete"):
                if (name := f"search.{verb}_{model}") not in MODEL_PERMISSIONS:
                    MODEL_PERMISSIONS.append(name)
