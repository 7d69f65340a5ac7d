"""The loops of a remittance: its parties, its claims and their lines, each with the segments that belong to it."""

from dataclasses import dataclass, field, replace

from client.x12.segments import Segment

PARTIES = {"PR", "PE"}  # payer and payee


@dataclass
class Loop:
    """Segments that belong together, the one that opens them first, and the loops within."""

    segments: list[Segment]
    loops: list["Loop"] = field(default_factory=list)

    @property
    def head(self) -> Segment:
        return self.segments[0]

    def opens(self, segment: Segment, where: str = "") -> "Loop":
        self.loops.append(Loop([replace(segment, where=where)]))
        return self.loops[-1]

    def takes(self, segment: Segment) -> None:
        self.segments.append(replace(segment, where=self.head.where))

    def every(self, name: str, *qualifiers: str) -> list[Segment]:
        """The segments of this name; with qualifiers, those whose first element is one of them."""
        named = [segment for segment in self.segments if segment.id == name]
        return [segment for segment in named if not qualifiers or segment.says(1) in qualifiers]

    def first(self, name: str, *qualifiers: str) -> Segment | None:
        return next(iter(self.every(name, *qualifiers)), None)

    def within(self, name: str) -> list["Loop"]:
        return [loop for loop in self.loops if loop.head.id == name]


def tree(segments: tuple[Segment, ...]) -> Loop:
    """The transaction with its parties and its claims, the claims with their lines."""
    root = here = Loop([segments[0]])
    claim: Loop | None = None
    claims = 0
    for segment in segments[1:]:
        match segment.id:
            case "N1":
                code = segment.says(1)
                here = root.opens(segment, f"N1*{code}" if code in PARTIES else "")
            case "CLP":
                claims += 1
                claim = here = root.opens(segment, f"claim {claims}")
            case "SVC" if claim is None:
                here = root.opens(segment)
            case "SVC":
                assert claim is not None
                here = claim.opens(segment, f"{claim.head.where}, line {len(claim.loops) + 1}")
            case "LX" | "TS3" | "TS2" | "PLB":
                here, claim = root, None
                here.takes(segment)
            case _:
                here.takes(segment)
    return root
