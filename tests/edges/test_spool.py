"""Letters as the mail house takes them: the approved words, filled with the facts of real cases, laid out once."""

import os
import re
import stat
import sys
import threading
from itertools import chain

import pyrage
import pytest
from jinja2 import TemplateNotFound, UndefinedError

from config.settings import Settings
from domain.desk.desk import Withdraw
from domain.determination.decisions import Approve, Deny
from domain.terms.notice import NoticeKind, Recipient
from domain.terms.people import Language
from domain.terms.refusals import Misuse
from tests.builders import ROOT, a_case, a_request, staff
from tests.request_letters import (
    CASES,
    PARTIES,
    PLANS,
    PROVIDER,
    TEMPLATES,
    acted,
    asked,
    determination,
    expedite_refused,
    extension,
    information_request,
    letter_of,
    missed_deadline,
    withdrawal,
)
from tests.telltales import TELLTALES
from worker.adapters.post.gateway import ways_out
from worker.adapters.post.spool import Spool

ENGLISH, SPANISH = Language


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path / "spool", TEMPLATES)


EVERY_CASE = [pytest.param(build, id=str(name)) for name, build in chain(CASES.items(), PLANS.items())]
IN_BOTH = pytest.mark.parametrize("language", list(Language))


BESIDE = {NoticeKind.RECORDS_REQUEST: [NoticeKind.INFORMATION_REQUEST]}
"""What the member is told where somebody else gets the letter of that kind."""


def words_of(spool, case, recipient=Recipient.MEMBER):
    """The letter's words, however its lines are broken."""
    return " ".join(spool.render(letter_of(case, recipient)).split())


@pytest.mark.parametrize("kind", list(CASES))
@IN_BOTH
async def test_every_letter_that_can_be_owed_leaves_as_an_approved_text(spool, kind, language):
    case = CASES[kind](language)

    proofs = [await spool.send(notice) for notice in case.letters.unsent]

    assert {notice.kind for notice in case.letters.unsent} == {kind, *BESIDE.get(kind, ())}
    assert {notice.language for notice in case.letters.unsent} == {language}
    assert len(set(proofs)) == len(PARTIES)
    papers = {file.stem for file in spool.folder.glob("*.pdf")}
    assert papers == {notice.key for notice in case.letters.unsent}
    assert papers == {file.stem for file in spool.folder.glob("*.txt")}


async def test_letters_are_for_their_owner_alone_and_sealed_for_the_mail_house_where_it_has_a_key(tmp_path):
    private = pyrage.x25519.Identity.generate()
    settings = Settings(home=tmp_path, policy=ROOT / "policy", mail_house_key=str(private.to_public()))
    notice = letter_of(withdrawal(ENGLISH))
    for _ in range(2):  # again, as after a lost worker
        sending = await ways_out(settings).send(notice)

    [sealed] = (settings.spool / "sealed").iterdir()
    paper = settings.spool / f"{notice.key}.pdf"
    assert sealed.name == f"{notice.key}.pdf.age"
    assert pyrage.decrypt(sealed.read_bytes(), [private]) == paper.read_bytes()
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed.read_bytes(), [pyrage.x25519.Identity.generate()])
    assert sending.proof.startswith(paper.name), "the proof is of the letter, not of its seal"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in settings.spool.rglob("*")}
    assert len(modes) > 4
    assert {mode for name, mode in modes.items() if name != "sealed"} == {0o600}
    assert modes["sealed"] == 0o700


def test_what_is_no_key_of_a_mail_house_is_told_at_the_start(tmp_path):
    with pytest.raises(Misuse, match="mail_house_key"):
        ways_out(Settings(home=tmp_path, policy=ROOT / "policy", mail_house_key="ssh-rsa AAAA"))


def test_every_text_names_its_version_its_approval_and_its_standing():
    letters = {f"{kind.value}.{language.value}.txt" for kind in NoticeKind for language in Language}
    texts = {file.name: file.read_text() for file in TEMPLATES.glob("*.txt")}

    assert letters <= texts.keys()
    for name, text in texts.items():
        first = text.splitlines()[0]
        assert re.fullmatch(r"\{# .+ version \d+, approved \d{4}-\d\d-\d\d, standing: \w+ .*#\}", first), name


@pytest.mark.parametrize("build", EVERY_CASE)
@IN_BOTH
def test_every_letter_says_whose_case_it_is_and_offers_free_help_with_the_language(spool, build, language):
    case = build(language)
    plan = case.policy.plan

    for recipient in PARTIES:
        text = words_of(spool, case, recipient)

        wanted = {case.number, case.request.member.name, case.request.requesting_provider.name}
        wanted |= {plan.organisation, plan.name, plan.address, plan.telephone, plan.fax}
        wanted |= {"your language"} if language is ENGLISH else {"su idioma"}
        assert {word for word in wanted if word not in text} == set()
        assert "free" in text if language is ENGLISH else "gratis" in text


@pytest.mark.parametrize("build", EVERY_CASE)
@IN_BOTH
def test_a_letter_fits_its_page(spool, build, language):
    for notice in build(language).letters.unsent:
        lines = spool.render(notice).splitlines()

        assert [line for line in lines if len(line) > 78 or line != line.rstrip()] == []
        assert "\n\n\n" not in "\n".join(lines)
        assert not re.search(r"\bNone\b|[{}]|\[\]", "\n".join(lines))


@pytest.mark.parametrize("build", EVERY_CASE)
def test_a_spanish_letter_holds_no_english(spool, build):
    case = build(SPANISH)
    plan = case.policy.plan

    for notice in case.letters.unsent:
        text = spool.render(notice)
        for name in (plan.organisation, plan.name, plan.address):
            text = " ".join(text.split()).replace(name, "")
        assert TELLTALES.findall(text) == []


def test_dates_are_written_out_as_the_reader_writes_them(spool):
    assert "You will have our answer no later than March 20, 2037" in words_of(spool, extension(ENGLISH))
    assert "a más tardar el 20 de marzo de 2037" in words_of(spool, extension(SPANISH))


def test_a_provider_gets_a_copy_that_says_who_is_spoken_to(spool):
    case = withdrawal(ENGLISH)

    assert "your copy of our letter to Ana Rivera" in words_of(spool, case, Recipient.PROVIDER)
    assert "your copy" not in words_of(spool, case)


def test_member_and_provider_each_read_their_own_language(spool):
    mixed = a_request(member={"language": "es"}, requesting_provider=PROVIDER)
    case = acted(a_case(mixed), Withdraw(actor=staff("ic-santos")))

    assert "fue retirada por usted" in words_of(spool, case)
    assert "was withdrawn by you" in words_of(spool, case, Recipient.PROVIDER)


def test_an_answer_names_what_was_approved_its_number_and_how_long_it_is_good(spool):
    text = words_of(spool, determination(ENGLISH))

    assert "Approved, as it was asked for. - Authorization number: AUT-2222-2222-2222-01" in text
    assert "good from April 1, 2037 through May 31, 2037." in text
    assert "Approved in part: 4 of the 10 units" in text
    assert "good from April 1, 2037, for as long as the equipment is medically necessary." in text
    assert "we did not approve code 72158. In its place we approved: Magnetic resonance" in text
    assert "AUT-2222-2222-2222-04" not in text


def test_an_answer_that_gives_less_says_why_by_which_criterion_and_who_decided(spool):
    english, spanish = (words_of(spool, determination(language)) for language in Language)

    assert "Your records support the bed for part of the time that was asked for." in english
    assert '"Pillows or wedges in an ordinary bed were considered and do not suffice."' in english
    assert "Decided by Elena Ortiz, Physician reviewer." in english
    assert "Decided by Julia Matos, Coverage specialist." in english
    assert "Su expediente sustenta la cama por parte del tiempo solicitado." in spanish
    assert "«Se consideraron almohadas o cuñas en una cama común y no son suficientes.»" in spanish
    assert "Decisión de Elena Ortiz, médica revisora." in spanish
    assert "Decisión de Julia Matos, especialista en cubierta." in spanish


def test_the_reviewers_own_words_stand_in_the_letter_in_each_language(spool):
    said = {"en": "You had the same study in January.", "es": "Usted tuvo el mismo estudio en enero."}
    for language in Language:
        deny = Deny(
            actor=staff("md-ortiz"),
            reason_id="criteria_not_met",
            criterion="lumbar-mri.no-repeat",
            words=said,
        )
        assert said[language.value] in words_of(spool, acted(a_case(asked(language)), deny))


@pytest.mark.parametrize(
    ("plan", "english", "spanish"),
    [
        (
            "mcs-classicare",
            "65 calendar days of the date listed at the top of this notice, that is, through May 7, 2037 (42 CFR",
            "al principio de esta notificación, es decir, hasta el 7 de mayo de 2037 (42 CFR 422.582(b))",
        ),
        (
            "caresource",
            "counted from the date of this letter: through May 2, 2037 (42 CFR 438.402(c)(2)(ii))",
            "contados desde la fecha de esta carta: hasta el 2 de mayo de 2037 (42 CFR 438.402(c)(2)(ii))",
        ),
        (
            "mcs-life",
            "180 days to appeal, counted from the day on which you receive this letter (26 LPRA 9397)",
            "180 días para apelar, contados desde el día en que reciba esta carta (26 LPRA 9397)",
        ),
        (
            "self-funded-sample",
            "180 days to appeal, counted from the day on which you receive this letter (29 CFR 2560.503-1(h)",
            "180 días para apelar, contados desde el día en que reciba esta carta (29 CFR 2560.503-1(h)",
        ),
    ],
)
def test_whoever_is_told_no_is_told_how_long_they_may_appeal_and_from_when(spool, plan, english, spanish):
    assert english in words_of(spool, determination(ENGLISH, plan))
    assert spanish in words_of(spool, determination(SPANISH, plan))


@pytest.mark.parametrize("build", [determination, missed_deadline])
def test_whoever_may_appeal_is_told_of_the_standard_and_the_expedited_way_and_of_the_criteria(spool, build):
    english, spanish = (words_of(spool, build(language)) for language in Language)

    for wanted in ("Standard appeal:", "Fast appeal:", "free of charge, for the criteria"):
        assert wanted in english
    for wanted in ("Apelación estándar:", "Apelación rápida:", "gratis, los criterios"):
        assert wanted in spanish


@pytest.mark.parametrize("build", [determination, missed_deadline])
@IN_BOTH
def test_in_puerto_rico_every_adverse_letter_carries_the_external_review(spool, build, language):
    case = build(language, "mcs-life")

    for recipient in PARTIES:
        text = words_of(spool, case, recipient)
        assert case.policy.plan.external_review.in_language(language) in text


@IN_BOTH
def test_an_approval_speaks_of_no_appeal(spool, language):
    case = a_case(asked(language, plan="mcs-life"))
    text = words_of(spool, acted(case, Approve(actor=staff("rn-rivera"))))

    assert not re.search(r"appeal|apel|extern", text, re.IGNORECASE)


def test_a_missed_deadline_is_told_with_the_rights_that_it_gives(spool):
    english, spanish = (words_of(spool, missed_deadline(language)) for language in Language)

    assert "you may appeal now, as if we had said no. (42 CFR 422.568(f))" in english
    assert "We still owe you an answer" in english
    assert "usted puede apelar ahora, como si hubiéramos dicho que no. (42 CFR 422.568(f))" in spanish


def test_silence_in_medicare_advantage_is_never_told_to_start_the_time_to_appeal(spool):
    text = words_of(spool, missed_deadline(ENGLISH))

    assert "you may appeal now, as if we had said no" in text
    assert "No time within which you would have to do so has begun to run" in text
    assert "65 days" not in text
    owed = words_of(spool, missed_deadline(ENGLISH, "caresource"))
    assert "60 days to appeal, counted from the date of this letter: through May" in owed


def test_what_is_asked_for_is_listed_item_by_item(spool):
    english, spanish = (words_of(spool, information_request(language)) for language in Language)

    assert "- Contract number - Previous studies or laboratory results" in english
    assert "- Número de contrato - Estudios previos o resultados de laboratorio" in spanish
    assert "Contract number: not on file" in english
    assert "Número de contrato: no consta" in spanish


def test_a_refused_expedite_keeps_the_first_receipt_and_leaves_the_physician_a_word(spool):
    text = words_of(spool, expedite_refused(ENGLISH))

    assert "first received your request, March 2, 2037" in text
    assert "If a physician tells us" in text
    assert "you may complain about it (a grievance)" in text


async def test_a_letter_asked_for_twice_lies_there_once_with_the_same_proof(spool):
    notice = letter_of(determination(ENGLISH))

    first = await spool.send(notice)
    second = await spool.send(notice)

    assert first == second
    assert first.startswith(f"{notice.key}.pdf sha256:")
    assert {file.suffix for file in spool.folder.iterdir()} == {".pdf", ".txt", ".csv"}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread cannot give way alone")
async def test_a_letter_is_set_with_what_is_left_of_the_processor(spool, monkeypatch):
    def priority(*_):
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    monkeypatch.setattr(Spool, "_send", priority)

    assert await spool.send(None) == min(priority() + 10, 19)


async def test_a_letter_that_was_sent_is_never_written_over(spool):
    notice = letter_of(determination(ENGLISH))
    proof = await spool.send(notice)
    sent = {file.name: file.read_bytes() for file in spool.folder.iterdir()}

    later = await spool.send(notice.model_copy(update={"facts": notice.facts | {"dated": "2037-05-05"}}))

    assert later == proof
    assert {file.name: file.read_bytes() for file in spool.folder.iterdir()} == sent


@pytest.mark.parametrize("kind", list(CASES))
@IN_BOTH
async def test_a_letter_that_lacks_a_fact_does_not_leave(spool, kind, language):
    notice = letter_of(CASES[kind](language))

    # the clock's name is for the case, not for a reader; letters that were owed before say nothing of other lines
    said_where_they_apply = {"clock", "by_line", "late", "still_open", "asked_by", "template", "adverse"}
    said_where_they_apply |= {"goes_on", "appeal_costs", "time_to_sue"}  # in one law each
    for fact in notice.facts.keys() - said_where_they_apply:
        facts = {name: value for name, value in notice.facts.items() if name != fact}
        with pytest.raises((UndefinedError, TypeError)):  # the latter when the fact is a day
            await spool.send(notice.model_copy(update={"facts": facts}))
    assert not spool.folder.exists() or not list(spool.folder.iterdir())


async def test_a_letter_without_an_approved_text_does_not_leave(tmp_path):
    (tmp_path / "letters").mkdir()

    with pytest.raises(TemplateNotFound, match=r"withdrawal\.en\.txt"):
        await Spool(tmp_path / "spool", tmp_path / "letters").send(letter_of(withdrawal(ENGLISH)))
