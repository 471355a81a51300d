"""Rows of the record are never changed in what is hashed, and deleted only once they were sealed away."""

from django.db import migrations

from accounts.triggers import freeze_events


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_accounts"), ("editions", "0002_frozen")]

    operations = [freeze_events()]
