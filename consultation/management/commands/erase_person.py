"""Erase what is kept about a person, or show it first."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from consultation.privacy.services import erase_person, export_person


class Command(BaseCommand):
    help = "Erase name, e-mail address, traces and originals of a person. Numbers, answers and tombstones stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--with-text", action="store_true", help="erase the words of the comments too")
        parser.add_argument("--export", action="store_true", help="only print what is kept, as JSON")
        parser.add_argument("--by", default="", help="who decided it")
        parser.add_argument("--reason", default="")

    def handle(self, *args: Any, email: str, with_text: bool, export: bool, by: str, reason: str, **rest: Any) -> None:
        if export:
            self.stdout.write(json.dumps(export_person(email), ensure_ascii=False, indent=2))
            return
        done = erase_person(email, timezone.now(), with_text=with_text, by_name=by, reason=reason)
        self.stdout.write(f"erased: {done.submissions} submissions, {done.comments} comments")
