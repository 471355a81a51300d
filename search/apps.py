from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search.alerts import services as _alerts  # noqa: F401  (occasions of mail register themselves)
        from search.attached_files import editor_notes
        from search.indexing import receivers  # noqa: F401
        from workflow.access.role_holders import MODEL_PERMISSIONS
        from workflow.attachments import services as attachments

        if editor_notes.standing not in attachments.describers:
            attachments.describers.append(editor_notes.standing)
        for model in ("synonym", "recommendation"):
            for verb in ("add", "change", "delete"):
                if (name := f"search.{verb}_{model}") not in MODEL_PERMISSIONS:
                    MODEL_PERMISSIONS.append(name)
