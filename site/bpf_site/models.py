"""Index of rows of the instance as a whole, for Django."""

from bpf_site.monitoring.models import Heartbeat

__all__ = ["Heartbeat"]
