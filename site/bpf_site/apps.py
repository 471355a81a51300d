"""The project: settings, addresses, what belongs to no single room."""

from django.apps import AppConfig


class BpfSiteConfig(AppConfig):
    name = "bpf_site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from bpf_site import checks  # noqa: F401  registers them
        from bpf_site.monitoring import event_log, slow_queries
        from bpf_site.stored_pages.write_watcher import watch_connections
        from bpf_site.web import wagtail_link_chooser

        wagtail_link_chooser.take_as_empty()
        watch_connections()
        event_log.listen()
        slow_queries.listen()
