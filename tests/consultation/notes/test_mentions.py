"""Whom the words of a note name."""

from dataclasses import dataclass

import pytest

from consultation.notes.services import mentioned


@dataclass(frozen=True)
class Person:
    name: str

    def get_username(self) -> str:
        return self.name


PEOPLE = [Person("amal"), Person("bo.ek"), Person("ali@example.org"), Person("عمل")]


@pytest.mark.parametrize(
    ("words", "named", "unknown"),
    [
        ("@amal please look", ["amal"], []),
        ("Please look, @Amal.", ["amal"], []),
        ("@bo.ek and @amal, and @amal again", ["bo.ek", "amal"], []),
        ("mail to amal@amal.example", [], []),
        ("@ali@example.org: yes?", ["ali@example.org"], []),
        ("(@amal)", ["amal"], []),
        ("@عمل انظر", ["عمل"], []),
        ("@nobody and @amal", ["amal"], ["nobody"]),
        ("@", [], []),
    ],
)
def test_a_note__names_people_of_the_forum_by_their_user_names(words, named, unknown):
    found, strangers = mentioned(words, PEOPLE)
    assert [person.name for person in found] == named
    assert strangers == unknown
