"""Notices and followers go to the room `mail`, which keeps one outbox for all rooms (docs/adr/0080).

Followers keep their numbers: what they were told is named by them. The way back leaves the former tables empty.
"""

from itertools import islice

from django.core.management.color import no_style
from django.db import migrations

BATCH = 500
GIVEN_UP = 8
OWNERS = ("submission", "subscription", "adoption", "challenge")


def carry_over(apps, schema_editor):
    alias = schema_editor.connection.alias
    Subscription, Message = apps.get_model("mail", "Subscription"), apps.get_model("mail", "Message")
    followers = _rows(apps, "Subscription", alias)
    while rows := [_subscription(Subscription, follower) for follower in islice(followers, BATCH)]:
        Subscription.objects.using(alias).bulk_create(rows)
    notices = _rows(apps, "Notice", alias)
    while rows := [_message(Message, notice) for notice in islice(notices, BATCH)]:
        Message.objects.using(alias).bulk_create(row for row in rows if row.owner_type)
    with schema_editor.connection.cursor() as cursor:
        for statement in schema_editor.connection.ops.sequence_reset_sql(no_style(), [Subscription]):
            cursor.execute(statement)


def _rows(apps, name, alias):
    return apps.get_model("consultation", name).objects.using(alias).order_by("pk").iterator(BATCH)


def _subscription(Subscription, follower):
    same = ("pk", "email", "language", "secret", "created_at", "confirmed_at", "ended_at")
    return Subscription(kind="follow", topic=follower.series, **{name: getattr(follower, name) for name in same})


def _message(Message, notice):
    owner = next((name for name in OWNERS if getattr(notice, f"{name}_id")), "")
    given_up = notice.sent_at is None and notice.attempts >= GIVEN_UP
    return Message(
        key=notice.key,
        occasion=notice.kind,
        owner_type=owner,
        owner_id=getattr(notice, f"{owner}_id") if owner else None,
        facts=notice.facts,
        created_at=notice.created_at,
        ready_at=None if given_up else notice.not_before,
        asked_at=notice.sent_at if notice.kind.startswith("confirm") else None,
        sent_at=notice.sent_at,
        attempts=notice.attempts,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("consultation", "0003_calls_on_sections_files_and_challenges"),
        ("workflow", "0012_outbox"),
        ("mail", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="Notice"),
        migrations.DeleteModel(name="Subscription"),
    ]
