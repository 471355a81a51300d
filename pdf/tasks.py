"""An index of background tasks: rows of the queue name them by this path."""

from pdf.printing.tasks import print_one, print_volume  # noqa: F401
