"""Sentence vectors of all-MiniLM-L6-v2 (int8 ONNX), the `minilm` encoder.

One text is one run of the model: dynamic int8 quantisation takes its ranges over the whole batch,
so in a batch the vector of a text would depend on its neighbours, and a cache would lie.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
DIMENSIONS = 384
MAX_TOKENS = 96
LEAD_CHARACTERS = 480
LEAST_FURTHER = 100

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]


def passages(title: str, text: str) -> tuple[str, ...]:
    """What is encoded of an article: title and lead, and of a long one the next stretch too.

    The lead alone is not enough: an essay may come to its subject only in the second paragraph.
    """
    lead = text[:LEAD_CHARACTERS].strip()
    if title and not lead.lower().startswith(title.lower()):
        lead = f"{title}. {lead}" if lead else title
    further = text[LEAD_CHARACTERS : 2 * LEAD_CHARACTERS].strip()
    return (lead, further) if len(further) >= LEAST_FURTHER else (lead,)


def article_vectors(articles: Sequence[tuple[str, str]], encode: Encode) -> Vectors:
    """One unit vector for each title and text: the mean of its passages'."""
    parts = [passages(title, text) for title, text in articles]
    found = encode([part for of_one in parts for part in of_one])
    first = np.cumsum([0, *(len(of_one) for of_one in parts[:-1])])
    summed = np.add.reduceat(found, first, axis=0) if parts else found
    length = np.linalg.norm(summed, axis=1, keepdims=True)
    return np.asarray(summed / np.maximum(length, 1e-9), dtype=np.float32)


class MiniLM:
    """Encode passages; the model file is refused unless its SHA-256 is the pinned one."""

    def __init__(self, model: Path, tokenizer: Path, *, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        data = model.read_bytes()
        if hashlib.sha256(data).hexdigest() != MODEL_SHA256:
            raise ValueError(f"{model}: not the pinned all-MiniLM-L6-v2 model")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            data, options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {node.name for node in self._session.get_inputs()}
        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def __call__(self, passages: Sequence[str]) -> Vectors:
        """One unit vector a passage; a passage without words gets the zero vector."""
        vectors = np.zeros((len(passages), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(passages):
            if text.strip():
                vectors[row] = self._encode(text)
        return vectors

    def _encode(self, text: str) -> Vectors:
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        if "token_type_ids" in self._inputs:
            feed["token_type_ids"] = np.zeros_like(ids)
        tokens = self._session.run(None, feed)[0]
        mean = tokens[0].mean(axis=0) if tokens.ndim == 3 else tokens[0]
        unit: Vectors = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return unit
