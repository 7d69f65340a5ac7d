"""An adverse answer cites what is not met, or what nothing shows; never what is met, and no letter says an id."""

import pytest

from domain.appeal.deciding import DecideAppeal
from domain.correction.reopening import CorrectAnswer
from domain.determination.decisions import Deny, Modify, Reduce
from domain.terms.people import Language
from domain.terms.refusals import Refused
from tests.appealing import appeal_of, denied, does, refusal
from tests.builders import a_case, a_document, a_request, at, criteria_facts, staff

NOW = at("2037-03-03 10:00 AST")
LATER = at("2037-03-04 10:00 AST")
WEEKS, PLAN = "lumbar-mri.weeks", "lumbar-mri.plan"
IN_WORDS = {
    "criterion": "The label names the condition.",
    "criterion_es": "La etiqueta menciona la condición.",
    "criterion_source": "Label of the drug, section 1",
}
SPANISH = {"member": {"language": "es"}}


def shown(service="72148", units=1, **facts):
    """A case whose papers show these facts."""
    papers = (a_document("note-1", "clinical_note", **facts), a_document("study-1", "previous_study"))
    return a_case(a_request(documents=papers, service=service, units=units))


def ground(criterion=WEEKS, **words):
    return {"reason_id": "insufficient_evidence", "criterion": criterion} | words


def said_of(case, language=Language.ENGLISH):
    """What the last letter in that language says of its line."""
    letter = [one for one in case.letters.notices if one.language is language and "lines" in one.facts][-1]
    [line] = letter.facts["lines"]
    return {name: line[name] for name in ("criterion", "criterion_source", "rank", "shown_by")}


def test_a_criterion_that_is_met_cannot_be_cited():
    case = shown(weeks_of_symptoms=8)
    refused = refusal(case, NOW, "md-ortiz", Deny, **ground())
    assert refused.startswith(f"criterion: {WEEKS} is met (weeks of symptoms: 8); cite one that is not")
    assert "42 CFR 422.568(e)" in refused
    several = shown(units=3, weeks_of_symptoms=8)
    assert "is met" in refusal(several, NOW, "md-ortiz", Reduce, units=1, **ground())
    assert "is met" in refusal(case, NOW, "md-ortiz", Modify, service="72149", **ground())


def test_one_of_several_alternatives_cannot_be_cited_when_another_is_met():
    case = shown(weeks_of_symptoms=2, red_flag=True)
    assert "another clause is met that is enough" in refusal(case, NOW, "md-ortiz", Deny, **ground())
    does(case, NOW, "md-ortiz", Deny, **ground(PLAN))


def test_what_is_not_met_is_cited_with_whose_rule_it_is():
    case = does(shown(weeks_of_symptoms=2), NOW, "md-ortiz", Deny, **ground())
    assert said_of(case) == {
        "criterion": "Low back or leg pain has lasted six weeks or longer.",
        "criterion_source": "Illustrative, our own",
        "rank": "guideline",
        "shown_by": None,
    }


def test_what_nothing_shows_is_cited_with_what_is_missing():
    case = does(a_case(a_request(**SPANISH)), NOW, "md-ortiz", Deny, **ground(PLAN))
    assert (said_of(case)["shown_by"], said_of(case)["rank"]) == ("Medical order", "internal")
    assert said_of(case, Language.SPANISH)["shown_by"] == "Orden médica"


def test_a_service_without_criteria_is_refused_in_words_with_their_source_and_never_by_an_id():
    drug = a_case(a_request(service="J9271", **SPANISH))
    for words in (
        {"criterion": "foo"},
        {"criterion": "foo", "criterion_source": "us"},
        {"criterion": "the label"},
    ):
        assert "cite in words" in refusal(drug, NOW, "md-vega", Deny, **ground(**words))
    in_english = {name: said for name, said in IN_WORDS.items() if name != "criterion_es"}
    assert "in Spanish too" in refusal(drug, NOW, "md-vega", Deny, **ground(**in_english))

    does(drug, NOW, "md-vega", Deny, **ground(**IN_WORDS))
    for language, words in ((Language.ENGLISH, "criterion"), (Language.SPANISH, "criterion_es")):
        assert said_of(drug, language) == {
            "criterion": IN_WORDS[words],
            "criterion_source": "Label of the drug, section 1",
            "rank": None,
            "shown_by": None,
        }


def test_a_clause_takes_no_other_words():
    assert "its own words" in refusal(a_case(), NOW, "md-ortiz", Deny, **ground(criterion_source="my own"))


def test_an_appeal_upholds_on_no_criterion_that_is_met_by_now():
    case = denied("2037-02-09")
    new = (a_document("note-9", "clinical_note", **criteria_facts("72148")),)
    heard = appeal_of(case, NOW, documents=new)
    assert "is met" in refusal(heard, LATER, "md-vega", DecideAppeal, answer="upheld")

    upheld = does(appeal_of(case, NOW), LATER, "md-vega", DecideAppeal, answer="upheld")
    assert said_of(upheld)["shown_by"] == "Clinical note of the treating provider"


def test_an_appeal_knows_what_the_first_answer_found():
    case = shown(weeks_of_symptoms=2)
    case.criteria_checked({1: case.findings_now(case.lines[0])}, NOW)
    does(case, NOW, "md-ortiz", Deny, **ground())
    upheld = does(appeal_of(case, NOW), LATER, "md-vega", DecideAppeal, answer="upheld")
    assert said_of(upheld)["shown_by"] is None


def test_what_was_cited_in_words_is_upheld_in_those_words():
    drug = does(a_case(a_request(service="J9271")), NOW, "md-vega", Deny, **ground(**IN_WORDS))
    upheld = does(appeal_of(drug, NOW), LATER, "md-cruz", DecideAppeal, answer="upheld")
    assert said_of(upheld)["criterion"] == "The label names the condition."


def test_a_correction_cites_what_is_not_met_like_any_other_answer():
    bed = {"service": "E0250", "units": 10, "simpler_means_insufficient": True}
    case = shown(**bed)
    does(case, NOW, "md-ortiz", Deny, **ground("hospital-bed.home"))
    fewer = {"outcome": "partial", "units": 4, "reason": "the note was read again"}
    met = ground("hospital-bed.intensity") | fewer
    assert "is met" in refusal(case, LATER, "md-vega", CorrectAnswer, **met)
    does(case, LATER, "md-vega", CorrectAnswer, **ground("hospital-bed.home"), **fewer)


def test_words_with_control_signs_are_no_source():
    with pytest.raises(ValueError, match="criterion_source"):
        Deny(actor=staff("md-vega"), **ground(criterion_source="a\x1b[2J"))
    with pytest.raises(Refused):
        Deny(actor=staff("md-vega"), **ground("no-such-clause")).refuse_unless_allowed(a_case(), NOW)
