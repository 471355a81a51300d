"""`manage.py encrypt_anew`: after a new SECRET_KEY, so that the former one can be dropped."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.factors.services import encrypt_anew


class Command(BaseCommand):
    help = "Encrypt the secrets of second factors anew, under SECRET_KEY and in the newest form."

    def handle(self, *args: Any, **options: Any) -> None:
        done, unreadable = encrypt_anew()
        self.stdout.write(f"{done} secrets were encrypted anew")
        if unreadable:
            raise CommandError(f"{unreadable} secrets open under no key of SECRET_KEY and SECRET_KEY_FALLBACKS")
