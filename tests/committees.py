"""Questions for a committee, and what becomes of them; the files of the examples."""

import json
from datetime import date

from domain.case.keeping import come_to_rest, keep_appointments
from domain.committee.meeting import Meeting
from domain.deliberation.deliberated import TakeVote
from domain.guideline.acts import ReviewDraft, TellChange
from domain.guideline.draft import Audience, Draft
from domain.guideline.guideline import Guideline
from domain.guideline.mailing import MailChange
from domain.technology.acts import AdviseOnTechnology, AnswerBases, Publish, ScopeTechnology
from domain.technology.proposal import Proposal
from domain.technology.technology import Technology
from tests.builders import ROOT, at, policy, staff

EXAMPLES = ROOT / "examples" / "committee"


def example(name):
    return json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))


WORKS, EVIDENCE = example("works")["works"], example("evidence")["evidence"]


def draft(**changes):
    return Draft.model_validate(example("guideline") | changes)


def proposal(**changes):
    return Proposal.model_validate(example("technology") | changes)


def minutes(name, **changes):
    return Meeting.model_validate(example(f"{name}-vote") | changes)


def roll(**says):
    """Members and what they said; who is recused has an interest."""
    return [
        {"member": one, "says": said} | ({"interest": "owns shares"} if said == "recused" else {})
        for one, said in says.items()
    ]


ALL_FOR = roll(luna="for", ibarra="for", quintana="for", ferrer="for")


def a_guideline(**changes):
    return _received(Guideline, draft(**changes))


def a_technology(**changes):
    return _received(Technology, proposal(**changes))


def _received(kind, asked):
    rows = policy(asked.plan, asked.received_at.year, (), kind.kind)
    case = kind.received("NUM-1", "hash", rows, asked, now=asked.received_at)
    come_to_rest(case, asked.received_at)
    return case


def passes(case, until):
    """Time passes, and what follows by itself has followed."""
    keep_appointments(case, at(until))
    come_to_rest(case, at(until))
    return case


def mailed(language):
    """A change against providers and members, of which one of each is told in that language."""
    case = a_guideline()
    does(case, "2026-07-14 10:00 PACIFIC", "md-ortiz", ReviewDraft, works=WORKS)
    does(case, "2026-07-16 09:00 PACIFIC", "qa-marin", TakeVote, meeting=minutes("guideline"))
    for to in Audience:
        reader = {"name": "Ana Rivera", "address": "1 Sample Street", "language": language}
        said = MailChange(actor=staff("qa-marin"), to=to, readers=[reader])
        said.apply(case, at("2026-07-21 10:00 PACIFIC"))
    return case


def does(case, when, who, act, **words):
    """Somebody acts, as far as they are allowed to, and what follows by itself has followed."""
    passes(case, when)
    said = act(actor=staff(who), **words)
    said.refuse_unless_allowed(case, at(when))
    said.apply(case, at(when))
    come_to_rest(case, at(when))
    return case


def reviewed(**changes):
    return does(a_guideline(**changes), "2026-06-20 09:00 PACIFIC", "md-ortiz", ReviewDraft, works=WORKS)


def adopted(**changes):
    meeting = minutes("guideline")
    return does(reviewed(**changes), "2026-07-16 09:00 PACIFIC", "qa-marin", TakeVote, meeting=meeting)


def told(case, day, *audiences):
    for one in audiences:
        does(case, f"{day} 10:00 PACIFIC", "qa-marin", TellChange, to=one, proof="mailing 12")
    return case


def prepared(**changes):
    """Scoped, with every basis answered and a specialist's opinion."""
    case = does(
        a_technology(**changes), "2026-05-05 09:00 EASTERN", "qa-marin", ScopeTechnology, question="For whom?"
    )
    does(case, "2026-05-20 09:00 EASTERN", "qa-marin", AnswerBases, evidence=EVIDENCE)
    return does(case, "2026-06-01 09:00 EASTERN", "md-ortiz", AdviseOnTechnology, says="For some.")


def decided(motion="case_by_case", **changes):
    meeting = minutes("technology", motion=motion)
    return does(prepared(**changes), "2026-06-11 09:00 EASTERN", "qa-marin", TakeVote, meeting=meeting)


def published(motion="case_by_case", **changes):
    case = decided(motion, **changes)
    return does(case, "2026-06-15 09:00 EASTERN", "qa-marin", Publish, where="the policy page")


def day(text):
    return date.fromisoformat(text)
