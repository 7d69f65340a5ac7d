"""A denial at the desk, and the paper of its appeal."""

from tests.edges.installation import EXAMPLES

AN_APPEAL = EXAMPLES.parent / "appeal.json"


GROUND = ("--reason", "criteria_not_met", "--criterion", "oncologic-pet.purpose")


async def denied(installation, reference, **fields):
    case = await installation.opened("03", reference=reference, **fields)
    await installation.answer("refer", case, as_="rn-rivera")
    await installation.answer("deny", case, *GROUND, as_="md-vega")
    await installation.at_rest(case)
    return case


def appeal_file(installation):
    return installation.file(AN_APPEAL.read_text(encoding="utf-8"), "appeal.json")
