"""A sentence model of the operator's own: a folder with `model.onnx` and `tokenizer.json`, as most exports have.

`bpf.json` may say {"name", "version", "languages", "question_prefix", "passage_prefix", "longest"}. The packages
onnxruntime and tokenizers are installed by the operator: this library does not bring them (docs/adr/0097).
"""

import importlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from search.meaning.embedders import Vectors

LONGEST = 512  # tokens
AT_ONCE = 16  # texts


class OnnxFolder:
    """Raises OSError, ValueError or ImportError where the folder or a package is not what it should be."""

    def __init__(self, folder: str) -> None:
        path = Path(folder)
        told = path / "bpf.json"
        said: dict[str, Any] = json.loads(told.read_text()) if told.exists() else {}
        options = importlib.import_module("onnxruntime").SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = importlib.import_module("onnxruntime").InferenceSession(str(path / "model.onnx"), options)
        self._session = session
        self._inputs = {each.name for each in session.get_inputs()}
        self._tokenizer = importlib.import_module("tokenizers").Tokenizer.from_file(str(path / "tokenizer.json"))
        self._tokenizer.enable_truncation(int(said.get("longest", LONGEST)))
        self._tokenizer.enable_padding()
        self._prefixes = (str(said.get("question_prefix", "")), str(said.get("passage_prefix", "")))
        self.name = str(said.get("name", path.name))[:60]
        self.version = str(said.get("version", (path / "model.onnx").stat().st_size))
        self.languages = frozenset(said.get("languages", ()))
        self.dimensions = int(self.passages(["one"]).shape[1])

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self._vectors([self._prefixes[0] + text for text in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._vectors([self._prefixes[1] + text for text in texts])

    def _vectors(self, texts: list[str]) -> Vectors:
        parts = [self._batch(texts[at : at + AT_ONCE]) for at in range(0, len(texts), AT_ONCE)]
        return np.vstack(parts) if parts else np.empty((0, self.dimensions), np.float32)

    def _batch(self, texts: list[str]) -> Vectors:
        """The mean of the last layer over the tokens of each text, or what the model gives for the whole text."""
        read = self._tokenizer.encode_batch(texts)
        mask = np.array([each.attention_mask for each in read], np.int64)
        given = {
            "input_ids": np.array([each.ids for each in read], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        found = self._session.run(None, {name: each for name, each in given.items() if name in self._inputs})[0]
        if found.ndim == 3:
            found = (found * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        vectors: Vectors = (found / np.where(lengths > 0, lengths, 1)).astype(np.float32)
        return vectors
