"""Entry point of a web server: bpf_site.operations.web_server, or any other that speaks WSGI."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpf_site.settings.production")
os.environ.setdefault("WRITE_LOCK_SECONDS", "5")
application = get_wsgi_application()
