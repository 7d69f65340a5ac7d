"""What a person names is read to its end, or refused at once: a pipe that nobody fills stops no command."""

import os
import subprocess
import sys

import pytest

from client.reach.checking import beside
from client.terminal.reading import content, read_bytes, read_text
from domain.terms.refusals import Misuse
from tests.builders import ROOT, pack

SCAN = b"%PDF-1.7 an order"


def a_file(folder, name="scan.pdf", holds=SCAN):
    path = folder / name
    path.write_bytes(holds)
    return path


def a_pipe(folder):
    path = folder / "pipe"
    os.mkfifo(path)
    return path


def a_link(folder):
    path = folder / "link"
    path.symlink_to(a_file(folder))
    return path


def a_device(folder):
    return "/dev/zero"


def with_choices(**numbers):
    (row,) = pack().choices
    return pack().model_copy(update={"choices": (row.model_copy(update=numbers),)})


def test_a_paper_is_the_bytes_of_a_file(tmp_path):
    assert content(a_file(tmp_path), pack()) == SCAN


@pytest.mark.parametrize(
    ("made", "rule"),
    [
        (a_pipe, "not a regular file"),
        (a_device, "not a regular file"),
        (a_link, "it is a link"),
        (lambda folder: folder, "Is a directory"),
        (lambda folder: "/dev/stdin", "it is a link"),
    ],
)
def test_a_paper_is_nothing_but_a_file(tmp_path, made, rule):
    with pytest.raises(Misuse, match=f"cannot be read .*{rule}"):
        content(made(tmp_path), pack())


@pytest.mark.parametrize(("size", "taken"), [(999_999, True), (1_000_000, True), (1_000_001, False)])
def test_a_paper_is_as_large_as_the_row_allows(tmp_path, size, taken):
    paper, small = a_file(tmp_path, holds=b"0" * size), with_choices(largest_document_megabytes=1)

    if taken:
        assert len(content(paper, small)) == size
    else:
        with pytest.raises(Misuse, match=r"scan.pdf: larger than 1 MB"):
            content(paper, small)


def test_a_link_beside_a_request_reaches_for_nothing_else(tmp_path):
    (tmp_path / "link").symlink_to("/etc/passwd")

    with pytest.raises(Misuse, match="does not lie beside the request"):
        beside(tmp_path, "link", "documents")


@pytest.mark.parametrize("made", [a_pipe, a_device])
def test_a_request_is_not_waited_for_that_nobody_writes(tmp_path, made):
    with pytest.raises(Misuse, match="not a regular file"):
        read_text(str(made(tmp_path)))


def test_a_request_may_be_a_link(tmp_path):
    assert read_bytes(str(a_link(tmp_path)), 100) == SCAN


READS = "import sys; from client.terminal.reading import read_text; sys.stdout.write(read_text(sys.argv[1]))"


@pytest.mark.parametrize("how", ["{} <(echo hello)", "{} /dev/stdin <<< hello", "{} - <<< hello"])
def test_what_the_shell_hands_over_as_a_file_is_read(how):
    command = how.format(f"{sys.executable} -c '{READS}'")
    done = subprocess.run(
        ["bash", "-c", command], check=False, cwd=ROOT, capture_output=True, text=True, timeout=60
    )

    assert (done.returncode, done.stdout) == (0, "hello\n"), done.stderr
