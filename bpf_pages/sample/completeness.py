"""What other rooms may ask of this one."""

from django.conf import settings

from bpf_pages.sample.catalogue import read_catalogue
from editions.models import Edition


def library_is_loaded() -> bool:
    """Whether every listed output of the sample library, and the overview of 2014, was published here."""
    outputs = sum(len(record.outputs) for record in read_catalogue(settings.LIBRARY_DATA).records)
    return Edition.objects.filter(number=1, metadata__recorded=True).count() >= outputs
