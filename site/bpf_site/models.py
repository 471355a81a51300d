"""Index of rows of the instance as a whole, for Django."""

from bpf_site.monitoring.models import Heartbeat
from bpf_site.stored_pages.models import Purge

__all__ = ["Heartbeat", "Purge"]
