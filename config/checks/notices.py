"""What must hold between the rows of letters, and of the mail runs that take them."""

from collections.abc import Iterator

from config.checks.faults import Fault
from domain.policy.notices import NoticeRule
from domain.policy.pack import Pack
from domain.terms.notice import NoticeKind


def every_letter_has_a_row(pack: Pack) -> Iterator[Fault]:
    """A row that holds for every plan; narrower ones may stand beside it."""
    if not pack.notice:
        return
    general = {row.notice for row in pack.notice if not (row.plans or row.regimes or row.urgency)}
    for kind in NoticeKind:
        if kind not in general:
            yield Fault(
                "notice", kind.value, "notice", "no row says by when this letter leaves in every plan"
            )


def no_two_rows_say_it_of_one_letter(pack: Pack) -> Iterator[Fault]:
    seen: set[object] = set()
    for row in pack.notice:
        for case in row.owed_by:
            if (said := (case, _of(row))) in seen:
                yield Fault("notice", row.id, "notice", f"another row says this of a {case}")
            seen.add(said)


def _of(row: NoticeRule) -> object:
    return row.notice, row.plans, row.regimes, row.urgency, row.in_force_from


def letters_and_mail_runs_name_known_plans(pack: Pack) -> Iterator[Fault]:
    known = {plan.id for plan in pack.plan}
    for table, rows in (("notice", pack.notice), ("mail_run", pack.mail_run)):
        for row in rows:
            if not set(row.plans) <= known:
                yield Fault(table, row.id, "plans", "no plan has this id")
