"""The database itself refuses to change or delete a log row; a person's account and name can be taken off it."""

from django.db import migrations

from editions.triggers import freeze_table

FROZEN_COLUMNS = (
    "process_id", "series", "ordinal", "name", "source", "target", "by_seal", "role", "in_stead", "at", "reason",
    "edition_id", "edition_hash", "overridden", "data", "previous_hash", "hash",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]

    operations = [freeze_table("workflow_transitionlog", FROZEN_COLUMNS)]
