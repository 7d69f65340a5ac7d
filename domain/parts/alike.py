"""Cases that look alike: what each says of the other until a person tells them apart."""

from domain.terms.frozen import Frozen


class Likeness(Frozen):
    """How another case is like this one; `is_of_service` where both may give leave for the same."""

    words: str
    is_of_service: bool


class Alike(Frozen):
    """Another case that shares the sender's reference or the fingerprint, or asks of the same member for a service
    on the same days. People decide what that means.
    """

    case: str
    same_reference: bool
    same_content: bool
    is_closed: bool
    same_services: tuple[str, ...] = ()  # of the same member, on days that overlap
    authorizations: tuple[str, ...] = ()  # that it issued, and that live

    @property
    def lives(self) -> bool:
        """May it still give something, or did it give something that is still good?"""
        return not self.is_closed or bool(self.authorizations)

    @property
    def is_the_same(self) -> bool:
        """Was it asked for before, as far as that can be seen?"""
        return self.same_reference or self.same_content

    @property
    def shared(self) -> str:
        """What the two have in common: each has it of the other."""
        service = f"the same member, {', '.join(self.same_services)} and days"
        shared = [
            *(["the same sender's number"] if self.same_reference else []),
            *(["the same services asked for"] if self.same_content else []),
            *([service] if self.same_services and not self.same_content else []),
        ]
        return " and ".join(shared)

    @property
    def likeness(self) -> Likeness:
        lives = (
            f" and a living authorization, {', '.join(self.authorizations)}" if self.authorizations else ""
        )
        is_of_service = self.same_content or bool(self.same_services)
        return Likeness(words=f"{self.shared}{lives}", is_of_service=is_of_service)

    @property
    def who_is_told(self) -> tuple[str, ...]:
        """Whoever lives of it hears of the other: the case, or what it issued."""
        return self.authorizations if self.is_closed else (self.case,)
