"""English that could slip into a Spanish letter: words of the pack, of titles and months, and the commonest."""

import re

TELLTALES = re.compile(
    r"\b(about|all|and|any|appeal|approved|april|as|authorization|because|by|call|case|choice|code|coverage|"
    r"criterion|date|days?|decision|denied|dear|determination|director|expedited|for|free|from|grievance|in|is|it|"
    r"letter|list|march|may|medical|member|modified|nurse|of|on|or|our|own|partial|physician|policy|provider|"
    r"receipt|received|request|review|reviewer|rules?|service|specialist|standard|that|the|this|through|time|to|"
    r"units|until|was|we|weeks|with|within|you|your)\b",
    re.IGNORECASE,
)
