"""The Django project: settings, the public addresses, and what concerns the whole site."""
