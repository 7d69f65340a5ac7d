"""An intake sheet: a request as it is keyed from a fax, one `field: value` a line.

What others know is not keyed: a member comes by the contract, a provider by the NPI, and only where the paper says
something else is that said too. Codes, kinds of paper and facts may be shortened to what begins only one of them.
"""

from typing import NamedTuple

from domain.terms.refusals import Misuse

Keyed = dict[str, list[str]]
"""What was keyed, field by field; only a paper is named more than once."""


class Field(NamedTuple):
    """A field of a sheet; `asks` is what a terminal asks for it, in English and in Spanish, where it asks."""

    name: str
    asks: str = ""
    asks_es: str = ""


PAPER = "paper"
FIELDS = (
    Field("plan", "Plan:", "Plan:"),
    Field("contract", "Contract:", "Contrato:"),
    Field("member", "Name on the paper (Enter: the same):", "Nombre en el papel (Enter: el mismo):"),
    Field("born", "Birth date on the paper (Enter: the same):", "Nacimiento en el papel (Enter: el mismo):"),
    Field("received", "Received (Enter: when it was filed):", "Recibido (Enter: cuando se archivó):"),
    Field("codes", "Codes (72148 97110*12):", "Códigos (72148 97110*12):"),
    Field("diagnosis", "Diagnoses:", "Diagnósticos:"),
    Field("from", "First day (Enter: of receipt):", "Primer día (Enter: el del recibo):"),
    Field("ordering", "NPI of who orders:", "NPI de quien ordena:"),
    Field("servicing", "NPI of who serves (Enter: nobody):", "NPI de quien da el servicio (Enter: nadie):"),
    Field("visit", "City and state (Enter: Puerto Rico):", "Ciudad y estado (Enter: Puerto Rico):"),
    Field("urgency", "Urgency (Enter: standard):", "Urgencia (Enter: standard):"),
    Field("reference", "Sender's number (Enter: none):", "Número del remitente (Enter: ninguno):"),
    Field("ordered", "Ordered on (Enter: nothing says it):", "Ordenado el (Enter: nada lo dice):"),
    Field("justification", "Justification (Enter: none):", "Justificación (Enter: ninguna):"),
    Field(
        PAPER,
        "Paper: pages kind date facts (Enter: no more):",
        "Papel: páginas tipo fecha hechos (Enter: no hay más):",
    ),
    *map(Field, ("language", "channel", "requested_by", "emergency", "post_stabilization", "wants_decision")),
    *map(Field, ("place_of_service", "referral")),
)
NAMES = [field.name for field in FIELDS]


def read_keyed(text: str) -> Keyed:
    """The fields of a sheet as it was written. Raises Misuse, which names lines and repeats none."""
    keyed: Keyed = {}
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        name, colon, value = line.partition(":")
        name = name.strip().casefold()
        if line.strip() and not (colon and name in NAMES):
            wrong.append(str(number))
        elif name in keyed and name != PAPER:
            wrong.append(f"{number} (a second {name})")
        elif value.strip():
            keyed.setdefault(name, []).append(value.strip())
    if wrong:
        raise Misuse(
            f"sheet: not to be read is line {', '.join(wrong)}; `field: value` is, of {', '.join(NAMES)}."
        )
    return keyed


def as_text(keyed: Keyed) -> str:
    """The sheet, to be read again."""
    return "".join(f"{name}: {value}\n" for name in NAMES for value in keyed.get(name, ()))
