"""Settings of `make run` on one machine: plain HTTP on the loopback address, secrets written on first use."""

from bpf_site.settings.environment import env, write_local_secrets

write_local_secrets()

from bpf_site.settings.base import *  # noqa: E402, F403

DEBUG = env.bool("DEBUG", default=False)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405 (nothing is collected into it here, and whitenoise warns where it is missing)
EDITOR_NAME = env.str("EDITOR_NAME", default="editor")
EDITOR_PASSWORD = env.str("EDITOR_PASSWORD", default="")
SEAL_SELF_MADE = True
