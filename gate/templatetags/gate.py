"""Template tag of public forms: the token each of them carries."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gate.forms.form_tokens import new_form_token

register = template.Library()


@register.simple_tag
def form_token(form: str) -> SafeString:
    """The hidden field with a fresh token. form: the name of a public form (gate.forms.public_forms)."""
    return format_html('<input type="hidden" name="form_token" value="{}">', new_form_token(form))
