"""Bytes that nobody honest wrote: each reader accepts or refuses them, and fails in no other way."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.torture.mutations import mutations
from tests.torture.readers import READERS, Reader

EACH = pytest.mark.parametrize("reader", READERS.values(), ids=READERS.keys())
SHARE = settings(max_examples=25)


@EACH
def test_every_honest_sample_is_accepted(reader: Reader) -> None:
    assert all(reader.read(sample) for sample in reader.samples())


@EACH
@SHARE
@given(seed=st.integers(0, 2**32))
def test_changed_samples_are_accepted_or_refused(reader: Reader, seed: int) -> None:
    accepted = [reader.read(data) for data in islice(mutations(reader, Random(seed)), 4)]

    assert len(accepted) == 4


@EACH
@SHARE
@given(data=st.binary(max_size=400))
def test_any_bytes_are_accepted_or_refused(reader: Reader, data: bytes) -> None:
    assert reader.read(data) in (True, False)
