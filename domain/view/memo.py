"""A memo to somebody of the staff: counts and case numbers, and nothing of a person."""

from collections.abc import Iterable, Sequence

from domain.policy.rows import Staff
from domain.terms.frozen import Frozen
from domain.view.board import Board


class Memo(Frozen):
    """Words for one reader. Its key is chosen once, so that it cannot be given twice."""

    key: str
    name: str
    email: str | None
    tries: int = 1  # as of a notice; nobody asks for another
    subject: str
    words: str


def memos(
    kind: str, day: str, readers: Iterable[Staff], subject: str, lines: Sequence[str]
) -> tuple[Memo, ...]:
    """The same for each reader."""
    words = "\n".join(lines)
    return tuple(
        Memo(key=f"{kind}-{day}-{one.id}", name=one.name, email=one.email, subject=subject, words=words)
        for one in readers
    )


def digest(board: Board, stuck: Sequence[str]) -> list[str]:
    """What a supervisor wants to know in the morning."""
    said = []
    for row in board.queues:
        late = f", {row.overdue} OVERDUE" if row.overdue else ""
        today = f", {row.today} due today" if row.today else ""
        said.append(f"{row.plan}, {row.queue}: {row.open} open, {row.unassigned} unassigned{today}{late}")
    missed = [f"{one.plan}: {', '.join(one.cases)}" for one in board.breaches]
    return [
        *(said or ["Nothing waits in any queue."]),
        "",
        f"Due in the next {len(board.hours)} hours: {sum(board.hours)}.",
        "Deadlines missed yesterday:" if missed else "No deadline was missed yesterday.",
        *missed,
        *(["", "To attest:", *board.to_attest] if board.to_attest else []),
        *(
            ["", "What register and Temporal say differently; `plazo doctor --mend` mends it:", *stuck]
            if stuck
            else []
        ),
    ]
