from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "consultation"
    verbose_name = "Consultation"

    def ready(self) -> None:
        from consultation import (  # noqa: F401  (digests, guards, permissions and sources register themselves)
            consensus,
            digests,
            guards,
            mapping,
            periods,
            permissions,
            sources,
        )
        from editions.signals import edition_published
        from workflow.signals import moved

        edition_published.connect(mapping.follow_publication, dispatch_uid="consultation.map_targets")
        moved.connect(periods.follow_move, dispatch_uid="consultation.periods")
        moved.connect(consensus.follow_move, dispatch_uid="consultation.consensus")
