"""Entry point of a web server: bpf_site.operations.web_server, or any other that speaks WSGI."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpf_site.settings.production")
os.environ.setdefault("WRITE_LOCK_SECONDS", "5")
django.setup(set_prefix=False)

from bpf_site.web.readable_request import Application  # noqa: E402  needs the settings

application = Application()
