from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "files"
    verbose_name = "Files"

    def ready(self) -> None:
        from files.images import wagtail_patches

        wagtail_patches.decode_in_children()
