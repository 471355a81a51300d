"""People of a forum may lock a draft while they write it, as those of forums that are made from now on."""

from django.db import migrations


def may_lock(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    RoleGroup = apps.get_model("workflow", "RoleGroup")
    permission = Permission.objects.filter(content_type__app_label="wagtailcore", codename="lock_page").first()
    if permission is None:
        return  # a new database: permissions are made after all migrations, and there is no forum yet
    for row in RoleGroup.objects.exclude(page=None):
        GroupPagePermission.objects.get_or_create(group_id=row.group_id, page_id=row.page_id, permission=permission)


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0017_dates_of_every_year"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(may_lock, migrations.RunPython.noop)]
