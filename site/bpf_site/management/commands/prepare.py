"""Bring an installation up to date before its processes start (docs/operators/install.md). May be repeated."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.invitations.services import open_account
from bpf_site.operations.first_account import is_taken_care_of
from bpf_site.operations.preparing import prepare
from workflow.access.role_holders import ensure_secretariat


class Command(BaseCommand):
    help = (
        "Migrate, collect static files, make the Secretariat, and bring the index up to date; load the sample library."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--account", default="", help="mail address of the first account, which is mailed a link")
        parser.add_argument("--load", action="store_true", help="load the library of the years 2014 to 2025 too")

    def handle(self, *args: Any, account: str, load: bool, **options: Any) -> None:
        if account:
            try:
                validate_email(account)
            except ValidationError as error:
                raise CommandError(f"--account: {account} is no mail address") from error
        prepare(self.stdout, load=load, static=True)
        if account:
            self._invite(account)
        elif not is_taken_care_of():
            self.stdout.write("Nobody can sign in yet: run it again with --account ADDRESS")

    def _invite(self, address: str) -> None:
        if get_user_model().objects.filter(email__same_address=address).exists():
            self.stdout.write(f"{address} has an account already")
            return
        person = open_account(address)
        person.is_superuser = person.is_staff = True
        person.save()
        person.groups.add(ensure_secretariat())
        self.stdout.write(f"{address} is mailed a link, by which a password is chosen, once the worker runs")
