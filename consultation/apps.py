from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "consultation"
    verbose_name = "Consultation"

    def ready(self) -> None:
        from consultation import guards, permissions, sources, waiting_digest  # noqa: F401  (digests, guards, permissions and sources register themselves)
        from consultation.adoptions import occasions as _adoptions  # noqa: F401  (occasions too)
        from consultation.comments import anchor_mapping
        from consultation.consensus import occasions as _consensus  # noqa: F401
        from consultation.consensus import services as consensus
        from consultation.periods import services as periods
        from consultation.submissions import occasions as _submissions  # noqa: F401
        from editions.signals import edition_published
        from workflow.signals import moved

        edition_published.connect(anchor_mapping.follow_publication, dispatch_uid="consultation.map_targets")
        moved.connect(periods.follow_move, dispatch_uid="consultation.periods")
        moved.connect(consensus.follow_move, dispatch_uid="consultation.consensus")
