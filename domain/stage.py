"""Where a case stands inside: few stages drive, and each has one plain sentence."""

from enum import StrEnum


class Stage(StrEnum):
    RECEIVED = "received"
    AWAITING_INFORMATION = "awaiting_information"
    COVERAGE_REVIEW = "coverage_review"
    NURSE_REVIEW = "nurse_review"
    PHYSICIAN_REVIEW = "physician_review"
    DECIDED = "decided"
    TELLING = "telling"
    APPEAL_WINDOW = "appeal_window"
    CLOSED = "closed"

    @property
    def sentence(self) -> str:
        return SENTENCES[self]


SENTENCES = {
    Stage.RECEIVED: "The request is in and is being screened.",
    Stage.AWAITING_INFORMATION: "Something of the minimum set is missing and has been asked for.",
    Stage.COVERAGE_REVIEW: "The directory does not show coverage; a coverage specialist looks at it.",
    Stage.NURSE_REVIEW: "A nurse reviews the lines that criteria alone did not approve.",
    Stage.PHYSICIAN_REVIEW: "A physician reviews what the nurse could not approve.",
    Stage.DECIDED: "Every line has an answer; the letters are on their way.",
    Stage.TELLING: "The letters have left; the calls are still to be made.",
    Stage.APPEAL_WINDOW: "The answer was adverse; the time to appeal is running.",
    Stage.CLOSED: "Nothing more will happen here.",
}
