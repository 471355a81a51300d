from django.apps import AppConfig


class BpfPagesConfig(AppConfig):
    name = "bpf_pages"

    def ready(self) -> None:
        from bpf_pages.beginnings import path_steps  # noqa: F401  (registers itself with the workflow)
        from bpf_pages.tree.menus import forum_names, theme_names
        from search.facets.choices import NAMES_IN_LANGUAGES
        from workflow.access.role_holders import MODEL_PERMISSIONS

        NAMES_IN_LANGUAGES["theme"] = theme_names
        NAMES_IN_LANGUAGES["forum"] = forum_names

        for verb in ("view", "change"):  # rows are made and checked by check_links alone
            if (name := f"bpf_pages.{verb}_outsidelink") not in MODEL_PERMISSIONS:
                MODEL_PERMISSIONS.append(name)
