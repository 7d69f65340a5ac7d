"""The clocks of the pack as tables: the timeframes of each regime, the escalation ladder, the instruments."""

from client.tables.section import Section, source, words
from domain.clock.timeframe import Regime, Services, Timeframe
from domain.policy.pack import Pack

REGIMES = {
    Regime.MEDICARE_ADVANTAGE: "Medicare Advantage",
    Regime.PUERTO_RICO: "Puerto Rico commercial",
    Regime.MEDICAID: "Medicaid managed care",
    Regime.ERISA: "ERISA group plans",
    Regime.NCQA: "NCQA accreditation",
}


def timeframes(pack: Pack, regime: Regime) -> Section:
    return Section(
        f"Timeframes: {REGIMES[regime]}",
        "A case takes the rows in force on its day of receipt. A limit in days is kept through the end of its last "
        "day in the plan's zone, a limit in hours to the second.",
        ("Row", "For", "Limit", "More time", "When it has run", "Source"),
        [
            (
                f"{row.title} ({row.id})",
                _for(row),
                _limit(row),
                more_time(row),
                f"{words(row.expiry.effect.value)}. {row.expiry.meaning}",
                source(row),
            )
            for row in pack.timeframe
            if row.regime is regime
        ],
    )


def _for(row: Timeframe) -> str:
    urgency = words(row.urgency.value) if row.urgency else "any urgency"
    services = "" if row.services is Services.ANY else f", {words(row.services.value)}"
    services += ", concurrent" if row.concurrent else ", clean claims" if row.clean_claim else ""
    until = f" through {row.in_force_through}" if row.in_force_through else " on"
    plans = f", {' and '.join(row.plans)} only" if row.plans else ""
    kinds = f", {' and '.join(row.kinds)} only" if row.kinds else ""
    return f"{urgency}{services}{plans}{kinds}; received from {row.in_force_from}{until}"


def _limit(row: Timeframe) -> str:
    earlier = "" if row.earlier_receipt_counts else ", at the earliest"
    presumed = f" (presumed {row.presumed_receipt} after mailing{earlier})" if row.presumed_receipt else ""
    return (
        f"{row.span} from {words(row.counts_from.value)}{presumed}, ended by {words(row.satisfied_by.value)}"
    )


def more_time(row: Timeframe) -> str:
    """Whether the time can be extended or stand still, and on which grounds."""
    sentences = []
    if row.extension is not None:
        grounds = ", ".join(words(ground) for ground in row.extension.grounds)
        sentences.append(f"once, up to {row.extension.span} more: {grounds}")
    if row.pause is not None:
        sentences.append(f"stands still for {words(row.pause.ground)}, {row.pause.span} at most")
    if row.answer is not None:
        sentences.append(f"{row.answer} to answer")
    return "; ".join(sentences) or "none"


def ladder(pack: Pack) -> Section:
    return Section(
        "Escalation ladder",
        "Who is told at which fraction of the time; at night and on holidays the other queue.",
        ("Fraction", "Queue", "Out of hours", "Words", "Source"),
        [
            (f"{row.fraction:g}", row.queue, row.out_of_hours_queue or "waits", row.words, source(row))
            for row in pack.rung
        ],
    )


def instruments(pack: Pack) -> Section:
    return Section(
        "Instruments",
        "Dated acts of an authority that relieve people of time limits. "
        "A decision clock moves only where its row is named.",
        ("Instrument", "Issued on", "For", "Windows it may hold open", "Rows it names", "In force", "Source"),
        [
            (
                f"{row.title} ({row.id})",
                str(row.issued_on),
                ", ".join([*row.plans, *(REGIMES[regime] for regime in row.regimes)]),
                ", ".join(words(duty.value) for duty in row.duties) or "none",
                ", ".join(row.rows) or "none",
                f"{row.in_force_from} through {row.through}",
                source(row),
            )
            for row in pack.instrument
        ],
    )
