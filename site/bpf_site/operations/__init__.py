"""Running an instance: processes, scheduler, health, copying the database, first account."""
