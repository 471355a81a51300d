"""The database itself refuses to change what an edition froze."""

from django.db import migrations

from editions.models import FROZEN_FIELDS
from editions.triggers import freeze_table


class Migration(migrations.Migration):
    dependencies = [("editions", "0001_initial")]

    operations = [
        freeze_table("editions_edition", FROZEN_FIELDS),
        freeze_table("editions_passage"),
    ]
