"""What anybody may ask the desk by itself, and which authority it takes; no other activity runs outside a case."""

WORK = "work on cases"

LOOK_UPS = {
    "absences": WORK,
    "appealed": WORK,
    "ask_for_more": WORK,
    "board": WORK,
    "call_script": WORK,
    "check_reopening": WORK,
    "check_taking_up": WORK,
    "count_older_cases": WORK,
    "find": WORK,
    "floor": WORK,
    "keep_absence": "record an absence",
    "keep_unmatched": WORK,
    "kept": WORK,
    "known": WORK,
    "lay_out": WORK,
    "load_rates": WORK,
    "look_for": WORK,
    "make_audit_file": WORK,
    "make_casefile": WORK,
    "prior_auth": WORK,
    "prior_auth_rows": WORK,
    "payers_of": WORK,
    "preview": WORK,
    "preview_dispute": WORK,
    "print_prior_auth": WORK,
    "rates_of": WORK,
    "remembered": WORK,
    "show_authorization": WORK,
    "shown_of": WORK,
    "unmatched": WORK,
    "worklist": WORK,
}
"""By the name of the activity, a row of the table of authority."""
