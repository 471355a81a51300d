"""Search alerts become subscriptions of the room `mail` (docs/adr/0080).

Followers of documents have taken the numbers of that table; links in mails already sent sign the number that an alert
had, so it is kept in its state. The way back leaves the former table empty.
"""

import secrets
from itertools import islice

from django.db import migrations

BATCH = 500


def carry_over(apps, schema_editor):
    alias = schema_editor.connection.alias
    Subscription = apps.get_model("mail", "Subscription")
    alerts = apps.get_model("search", "Alert").objects.using(alias).order_by("pk").iterator(BATCH)
    while rows := [_subscription(Subscription, alert) for alert in islice(alerts, BATCH)]:
        Subscription.objects.using(alias).bulk_create(rows)


def _subscription(Subscription, alert):
    return Subscription(
        kind="alert",
        email=alert.email,
        topic=alert.address,
        language=alert.language,
        secret=secrets.token_urlsafe(16),
        created_at=alert.created_at,
        confirmed_at=alert.confirmed_at,
        mailed_at=alert.mailed_at,
        state={"told": alert.told, "number": alert.pk},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_text_of_attached_files"),
        ("consultation", "0004_outbox"),
        ("mail", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="Alert"),
    ]
