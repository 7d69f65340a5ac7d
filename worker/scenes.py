"""The demo's scenes: which example, and what staff do with it. Data, no code."""

from dataclasses import dataclass

Step = tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """One example request and the commands that walk it on; CASE stands for its number."""

    file: str
    title: str
    steps: tuple[Step, ...] = ()
    shows_letter: bool = False


TO_MEMBER: Step = ("call", "CASE", "--to", "member", "--as", "ic-santos")
TO_PROVIDER: Step = ("call", "CASE", "--to", "provider", "--as", "ic-santos")

SCENES = (
    Scene("01-approved-by-criteria.json", "Approved by criteria", (TO_MEMBER, TO_PROVIDER)),
    Scene(
        "02-nurse-approval.json",
        "A nurse approves what one clause left open",
        (
            ("review", "CASE"),
            ("claim", "CASE", "--as", "rn-rivera"),
            ("approve", "CASE", "--line", "1", "--as", "rn-rivera"),
        ),
    ),
    Scene(
        "03-physician-denial.json",
        "A physician denies, and the appeal window passes",
        (
            ("explain", "CASE"),
            ("forecast", "CASE"),
            ("refer", "CASE", "--line", "1", "--as", "rn-rivera"),
            (
                *("deny", "CASE", "--line", "1", "--as", "md-vega"),
                *("--reason", "criteria_not_met", "--criterion", "oncologic-pet.purpose"),
            ),
            ("show", "CASE", "--all"),
            ("fast-forward", "CASE", "70d"),
        ),
        shows_letter=True,
    ),
    Scene(
        "04-partial-fewer-visits.json",
        "Fewer visits than were asked for",
        (
            ("refer", "CASE", "--as", "rn-colon"),
            (
                *("reduce", "CASE", "--units", "6", "--as", "md-ortiz"),
                *("--reason", "fewer_units_suffice", "--criterion", "home-health-nursing.visits"),
            ),
        ),
    ),
    Scene(
        "05-modified-other-code.json",
        "Another code than was asked for",
        (
            ("refer", "CASE", "--as", "rn-rivera"),
            (
                *("modify", "CASE", "--service", "72148", "--as", "md-vega"),
                *("--reason", "lower_level_suffices", "--criterion", "lumbar-mri.plan"),
            ),
        ),
    ),
    Scene("06-incomplete-no-order.json", "Incomplete: what is missing is asked for", (("show", "CASE"),)),
    Scene("07-emergency.json", "Emergency: none is required"),
    Scene("08-not-on-the-list-only-asked.json", "Only asked, and on no list"),
    Scene(
        "09-not-covered.json",
        "Not covered: an administrative ground, with the full notice",
        (("deny", "CASE", "--reason", "not_eligible_on_date", "--as", "cov-matos"),),
    ),
    Scene(
        "10-expedited-puerto-rico.json",
        "Expedited in Puerto Rico: 24 hours",
        (("show", "CASE"), ("approve", "CASE", "--as", "rn-rivera"), TO_MEMBER),
    ),
    Scene(
        "11-four-lines-of-different-kinds.json", "Four lines of different kinds", (("show", "CASE", "--all"),)
    ),
    Scene("12-spanish-speaking-member.json", "Approved, told in Spanish", shows_letter=True),
    Scene(
        "14-member-asks-to-expedite.json",
        "A member asks to expedite, and is refused",
        (("downgrade", "CASE", "--as", "rn-rivera"), ("explain", "CASE")),
    ),
    Scene(
        "15-self-funded-missing-information.json",
        "Withdrawn before it is decided",
        (("withdraw", "CASE", "--by", "physician", "--as", "ic-santos"),),
    ),
)
