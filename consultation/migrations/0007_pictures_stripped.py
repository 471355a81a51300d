"""Whether a file of a comment was looked at for what stands beside the pixels: those before are, by the clock."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0006_suggestions_and_notes"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="is_stripped",
            field=models.BooleanField(null=True),
        ),
    ]
