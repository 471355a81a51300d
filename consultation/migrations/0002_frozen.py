"""The database itself refuses to change what a consultation wrote for ever.

Texts and names are left out where a person may have them erased; docs/adr/0051 says which and why.
"""

from django.db import migrations

from editions.triggers import freeze_table


class Migration(migrations.Migration):
    dependencies = [("consultation", "0001_initial"), ("editions", "0002_frozen")]

    operations = [
        freeze_table("consultation_periodchange"),
        freeze_table("consultation_declaration"),
        freeze_table("consultation_erasurerequest"),
        freeze_table("consultation_moderationevent", ["comment_id", "at", "source", "target", "role"]),
        freeze_table("consultation_report", ["process_id", "edition_id", "number", "created_at", "data", "sha256"]),
    ]
