"""Template tag of public forms: the token each of them carries."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gate.forms.form_tokens import new_form_token

register = template.Library()
PROOF = ("proof_challenge", "proof_answer")


@register.simple_tag(takes_context=True)
def form_token(context: template.Context, form: str) -> SafeString:
    """The hidden field with a fresh token. form: the name of a public form (gate.forms.public_forms).

    A form that comes back with a mistake carries the challenge that was met before: nobody works or waits twice.
    """
    fields = format_html('<input type="hidden" name="form_token" value="{}">', new_form_token(form))
    request: Any = context.get("request")
    if request is not None and request.method == "POST" and "proof_challenge" in request.POST:
        for name in PROOF:
            value = request.POST.get(name, "")[:400]
            fields += format_html('<input type="hidden" name="{}" value="{}">', name, value)
    return fields
