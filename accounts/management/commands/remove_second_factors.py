"""`manage.py remove_second_factors NAME`: for the last secretary who lost theirs."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from accounts.factors.services import remove_all


class Command(BaseCommand):
    help = "Remove all second factors of an account; it is told by mail, and the record says so."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("name", help="user name of the account")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        users = get_user_model()
        user = users.objects.filter(**{users.USERNAME_FIELD: name}).first()
        if user is None:
            raise CommandError(f"there is no account of the name {name}")
        self.stdout.write(f"{remove_all(user)} second factors of {name} were removed")
