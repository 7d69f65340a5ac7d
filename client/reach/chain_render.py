"""A story of several cases as text for people, each instant on the calendar of its own case."""

from rich.text import Text

from client.reach.chain import MOST, Chain
from client.terminal.render import whose
from config.console import ConsoleWords
from config.tongue import spoken
from domain.desk.notes import as_read
from domain.view.chain import Story, StoryEvent
from domain.view.view import Sheet

HERE = "*"


def tell_chain(chain: Chain) -> None:
    """The cases of the story, one in a row, with a mark at the one that is shown; nothing where it is alone."""
    if len(chain.cases) == 1:
        return
    out = ConsoleWords()
    out.say(Text("its story, in the order of receipt", style="bold"))
    out.rows(
        (
            HERE if (shown := sheet.shown).case == chain.asked.shown.case else " ",
            shown.case,
            spoken(shown.kind),
            spoken(f"{shown.status.code} {shown.status.text}"),
            _ahead(sheet),
        )
        for sheet in chain.cases
    )
    _say_if_cut(chain)


def _ahead(sheet: Sheet) -> str:
    """What is due or comes next; of a closed case, as what it closed."""
    shown = sheet.shown
    if sheet.outcome:
        return spoken(f"closed: {sheet.outcome}")
    if shown.due_at:
        return spoken(f"due {sheet.calendar.show_due(shown.due_at)}")
    coming = next(iter(shown.next), None)
    return f"{spoken(sheet.calendar.show(coming.at))}: {spoken(coming.what)}" if coming else spoken("open")


def tell_story(told: Story, chain: Chain) -> None:
    """What happened, in the order in which it happened; where there are several cases, each line names its own."""
    notes = {
        case: as_read((one for one in told.events if one.case == case), chain.calendars[case])
        for case in told.cases
    }
    _lines(
        chain,
        [
            (
                event,
                spoken(notes[event.case].get(event.sequence, event.words))
                + whose(event, chain.calendars[event.case]),
            )
            for event in told.events
        ],
    )


def tell_to_come(told: Story, chain: Chain) -> None:
    """What happens on which day if nobody acts, in all cases of the story that are open."""
    if not told.events:
        ConsoleWords().say("Nothing will happen by itself.")
    _lines(chain, [(event, spoken(event.words)) for event in told.events])


def _lines(chain: Chain, said: list[tuple[StoryEvent, str]]) -> None:
    """A line for each event; where there are several cases, instants and numbers stand in columns."""
    out, several = ConsoleWords(), len(chain.cases) > 1
    instants = [spoken(chain.calendars[event.case].show(event.at)) for event, _ in said]
    width, numbers = max(map(len, instants), default=0), max(map(len, chain.numbers))
    for at, (event, words) in zip(instants, said, strict=True):
        when, case = (f"{at:{width}}", f"{event.case:{numbers}}  ") if several else (at, "")
        out.print(Text.assemble((when, "bold"), "  ", (case, "dim"), words))
    _say_if_cut(chain)


def _say_if_cut(chain: Chain) -> None:
    if chain.is_cut:
        ConsoleWords().say(
            Text(f"More than {MOST} cases belong to this story; these are told.", style="yellow")
        )
