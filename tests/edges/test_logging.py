"""Logs: case numbers and places, never words about a member."""

import asyncio
import json
import logging

import pytest
import structlog
from pydantic import BaseModel

from config.logging import configure

WORDS = "radiculopathy"


class Order(BaseModel):
    units: int


pytestmark = pytest.mark.usefixtures("logging_as_it_was")
in_each_form = pytest.mark.parametrize("form", ["json", "console"])


def an_error():
    try:
        Order.model_validate({"units": WORDS})
    except ValueError as quoting:
        try:
            raise RuntimeError(f"step failed on {WORDS}") from quoting  # noqa: TRY301 - a chain, as libraries raise
        except RuntimeError as error:
            return error


@in_each_form
def test_an_event_carries_its_case(capsys, form):
    configure(form)
    structlog.get_logger("plazo").info("notice sent", case="PRE-7KQ")

    assert "PRE-7KQ" in (line := capsys.readouterr().err)
    assert "notice sent" in line


@in_each_form
def test_an_exception_is_logged_by_kind_and_place(capsys, form):
    configure(form)
    structlog.get_logger("plazo").error("step failed", exc_info=an_error())
    logging.getLogger("temporalio.worker").error("Failed activation", exc_info=an_error())

    text = capsys.readouterr().err
    assert text.count("ValidationError") == text.count("RuntimeError") == 2
    assert "in an_error" in text
    assert WORDS not in text


@in_each_form
async def test_a_task_that_nobody_awaited_is_logged_without_its_words(capsys, form):
    configure(form)

    async def step():
        raise an_error()

    task = asyncio.create_task(step())
    await asyncio.wait({task})
    del task

    text = capsys.readouterr().err
    assert "Task exception was never retrieved" in text
    assert WORDS not in text


def test_a_library_is_heard_only_when_something_is_wrong(capsys):
    configure("json")
    logging.getLogger("alembic").info("setup plugin")

    assert capsys.readouterr().err == ""


def test_a_record_that_cannot_be_formatted_is_not_printed_raw(capsys):
    configure("json")
    logging.getLogger("library").warning("%d units", WORDS)

    assert capsys.readouterr().err == ""


def test_json_is_one_object_a_line(capsys):
    configure("json")
    logging.getLogger("temporalio").warning("slow\nvery slow", exc_info=an_error())

    [line] = capsys.readouterr().err.splitlines()
    event = json.loads(line)
    assert (event["event"], event["level"], event["logger"]) == ("slow", "warning", "temporalio")
