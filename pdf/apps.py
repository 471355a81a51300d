from django.apps import AppConfig


class PdfConfig(AppConfig):
    name = "pdf"
    verbose_name = "Printing"

    def ready(self) -> None:
        from pdf.printing import guards, receivers  # noqa: F401
