"""What a browser has in hand when it sends a public form."""

from gate.forms.form_tokens import new_form_token


def with_token(form: str, fields: dict[str, str]) -> dict[str, str]:
    """The fields, and a token as the page of the form would hold it."""
    return fields | {"form_token": new_form_token(form)}
