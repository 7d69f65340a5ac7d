"""What happens to a case, and is followed up on one page: `Case.follow`, and the `follow` of each kind.

A part sets something off and does not know what comes of it. Each of these is followed up before the next is taken.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.clock.agenda import Appointment
from domain.clock.clock import Clock
from domain.terms.notice import Notice, Recipient


@dataclass(frozen=True)
class RightsAreDue:
    """A deadline was missed, or will be within hours, and people are to be told their rights."""

    clock: Clock
    appointment: Appointment


@dataclass(frozen=True)
class WindowIsEnding:
    """A window's end comes near: whoever's window it is may be told."""

    clock: Clock
    appointment: Appointment


@dataclass(frozen=True)
class WindowEnded:
    """A window closed at `at`; some cases end with one."""

    clock: Clock
    at: datetime


@dataclass(frozen=True)
class NothingCame:
    """The time to send what was asked for is over."""


@dataclass(frozen=True)
class TimeToLook:
    """The instant has come at which the case meant to look at something again."""

    appointment: Appointment


@dataclass(frozen=True)
class MoreTimeGiven:
    """A window was held open: what was asked because it had run out falls away."""


@dataclass(frozen=True)
class LettersLeave:
    """Letters are about to leave, by key."""

    keys: frozenset[str]


@dataclass(frozen=True)
class LettersOvertaken:
    """Letters were kept back until the time of which they speak was over, and stay in the house."""

    letters: tuple[Notice, ...]


@dataclass(frozen=True)
class LetterLeft:
    """A letter left the house: a duty may be kept by it, and a window opened."""

    notice: Notice


@dataclass(frozen=True)
class LetterLeftAgain:
    """What had come back left once more: no duty is kept twice, but its reader's time begins with it."""

    notice: Notice


@dataclass(frozen=True)
class StoppedLetterLeft:
    """It was stopped, and left all the same."""

    notice: Notice


@dataclass(frozen=True)
class EverythingLeft:
    """In a forecast, every letter that is owed has left: so has what else is owed to the world."""


@dataclass(frozen=True)
class HoldsLifted:
    """The last hold is off: what it outlived is settled, and what waited may leave."""


@dataclass(frozen=True)
class ToldApart:
    """No other case looks like this one any more: what that kept back goes on."""


@dataclass(frozen=True)
class FileWasMade:
    """The case file was made for somebody, who is named by the word for readers of files."""

    audience: str


@dataclass(frozen=True)
class Reached:
    """Somebody was told by voice at `at`."""

    recipient: Recipient
    at: datetime


Happening = (
    RightsAreDue
    | WindowIsEnding
    | WindowEnded
    | NothingCame
    | TimeToLook
    | MoreTimeGiven
    | LettersLeave
    | LettersOvertaken
    | LetterLeft
    | LetterLeftAgain
    | StoppedLetterLeft
    | EverythingLeft
    | HoldsLifted
    | ToldApart
    | FileWasMade
    | Reached
)
