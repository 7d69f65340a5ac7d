"""The letters that a case owes, and the runs of the mail, as people read them."""

from client.tables.section import Section, source, words
from domain.policy.notices import MailRun, NoticeRule
from domain.policy.pack import Pack


def notice_sections(pack: Pack) -> list[Section]:
    return [_letters(pack), _templates(pack), _elements(pack), *([_mail_runs(pack)] if pack.mail_run else [])]


def _letters(pack: Pack) -> Section:
    return Section(
        "Letters",
        "While a clock runs that a letter keeps, or has to come before, that clock is its due date; else its own "
        "time from when it became owed. Of several rows the narrowest governs.",
        ("Letter", "Owed by", "Read by", "Due with", "Else within", "Source"),
        [
            (
                f"{row.notice.text} ({row.id}){_only(row)}",
                ", ".join(row.owed_by),
                ", ".join(one.text for one in row.to),
                _clocks(row),
                str(row.within),
                source(row),
            )
            for row in pack.notice
        ],
    )


def _templates(pack: Pack) -> Section:
    return Section(
        "Letters that go against somebody",
        "Each has a template of its own in each law, or a part of its own about rights. None has a default.",
        ("Template", "Law", "Letters", "Part about rights", "Source"),
        [
            (
                f"{row.template or 'that of the letter'} ({row.id})",
                words(row.regime.value),
                ", ".join(one.text for one in row.notices),
                row.rights.strip("_"),
                source(row),
            )
            for row in pack.letter
        ],
    )


def _elements(pack: Pack) -> Section:
    return Section(
        "What such a letter has to say",
        "Each is looked for in every letter of its law, in both languages, by the words in which it stands there.",
        ("What", "Law", "Letters", "Stands as", "Source"),
        [
            (
                f"{row.title} ({row.id})",
                words(row.regime.value),
                ", ".join(one.text for one in row.notices),
                row.stands.en,
                source(row),
            )
            for row in pack.element
        ],
    )


def _only(row: NoticeRule) -> str:
    narrowed = [*row.plans, *(words(one.value) for one in row.regimes)]
    narrowed += [row.urgency.value] if row.urgency else []
    return f", {' and '.join(narrowed)} only" if narrowed else ""


def _clocks(row: NoticeRule) -> str:
    kept = [f"keeps {words(duty.value)}" for duty in row.keeps]
    return ", ".join([*kept, *(f"before {words(duty.value)}" for duty in row.before)]) or "no clock"


def _mail_runs(pack: Pack) -> Section:
    return Section(
        "Mail runs",
        "When what goes on these ways leaves, on business days in the plan's zone. All else leaves at once.",
        ("Run", "Plans", "By", "At", "Source"),
        [
            (row.id, ", ".join(row.plans) or "all", ", ".join(row.by), _times(row), source(row))
            for row in pack.mail_run
        ],
    )


def _times(row: MailRun) -> str:
    return ", ".join(f"{wall:%H:%M}" for wall in row.at)
