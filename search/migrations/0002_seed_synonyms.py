"""The synonyms that come with the project; editors change them from here on."""

from django.db import migrations

from search.tuning import stored_synonyms


def seed(apps, schema_editor):
    stored_synonyms.seed(apps.get_model("search", "Synonym"))


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
