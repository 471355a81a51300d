"""The database itself refuses to change or delete a version of an attachment; a person can be taken off it."""

from django.db import migrations

from editions.triggers import freeze_table

FROZEN_COLUMNS = ("attachment_id", "number", "file", "name", "content_type", "size", "sha256", "note", "at")


class Migration(migrations.Migration):
    dependencies = [("workflow", "0007_attachments")]

    operations = [freeze_table("workflow_attachmentversion", FROZEN_COLUMNS)]
