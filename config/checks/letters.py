"""What must hold of letters that go against somebody: in each regime each has its template, in both languages."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from config.checks.faults import Fault
from domain.clock.timeframe import Regime
from domain.policy.pack import Pack
from domain.terms.notice import AGAINST, NoticeKind
from domain.terms.people import Language


def every_law_has_its_letters(pack: Pack) -> Iterator[Fault]:
    laws = dict.fromkeys(plan.regimes[0] for plan in pack.plan)
    for law, kind in product(laws, sorted(AGAINST)):
        rows = [row for row in pack.letter if row.regime is law and kind in row.notices]
        if not rows:
            rule = f"no row says which template the {kind.text} letter has in this regime"
            yield Fault("letter", f"regime {law.value}", "notices", rule)
        for row in rows[1:]:
            yield Fault(
                "letter", row.id, "notices", f"{rows[0].id} is the template of the {kind.text} letter"
            )


def external_reviews_have_a_price(pack: Pack) -> Iterator[Fault]:
    """In Puerto Rico each letter against the member says what an external review costs."""
    for plan in pack.plan:
        if plan.regimes[0] is Regime.PUERTO_RICO and plan.external_review is None:
            yield Fault("plan", plan.id, "external_review", "letters say what an external review costs")


def elements_are_of_letters_that_there_are(pack: Pack) -> Iterator[Fault]:
    told = {(row.regime, kind) for row in pack.letter for kind in row.notices}
    for row in pack.element:
        for kind in row.notices:
            if (row.regime, kind) not in told:
                yield Fault("element", row.id, "notices", f"no letter of this regime is a {kind.text}")


def templates_are_there(pack: Pack, folder: Path) -> Iterator[Fault]:
    """Each template, and its part about rights, in both languages."""
    for row in pack.letter:
        whole = [row.template] if row.template else [kind.value for kind in NoticeKind if kind in row.notices]
        named = [("template", name) for name in whole] + [("rights", row.rights)]
        for (field, name), language in product(named, Language):
            if not (folder / "letters" / f"{name}.{language.value}.txt").is_file():
                yield Fault("letter", row.id, field, f"there is no letters/{name}.{language.value}.txt")
