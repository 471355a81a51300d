from django.apps import AppConfig


class BpfPagesConfig(AppConfig):
    name = "bpf_pages"
