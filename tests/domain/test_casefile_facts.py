"""What a case file says of a form: every field that holds something, and no other."""

from domain.casefile.facts import facts_of, groups_of
from domain.casefile.lines import lines_of
from domain.terms.frozen import Frozen
from domain.terms.people import Words
from domain.terms.tongue import Tongue
from tests.authorized import an_authorization
from tests.builders import policy


class Sheet(Frozen):
    reference: str = "4471"
    remark: str = ""
    member: str | None = None
    codes: tuple[str, ...] = ()
    units: int = 0
    emergency: bool = False
    documents: tuple[str, ...] = ("sha",)


def test_what_is_empty_is_left_out_and_a_zero_or_a_no_is_an_answer():
    [group] = groups_of(Sheet(), "Request", Tongue(calendar=policy().calendar))

    assert [label for label, _ in group.facts] == ["reference", "units", "emergency"]


class Told(Frozen):
    words: Words = Words(en="too early", es="demasiado pronto")
    measured: dict[str, bool] = {"weeks": True}


def test_in_another_language_words_stand_in_it_and_a_line_without_what_became_of_it():
    spanish = Tongue(
        calendar=policy().calendar,
        phrases={"yes": "sí", "line {number}, {service}": "línea {number}, {service}"},
    )

    facts = dict(facts_of(Told(), spanish))

    assert facts == {"words": "demasiado pronto", "measured": "weeks: sí"}
    assert [line.title for line in lines_of(an_authorization(), spanish)] == ["línea 1, 72148"]
