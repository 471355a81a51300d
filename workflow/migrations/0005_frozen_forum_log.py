"""The database itself refuses to change or delete a row of a forum's log, as it does for the documents' log."""

from django.db import migrations

from editions.triggers import freeze_table

FROZEN_COLUMNS = ("forum_id", "ordinal", "name", "source", "target", "role", "in_stead", "at", "reason")


class Migration(migrations.Migration):
    dependencies = [("workflow", "0004_forums")]

    operations = [freeze_table("workflow_forumlog", FROZEN_COLUMNS)]
