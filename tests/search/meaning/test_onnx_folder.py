"""A model of the operator's own, with packages in place of those that only he has."""

import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from search.meaning import embedders
from search.meaning.embedders import NoMeaning
from search.meaning.onnx_folder import OnnxFolder


class Tokenizer:
    """A token a word; its number is the length of the word."""

    def enable_truncation(self, longest: int) -> None:
        self.longest = longest

    def enable_padding(self) -> None:
        pass

    def encode_batch(self, texts: list[str]) -> list[Any]:
        read = [[len(word) for word in text.split()][: self.longest] for text in texts]
        width = max(map(len, read))
        return [
            SimpleNamespace(
                ids=ids + [99] * (width - len(ids)), attention_mask=[1] * len(ids) + [0] * (width - len(ids))
            )
            for ids in read
        ]


class Session:
    def __init__(self, path: str, options: Any) -> None:
        assert options.intra_op_num_threads == 1

    def get_inputs(self) -> list[Any]:
        return [SimpleNamespace(name="input_ids"), SimpleNamespace(name="attention_mask")]

    def run(self, outputs: None, given: dict[str, Any]) -> list[Any]:
        assert set(given) == {"input_ids", "attention_mask"}
        return [np.eye(100, dtype=np.float32)[given["input_ids"]]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: Any) -> Path:
    runtime, tokenizers = ModuleType("onnxruntime"), ModuleType("tokenizers")
    runtime.SessionOptions = SimpleNamespace  # type: ignore[attr-defined]
    runtime.InferenceSession = Session  # type: ignore[attr-defined]
    tokenizers.Tokenizer = SimpleNamespace(from_file=lambda path: Tokenizer())  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "onnxruntime", runtime)
    monkeypatch.setitem(sys.modules, "tokenizers", tokenizers)
    (tmp_path / "model.onnx").write_bytes(b"a model")
    (tmp_path / "tokenizer.json").write_text("{}")
    (tmp_path / "bpf.json").write_text(
        json.dumps({"name": "ours", "version": "3", "question_prefix": "q: ", "longest": 4})
    )
    return tmp_path


def test_vectors_are_means_over_words_of_length_one_and_padding_counts_for_nothing(folder: Path) -> None:
    model = OnnxFolder(str(folder))
    assert (embedders.model_name(model), model.dimensions) == ("ours-3", 100)
    (alone,), both = model.passages(["ab ab abc"]), model.passages(["ab ab abc", "a b c d e f g h"])
    assert np.allclose(both[0], alone)
    assert np.allclose(np.linalg.norm(both, axis=1), 1)
    assert alone[2] == pytest.approx(2 * alone[3])
    assert np.nonzero(both[1])[0].tolist() == [1], "cut after four words"
    assert np.nonzero(model.questions(["abc"])[0])[0].tolist() == [2, 3], "with the word before it"
    assert model.passages([]).shape == (0, 100)


def test_a_folder_without_a_model_is_told_to_the_operator(settings: Any, tmp_path: Path) -> None:
    settings.SEARCH_EMBEDDER = "search.meaning.onnx_folder.OnnxFolder"
    settings.SEARCH_EMBEDDER_FOLDER = str(tmp_path / "none")
    with pytest.raises(NoMeaning, match="cannot be used"):
        embedders.current()
