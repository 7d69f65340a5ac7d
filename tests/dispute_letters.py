"""Payment disputes that owe a letter, for readers of either language."""

from domain.desk.desk import Withdraw
from domain.dispute import receipt
from domain.dispute.acts import DecideGoodCause, Dismiss, Resolve
from domain.dispute.level import SecondLevelFiled
from domain.dispute.standing import Standing
from domain.terms.notice import NoticeKind
from tests.disputes import a_dispute, a_filing, a_line, denied, does, noon, papers, passes, received

LINES = [a_line(1), a_line(2), a_line(3)]


def filed(language, **changes):
    provider = {"language": language} | changes.pop("provider", {})
    return a_filing(provider=provider, **changes)


def late(language, **changes):
    told = {"produced_on": "2036-12-20"}
    return a_dispute(filed(language, remittance=told, **changes))


def elsewhere(language, **standing):
    case = received(filed(language))
    receipt.standing_found(case, Standing(because="told", **standing), case.received_at)
    return case


def incomplete(language):
    return a_dispute(filed(language, plan="namm-sample", documents=papers("dispute_form")))


def waited(case, until):
    passes(case, noon(until))
    return case


def dismissed(language, ground="untimely"):
    case = late(language) if ground == "untimely" else incomplete(language)
    passes(case, noon("2037-05-20"))
    does(case, "sup-diaz", Dismiss, noon("2037-05-20"), ground=ground, reason="nothing came")
    return case


def determined(language, plan="procare", **claim):
    """One line of each answer."""
    case = a_dispute(filed(language, plan=plan, lines=LINES, claim=claim))
    for line, outcome, reason, amount in (
        (1, "upheld", "paid_at_medicare_rate", None),
        (2, "partly", "shown_in_part", "50.00"),
        (3, "overturned", "units_miscounted", None),
    ):
        said = {"line": line, "outcome": outcome, "reason_id": reason, "amount": amount}
        does(case, "da-torres", Resolve, noon("2037-05-10"), **said)
    return case


def partly_late(language, first=2):
    """Line 1 came late, and a corrected remittance gave line 2 its own time."""
    case = late(language, lines=[a_line(1), a_line(2)])
    receipt.start_filing_window(case, "filing window line 2", a_filing().remittance, (2,), case.received_at)
    passes(case, noon("2037-05-31"))
    upheld = {"line": 2, "outcome": "upheld", "reason_id": "paid_at_medicare_rate"}
    refused = {"accepted": False, "reason": "nothing came"}
    acts = ((DecideGoodCause, "sup-diaz", refused), (Resolve, "da-torres", upheld))
    for act, who, said in acts if first == 1 else reversed(acts):
        does(case, who, act, noon("2037-05-31"), **said)
    return case


def withdrawn(language):
    case = a_dispute(filed(language))
    does(case, "ic-santos", Withdraw, noon("2037-05-05"), by="provider")
    return case


def forwarded(language, what="request"):
    case = determined(language)
    words = {"filed_on": "2037-06-01", "learned": "it came", "with_us": what == "request"}
    does(case, "da-torres", SecondLevelFiled, noon("2037-06-02"), file_wanted=what == "file", **words)
    return case


CASES = {
    NoticeKind.DISPUTE_ACKNOWLEDGED: lambda language: a_dispute(filed(language)),
    NoticeKind.DISPUTE_INFORMATION_REQUEST: incomplete,
    NoticeKind.DISPUTE_REMINDER: lambda language: waited(incomplete(language), "2037-06-24"),
    NoticeKind.REDIRECT: lambda language: a_dispute(filed(language, lines=[denied(1)])),
    NoticeKind.CONTRACT_PROCESS: lambda language: elsewhere(
        language, in_medicare_advantage=True, has_contract=True
    ),
    NoticeKind.NOT_OURS: lambda language: elsewhere(language, in_medicare_advantage=False, has_contract=None),
    NoticeKind.GOOD_CAUSE_REQUEST: late,
    NoticeKind.DISPUTE_DISMISSED: dismissed,
    NoticeKind.DISPUTE_DETERMINATION: determined,
    NoticeKind.DISPUTE_MISSED: lambda language: waited(a_dispute(filed(language)), "2037-06-03"),
    NoticeKind.SECOND_LEVEL_REMINDER: lambda language: waited(determined(language), "2037-10-10"),
    NoticeKind.FORWARDED_TO_PLAN: lambda language: a_dispute(filed(language, lines=[denied(1)])),
    NoticeKind.DISPUTE_WITHDRAWN: withdrawn,
}


MORE = {
    "a redirect after its window": (
        NoticeKind.REDIRECT,
        lambda language: a_dispute(
            filed(language, lines=[denied(1)], remittance={"produced_on": "2037-02-01"})
        ),
    ),
    "dismissed as incomplete": (
        NoticeKind.DISPUTE_DISMISSED,
        lambda language: dismissed(language, "incomplete"),
    ),
    "with interest": (
        NoticeKind.DISPUTE_DETERMINATION,
        lambda language: determined(language, "namm-sample", clean_since="2037-01-30"),
    ),
    "denied, and late": (
        NoticeKind.REDIRECT,
        lambda language: late(language, lines=[denied(1), a_line(2), a_line(3)]),
    ),
    "decided, and late": (NoticeKind.DISPUTE_DETERMINATION, partly_late),
    "one of two late": (NoticeKind.DISPUTE_DISMISSED, lambda language: partly_late(language, first=1)),
    "a request by mistake": (NoticeKind.FORWARDED_TO_PLAN, forwarded),
    "the file": (NoticeKind.FORWARDED_TO_PLAN, lambda language: forwarded(language, "file")),
}


def letter_of(case, kind):
    return [notice for notice in case.letters.notices if notice.kind is kind][-1]
