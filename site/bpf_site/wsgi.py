"""Entry point of gunicorn: `gunicorn --pythonpath .,site bpf_site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpf_site.settings.production")
os.environ.setdefault("WRITE_LOCK_SECONDS", "5")
application = get_wsgi_application()
