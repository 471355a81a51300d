from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "workflow"
    verbose_name = "Workflow"

    def ready(self) -> None:
        from workflow import admin, checks, due, editor, guards  # noqa: F401
        from workflow.signals import moved

        moved.connect(admin.note_in_page_history, dispatch_uid="workflow.note_in_page_history")
        moved.connect(due.follow_move, dispatch_uid="workflow.due.follow_move")
        editor.add_readiness_to_editor()
