"""CONTRIBUTING tells how by what runs: each block of code is out of the file that is named last above it."""

import re
from textwrap import indent

import pytest

from tests.builders import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FILE_OR_BLOCK = re.compile(r"\]\(([^)]+)\)|^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
MARGINS = ["", " " * 4, " " * 12]  # what stands within something else comes to the margin here


def blocks():
    """Each block of code, with the file that it is out of."""
    named = ""
    for file, language, code in FILE_OR_BLOCK.findall(PAGE):
        named = file or named
        if code and language != "sh":
            yield named, code


BLOCKS = list(blocks())


@pytest.mark.parametrize(("file", "code"), BLOCKS, ids=[f"{code.splitlines()[0]}" for _, code in BLOCKS])
def test_a_block_of_code_stands_so_in_its_file(file, code):
    text = (ROOT / file).read_text(encoding="utf-8")

    assert any(indent(code, margin) in text for margin in MARGINS), f"{file} has it otherwise"


def test_a_row_an_act_a_notice_and_a_kind_are_each_told_by_an_example():
    sections = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))

    for name in ("A row", "An act", "A notice", "A kind of case"):
        assert re.search(r"```(python|toml)\n", sections[name]), name


def test_every_target_of_make_that_is_named_is_there():
    named = {target for line in PAGE.splitlines() for target in re.findall(r"(?:^|`)make ([a-z]+)", line)}
    targets = {*re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)}

    assert {"fix", "lint", "test", "check"} <= named <= targets
