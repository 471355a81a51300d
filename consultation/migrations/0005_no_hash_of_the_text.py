"""Submissions no longer keep a hash of sender and text: it named the sending of one person for that of another."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0004_outbox"),
    ]

    operations = [
        # The way back fills the column anew, which a column without a default would refuse.
        migrations.AlterField(
            model_name="submission",
            name="content_hash",
            field=models.CharField(max_length=64, db_index=True, default=""),
        ),
        migrations.RemoveField(model_name="submission", name="content_hash"),
    ]
