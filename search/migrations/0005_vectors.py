"""Vectors of editions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0004_outbox")]

    operations = [
        migrations.CreateModel(
            name="EditionVectors",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.CharField(max_length=120)),
                ("model", models.CharField(max_length=80)),
                ("anchors", models.JSONField(default=list)),
                ("vectors", models.BinaryField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["model", "edition"], name="vectors_of_an_edition_once")
                ],
            },
        ),
    ]
