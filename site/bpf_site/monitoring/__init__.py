"""Whether everything works: heartbeats of processes and chores, health checks, metrics, the page of the Secretariat."""
