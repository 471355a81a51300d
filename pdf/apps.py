from django.apps import AppConfig


class PdfConfig(AppConfig):
    name = "pdf"
    verbose_name = "Printing"

    def ready(self) -> None:
        from django.conf import settings

        from pdf.printing import guards, receivers  # noqa: F401
        from pdf.text import typefaces

        typefaces.use_folder(settings.FONT_FOLDER)
