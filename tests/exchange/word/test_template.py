"""The template in the resources is what its script makes."""

from __future__ import annotations

import importlib.util

from tests.exchange.audits import ROOT, TEMPLATE
from tests.exchange.word.documents import parts


def test_the_template_is_what_its_script_makes() -> None:
    script = ROOT / "packaging" / "make_word_template.py"
    spec = importlib.util.spec_from_file_location("make_word_template", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = {name: text.encode("utf-8") for name, text in module.template_parts().items()}
    assert parts(TEMPLATE.read_bytes()) == made


def test_the_template_is_lean() -> None:
    assert len(TEMPLATE.read_bytes()) < 15_000
