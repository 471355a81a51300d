"""Addresses as people paste them: mended where that is certain, refused at the form where no mail would arrive."""

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from hypothesis import given
from hypothesis import strategies as st

from core.email_addresses import (
    INVISIBLE,
    AddressField,
    DomainError,
    LocalPartError,
    addresses_in,
    names_address,
    spellings,
    tidy_address,
)


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
    "typed",
    [
        "ada", "ada@", "@example.org", "ada@-.org", "ada@exa mple.org", "ada@\u0301.org", "a@b@",
        '"a\fBcc:x"@example.org', '"words"@example.org', "root@localhost", "ada@[127.0.0.1]", "ada@127.0.0.1",
        f"{'a' * 65}@example.org", f"ada@{'a.' * 130}org",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_person__is_refused(typed):
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


@pytest.mark.parametrize("typed", ["Ada@例子.广告", " ada@XN--fsqu00a.xn--4rr70v", "ada@例子.\u200f广告"])
def test_spellings__of_one_address__are_the_same_however_it_was_typed(typed):
    assert {"ada@xn--fsqu00a.xn--4rr70v", "ada@例子.广告"} <= set(spellings(typed))
    assert spellings(typed)[0] == "ada@xn--fsqu00a.xn--4rr70v"


def test_spellings__of_what_no_form_would_take__are_the_words_themselves():
    assert spellings("josé@example.org") == ["josé@example.org"]
    assert spellings("☃@☃") == ["☃@☃"]


@pytest.mark.parametrize(
    "text", ["n@example.org", "Written to <N@Example.org>.", "mailto:n@example.org?subject=x", "to=n@example.org"]
)
def test_address_that_stands_in_a_text__is_named(text):
    assert names_address(text, "n@example.org")
    assert "n@example.org" in set(addresses_in(text.replace("to=", "")))


@pytest.mark.parametrize(
    "text", ["ann@example.org", "a.n@example.org", "x+n@example.org", "n@example.org.za", "n@example.organ"]
)
def test_address_of_somebody_else__is_not_named_by_its_end_or_beginning(text):
    assert not names_address(text, "n@example.org")
