"""Mutations: what a transmission error, a careless program or a hostile person makes of honest bytes; by a seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.torture.readers import Reader, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

LONGEST = 1 << 16


def mutations(reader: Reader, random: Random) -> Iterator[bytes]:
    """Yield inputs for `reader` without end; each is some steps away from one of its samples or from the last ones."""
    samples = reader.samples()
    tokens = tokens_of(samples)
    pool = list(samples)
    while True:
        data = bytearray(random.choice(pool if random.random() < 0.3 else samples))
        for _ in range(min(int(random.expovariate(0.4)) + 1, 20)):
            _step(data, random, tokens, samples)
        changed = bytes(data[:LONGEST])
        if len(pool) < 200:
            pool.append(changed)
        else:
            pool[random.randrange(len(samples), 200)] = changed
        yield changed


def _step(data: bytearray, random: Random, tokens: list[bytes], samples: list[bytes]) -> None:
    at = random.randrange(len(data) + 1)
    end = min(len(data), at + int(random.expovariate(0.05)) + 1)
    match random.randrange(8):
        case 0 if data:
            data[min(at, len(data) - 1)] ^= 1 << random.randrange(8)
        case 1 if data:
            data[min(at, len(data) - 1)] = random.randrange(256)
        case 2:
            del data[at:end]
        case 3:
            data[at:at] = random.choice(tokens)
        case 4:
            data[at:end] = random.choice(tokens)
        case 5:
            data[at:at] = data[at:end]
        case 6:
            other = random.choice(samples)
            start = random.randrange(len(other) + 1)
            data[at:end] = other[start : start + end - at]
        case _:
            size = random.choice((1, 2, 4))
            number = random.choice((0, 1, 127, 128, 255, 256, 32767, 65535, 2**31 - 1, 2**32 - 1)) & (256**size - 1)
            data[at : at + size] = number.to_bytes(size, "little")
