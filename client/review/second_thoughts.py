"""Second thoughts: `plazo reconsider | second-look | correct-answer | enter-in-error | recalled | reopen`."""

from client.reach.acting import do
from client.reach.cases import cases
from client.reach.resuming import act_or_resume
from client.review.decisions import GroundNow
from client.terminal.last_list import named
from client.terminal.options import CaseNumber, Dated, Telling
from domain.correction.entered_in_error import EnterInError, RecordRecall
from domain.correction.reinstatement import Reinstate
from domain.correction.reopening import CorrectAnswer
from domain.correction.second_thoughts import TakeBack
from domain.determination.second_look_acts import LookAtAgain
from domain.request.determination import Outcome
from domain.terms.case_number import kind_of


async def reconsider(
    case: CaseNumber, /, *, because: str, line: int | None = None, acting: Dated = Dated()
) -> int:
    """Take a decision back before anybody was told of it: its letters are stopped, and the line is decided again.

    For example:
        plazo reconsider PRE-7K2M-9QXD-4HBT --line 1 --because "read the wrong study" --as md-ortiz

    Parameters
    ----------
    case
        The case number.
    because
        Why, without personal data.
    line
        The line; may be left out where there is only one.
    """
    return await do(case, acting, TakeBack, line=line, reason=because)


async def second_look(
    case: CaseNumber, /, *, answer: Outcome, line: int | None = None, acting: Dated = Dated()
) -> int:
    """Say what you would answer to a line of the sample; the first answer stands, whatever you say.

    Look with `plazo review` alone, which shows criteria and papers and not what was answered. How often both
    reviewers answer alike is a figure of `plazo report overturns`.

    For example:
        plazo second-look PRE-7K2M-9QXD-4HBT --answer denied --as md-ortiz

    Parameters
    ----------
    case
        The case number.
    answer
        What you would answer.
    line
        The line; may be left out where there is only one.
    """
    return await do(case, acting, LookAtAgain, line=line, answer=answer)


async def correct_answer(
    case: CaseNumber,
    /,
    *,
    to: Outcome,
    because: str,
    line: int | None = None,
    units: int | None = None,
    service: str | None = None,
    on_ground: str | None = None,
    ground: GroundNow = GroundNow(),
    acting: Telling = Telling(),
) -> int:
    """Give another answer in the place of one that was told, with a new letter; a closed case is taken up for it.

    In the member's favour always, unless an appeal is open. Against the member only for clerical error or good
    cause, by a medical director, and never for lack of medical necessity.

    For example:
        plazo correct-answer PRE-7K2M-9QXD-4HBT --to approved --because "the study was on file" --as md-ortiz

    Parameters
    ----------
    case
        The case number.
    to
        The right answer.
    because
        Why, without personal data.
    line
        The line; may be left out where there is only one.
    units
        How many are granted, where it is partial.
    service
        The code that is granted instead, where it is modified.
    on_ground
        Against the member: on which ground of the pack (`plazo policy show`).
    """
    number = named(case, acting.settings)
    appeals = await _appeals_of(number, acting)
    return await do(
        case,
        acting,
        CorrectAnswer,
        say=act_or_resume,
        line=line,
        outcome=to,
        units=units,
        service=service,
        ground=on_ground,
        open_appeals=tuple(one for one, is_open in appeals.items() if is_open),
        ended_appeals=tuple(one for one, is_open in appeals.items() if not is_open),
        **ground.fields | {"reason": because},
    )


async def _appeals_of(case: str, acting: Dated) -> dict[str, bool]:
    """The appeals of a case that anybody knows of, and whether each is open."""
    async with cases(acting.settings) as desk:
        linked = (await desk.sheet(case)).shown.linked
        appeals = [number for number in linked if kind_of(number) == "appeal"]
        return {number: (await desk.sheet(number)).outcome is None for number in appeals}


async def enter_in_error(case: CaseNumber, /, *, because: str, acting: Dated = Dated()) -> int:
    """Close a case that should never have been, for example one of the wrong member. It counts nowhere.

    Letters that have not left are stopped; for those that have, calling them back is work for the supervisor. Then
    enter the right request with the original receipt: `plazo precert submit FILE --received "2026-04-06 09:12"`.

    For example:
        plazo enter-in-error PRE-7K2M-9QXD-4HBT --because "keyed for another member" --as sup-diaz

    Parameters
    ----------
    case
        The case number.
    because
        What was entered wrong, without personal data.
    """
    return await do(case, acting, EnterInError, say=act_or_resume, reason=because)


async def recalled(case: CaseNumber, /, *, because: str, acting: Dated = Dated()) -> int:
    """Record what became of the letters of a case that was entered in error; with it the case closes.

    For example:
        plazo recalled PRE-7K2M-9QXD-4HBT --because "both came back unopened; logged as a disclosure" --as sup-diaz

    Parameters
    ----------
    case
        The case number.
    because
        What became of them, without personal data.
    """
    return await do(case, acting, RecordRecall, reason=because)


async def reopen(case: CaseNumber, /, *, because: str, acting: Dated = Dated()) -> int:
    """Undo a withdrawal that was a mistake, or the word that no leave is needed; a closed case is taken up for it.

    Its clocks count from the original receipt, and what fell due meanwhile is late. A closed dispute is taken up by
    `plazo dispute second-level`.

    For example:
        plazo reopen PRE-7K2M-9QXD-4HBT --because "another case was meant" --as sup-diaz

    Parameters
    ----------
    case
        The case number.
    because
        What the mistake was, without personal data.
    """
    return await do(case, acting, Reinstate, say=act_or_resume, reason=because)
