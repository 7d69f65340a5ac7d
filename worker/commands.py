"""The operator's commands: `plazo up | worker | pages | demo`."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from cyclopts import Parameter

from config import settings
from domain.terms.refusals import Misuse

PORT, UI_PORT = 7233, 8233


async def up(
    *,
    home: Path | None = None,
    port: int = PORT,
    ui_port: int = UI_PORT,
    mail_run: str | None = None,
    virtual_time: Annotated[bool, Parameter(negative="")] = False,
) -> int:
    """Start the embedded Temporal server, the Web UI and a worker; keep them until Ctrl-C. State stays on disk.

    For example:
        plazo up --home ~/.plazo

    Parameters
    ----------
    home
        The Plazo home (PLAZO_HOME).
    port
        The Temporal service; 0 picks a free one.
    ui_port
        The pages and the Web UI behind them; 0 picks a free one.
    mail_run
        When letters leave on business days, as 16:30; until then they are taken back (PLAZO_MAIL_RUN).
    virtual_time
        Let `plazo fast-forward` move cases through time on this server.
    """
    from worker.up import run_up  # noqa: PLC0415 - the engine loads only where it runs

    return await run_up(
        settings.load(home=home, mail_run=mail_run),
        port=port,
        ui_port=ui_port,
        virtual_time=virtual_time,
    )


async def worker(*, home: Path | None = None) -> int:
    """Run a worker for the cluster that temporal.toml or TEMPORAL_* name, until Ctrl-C.

    For example:
        TEMPORAL_ADDRESS=temporal.example.org:7233 plazo worker

    Parameters
    ----------
    home
        The Plazo home (PLAZO_HOME): the key ring, and the register unless PLAZO_DATABASE_URL names one.
    """
    from worker.up import run_worker  # noqa: PLC0415 - as above

    return await run_worker(settings.load(home=home))


async def pages(web_ui: str, /, *, home: Path | None = None, ui_port: int = UI_PORT) -> int:
    """Serve the pages, on this machine alone, before a Temporal Web UI that runs elsewhere, until Ctrl-C.

    For example:
        TEMPORAL_ADDRESS=temporal.example.org:7233 plazo pages http://temporal-ui.example.org:8080

    Parameters
    ----------
    web_ui
        The address of the Web UI that they pass on.
    home
        The Plazo home (PLAZO_HOME), with the key ring.
    ui_port
        Where the pages answer; 0 picks a free port.
    """
    from worker.up import run_pages  # noqa: PLC0415 - as above

    if urlsplit(web_ui).scheme not in {"http", "https"}:
        raise Misuse("web_ui: an address looks like http://temporal-ui.example.org:8080.")
    return await run_pages(settings.load(home=home), web_ui=web_ui, ui_port=ui_port)


async def demo(*, keep: Annotated[bool, Parameter(negative="")] = False) -> int:
    """Walk the sample cases through their lives on a real Temporal server in a home of its own.

    For example:
        plazo demo --keep

    Parameters
    ----------
    keep
        Leave everything running afterwards, to look around.
    """
    from worker.demo import run_demo  # noqa: PLC0415 - as above

    return await run_demo(keep=keep)
