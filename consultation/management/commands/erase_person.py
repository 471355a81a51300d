"""Erase what is kept about a person, or show it first."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from consultation.privacy.replay import remember, replay
from consultation.privacy.scrubbing import StillInUse, scrub
from consultation.privacy.services import erase_person, export_person

LEFT = (
    "The rows are erased, but the database is in use: run `manage.py erase_person --scrub` in a quiet minute, so that "
    "no old bytes stay in its files."
)


class Command(BaseCommand):
    help = "Erase name, e-mail address, traces and originals of a person. Numbers, answers and tombstones stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", nargs="?", default="")
        parser.add_argument("--with-text", action="store_true", help="erase the words of the comments too")
        parser.add_argument("--with-account", action="store_true", help="erase the account, and its name in records")
        parser.add_argument("--export", action="store_true", help="only print what is kept, as JSON")
        parser.add_argument("--replay", action="store_true", help="after a backup was restored: erase all again")
        parser.add_argument("--scrub", action="store_true", help="only write over what erased rows left in the files")
        parser.add_argument("--by", default="", help="who decided it")
        parser.add_argument("--reason", default="")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        if not (email or options["replay"] or options["scrub"]):
            raise CommandError("Give an e-mail address, or --replay, or --scrub.")
        if options["export"]:
            self.stdout.write(json.dumps(export_person(email), ensure_ascii=False, indent=2))
            return
        if options["replay"]:
            self.stdout.write(f"erased again: {replay(timezone.now())} people")
        elif email:
            self._erase(email, **options)
        try:
            scrub()
        except StillInUse as error:
            raise CommandError(LEFT) from error

    def _erase(self, email: str, *, with_text: bool, with_account: bool, by: str, reason: str, **rest: Any) -> None:
        now = timezone.now()
        asked = {"with_text": with_text, "with_account": with_account}
        remember(email, now, **asked)
        done = erase_person(email, now, **asked, by_name=by, reason=reason)
        self.stdout.write(f"erased: {done.submissions} submissions, {done.comments} comments")
