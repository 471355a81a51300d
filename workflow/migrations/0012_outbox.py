"""Notices, wishes and wordings go to the room `mail`, which keeps one outbox for all rooms (docs/adr/0080).

Notices keep their numbers: their Message-IDs are made of them. The way back leaves the former tables empty.
"""

from itertools import islice

from django.core.management.color import no_style
from django.db import migrations

BATCH = 500


def carry_over(apps, schema_editor):
    alias = schema_editor.connection.alias
    get = apps.get_model
    for row in get("workflow", "NoticePreference").objects.using(alias):
        get("mail", "Preference").objects.using(alias).create(user_id=row.user_id, mode=row.mode)
    wordings = get("mail", "Wording").objects.using(alias)
    for row in get("workflow", "NoticeWording").objects.using(alias):
        texts = {name: getattr(row, name) for name in ("subject", "body", "list_subject", "list_body")}
        made = wordings.create(occasion=row.event, changed_by_id=row.changed_by_id, **texts)
        wordings.filter(pk=made.pk).update(changed_at=row.changed_at)  # creating it set another
    Message = get("mail", "Message")
    notices = get("workflow", "Notice").objects.using(alias).order_by("pk").iterator(BATCH)
    while rows := [_message(Message, notice) for notice in islice(notices, BATCH)]:
        Message.objects.using(alias).bulk_create(rows)
    with schema_editor.connection.cursor() as cursor:
        for statement in schema_editor.connection.ops.sequence_reset_sql(no_style(), [Message]):
            cursor.execute(statement)


def _message(Message, notice):
    same = (
        "pk", "key", "user_id", "list_address", "list_archive", "subject", "body", "for_digest", "created_at",
        "ready_at", "sent_at", "attempts", "error",
    )  # fmt: skip
    about = f"process:{notice.process_id}" if notice.process_id else ""
    return Message(occasion=notice.event, about=about, **{name: getattr(notice, name) for name in same})


class Migration(migrations.Migration):
    dependencies = [("workflow", "0011_files_of_removed_drafts"), ("mail", "0001_initial")]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="Notice"),
        migrations.DeleteModel(name="NoticePreference"),
        migrations.DeleteModel(name="NoticeWording"),
    ]
