"""What each letter of an appeal says: the facts that are fixed when it becomes owed.

Days are ISO dates here and are written out in the reader's language by the template. A day that is not known yet
(a time that counts from the receipt of the letter) is told as a length.
"""

from pydantic import JsonValue

from domain.appeal.state import AppealState
from domain.clock.clock import Clock
from domain.clock.duty import Duty
from domain.policy.appeals import UNTIMELY, Appellant, DismissalGround
from domain.request.line import Line
from domain.review import letters
from domain.terms.notice import Addressee, Recipient
from domain.terms.people import Language, Words

Facts = dict[str, JsonValue]


def form_asked(case: AppealState, form: Appellant, window: Clock | None) -> dict[Language, Facts]:
    """Which form is needed, and until when it is waited for."""
    until = last_day(case, window)
    return {language: {"form": form.title.in_language(language), "until": until} for language in Language}


def cause_asked(case: AppealState, window: Clock | None) -> dict[Language, Facts]:
    """That the time had run, when it ended, and until when a cause may be stated."""
    ended = case.original.appeal_by
    said: Facts = {
        "ended": case.policy.calendar.day_of(ended).isoformat() if ended else None,
        "until": last_day(case, window),
    }
    return dict.fromkeys(Language, said)


def decision(case: AppealState, group: list[Line], language: Language) -> Facts:
    """The answer line by line, and where it goes from here."""
    adverse = any(line.is_adverse for line in group)
    return {
        **letters.answers(case, group, language),
        "next": next_level(case, language) if adverse else None,
    }


def next_level(case: AppealState, language: Language) -> Facts | None:
    """Who looks at it after the plan, how it gets there, and how long there is for that."""
    after = case.terms.next
    if after is None:
        return None
    row = case.policy.row(Duty.NEXT_LEVEL, case.received_at, case.urgency)
    return {
        "title": after.title.in_language(language),
        "name": after.name,
        "how": after.how.in_language(language),
        "by_itself": after.by_itself,
        "length": row.span.length if row else None,
        "unit": row.span.unit.value if row else None,
        "counts_from": row.counts_from.value if row else None,
        "source": row.source if row else after.source,
    }


def late(case: AppealState, clock: Clock, language: Language) -> Facts:
    """What our missed deadline means, and what the reader may do now: no time for that has begun to run."""
    row, after = clock.row(case.policy.calendar), next_level(case, language)
    rights: Words | None = row.expiry.rights
    return {
        "clock": clock.id,
        "rights": rights.in_language(language) if rights else None,
        "source": row.expiry.source,
        "next": after | {"length": None} if after else None,
        **letters.against(case.policy.plan, language, goes_on=case.original.request.extends is not None),
        **letters.late_lines(case, clock, language),
    }


def file_for(case: AppealState, lines: list[Line], language: Language, *, silent: bool) -> Facts:
    """The case file for the independent reviewer: what was asked, and what we answered, or that we did not."""
    after = case.terms.next
    return {
        "file_goes": after.file_goes.in_language(language) if after and after.file_goes else None,
        "silent": silent,
        "expedited": case.urgency.value == "expedited",
        "services": [
            {
                "sequence": line.sequence,
                "service": line.asked.service,
                "units": line.asked.units,
                "reason": _reason(line),
            }
            for line in lines
        ],
        "papers": len(case.papers.documents) + len(case.original.request.documents),
    }


def reviewed(case: AppealState, lines: list[Line], language: Language) -> Facts:
    """What the reviewer decided in the member's favour, and the number under which it is authorized now."""
    said = letters.answers(case, lines, language)["lines"]
    after = case.terms.next
    reviewer = after.title.in_language(language) if after else ""
    return {"reviewer": reviewer, "lines": said}


def dismissal(case: AppealState, ground: DismissalGround) -> dict[Language, Facts]:
    """Why we stopped, and both ways against that, each with its time. No day that has passed is promised."""
    review = case.policy.row(Duty.DISMISSAL_REVIEW, case.received_at, case.urgency)
    vacating = case.policy.row(Duty.VACATING, case.received_at, case.urgency)
    after = case.terms.next
    return {
        language: {
            "ground": ground.words.in_language(language),
            "source": ground.source,
            "cause_refused": ground.id == UNTIMELY and case.cause is not None,
            "review_days": review.span.length if review else None,
            "reviewer": after.title.in_language(language) if after else None,
            "vacating_months": vacating.span.length if vacating else None,
        }
        for language in Language
    }


def independent_reviewer(case: AppealState) -> Addressee | None:
    """Where the file goes by itself; None where the member has to ask."""
    after = case.terms.next
    if after is None or not after.by_itself:
        return None
    return Addressee(
        recipient=Recipient.REVIEWER,
        name=after.name,
        address=after.address,
        language=Language.ENGLISH,
        email=after.email,
    )


def _reason(line: Line) -> str | None:
    answer = line.determination
    return answer.reason.words.en if answer and answer.reason else None


def last_day(case: AppealState, window: Clock | None) -> str | None:
    """Until when a window is open."""
    last = case.due_at_of(window) if window else None
    return case.policy.calendar.day_of(last).isoformat() if last else None
