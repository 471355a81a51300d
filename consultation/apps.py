from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "consultation"
    verbose_name = "Consultation"

    def ready(self) -> None:
        from consultation import capabilities  # noqa: F401  (each registers itself with the workflow)
        from consultation.adoptions import occasions as _adoptions  # noqa: F401  (occasions too)
        from consultation.board import editor_panel  # noqa: F401  (a side panel of the editor)
        from consultation.comments import anchor_mapping
        from consultation.consensus import occasions as _consensus  # noqa: F401
        from consultation.consensus import services as consensus
        from consultation.notes import occasions as _notes  # noqa: F401
        from consultation.periods import services as periods
        from consultation.submissions import occasions as _submissions  # noqa: F401
        from consultation.suggestions import services as suggestions
        from consultation.workflow_extensions import (  # noqa: F401  (each registers itself with the workflow)
            followed_news,
            forum_evaluation,
            guards,
            history_entries,
            waiting_digest,
            waiting_tasks,
        )
        from editions.signals import edition_published
        from workflow.signals import moved

        edition_published.connect(anchor_mapping.follow_publication, dispatch_uid="consultation.map_targets")
        edition_published.connect(suggestions.follow_publication, dispatch_uid="consultation.suggestions")
        moved.connect(periods.follow_move, dispatch_uid="consultation.periods")
        moved.connect(consensus.follow_move, dispatch_uid="consultation.consensus")
