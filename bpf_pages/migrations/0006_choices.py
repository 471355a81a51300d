"""Choices of editors beside what was read, and readings that say where a stretch stood."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_their_places(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Readings of before: their texts are one block, and where a stretch stood was not kept."""
    for imported in apps.get_model("bpf_pages", "ImportedFile").objects.exclude(reading={}).iterator(chunk_size=20):
        reading = imported.reading
        for part in reading.get("parts", ()):
            if part["kind"] == "Text":
                part.setdefault("starts", [0])
        reading["left_out"] = [
            {"reason": left[0], "text": left[1], "place": left[2], "part": None, "at": 0, "whole": len(left[1]) < 2_000}
            for left in reading.get("left_out", ())
        ]
        imported.save(update_fields=["reading"])


class Migration(migrations.Migration):
    dependencies = [("bpf_pages", "0005_catalogues")]

    operations = [
        migrations.AddField("importedfile", "choices", models.JSONField(default=dict)),
        migrations.RunPython(name_their_places, migrations.RunPython.noop),
    ]
