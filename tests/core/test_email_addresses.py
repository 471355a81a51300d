"""Addresses as people paste them: mended where that is certain, refused at the form where no mail would arrive."""

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from hypothesis import given
from hypothesis import strategies as st

from core.email_addresses import INVISIBLE, AddressField, DomainError, LocalPartError, tidy_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" ada@example.org ", "ada@example.org"),
        ("ada@exam\u200fple.org", "ada@example.org"),
        ("ada@example.org\u202c", "ada@example.org"),
        ("\u2068ada@example.org\u2069", "ada@example.org"),
        ("a\u00adda\ufeff@example.org", "ada@example.org"),
        ("ada＠example.org", "ada@example.org"),
        ("ada@例子.广告", "ada@xn--fsqu00a.xn--4rr70v"),
        ("ada@BÜCHER.example", "ada@xn--bcher-kva.example"),
        ("ada@пример.рф", "ada@xn--e1afmkfd.xn--p1ai"),
        ("ada@مثال.إختبار", "ada@xn--mgbh0fb.xn--kgbechtv"),
        ("Ada+tag@Example.ORG", "Ada+tag@Example.ORG"),
    ],
)
def test_address__is_kept_in_the_form_that_is_sent(typed, kept):
    assert AddressField().clean(typed) == kept
    assert EmailMessage("s", "b", "x@example.org", [kept]).message().as_bytes()


@pytest.mark.parametrize("typed", ["用户@例子.广告", "josé@example.org", "пользователь@example.org"])
def test_letters_before_the_at__are_refused_with_a_word_that_says_what_to_do(typed):
    with pytest.raises(ValidationError) as refused:
        AddressField().clean(typed)
    assert "Please give another address." in str(refused.value)


@pytest.mark.parametrize(
    "typed", ["ada", "ada@", "@example.org", "ada@-.org", "ada@exa mple.org", "ada@\u0301.org", "a@b@"]
)
def test_what_is_no_address__is_refused(typed):
    with pytest.raises(ValidationError):
        AddressField().clean(typed)


def test_empty__is_empty():
    assert AddressField(required=False).clean("\u200b ") == ""


@given(st.text(max_size=60))
def test_any_text__is_tidied_once_and_carries_nothing_invisible(text):
    try:
        once = tidy_address(text)
    except (LocalPartError, DomainError):
        return
    assert not INVISIBLE.search(once)
    assert tidy_address(once) == once
