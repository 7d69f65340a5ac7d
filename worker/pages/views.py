"""The page of views: one click sets a browser up, another opens a list.

A view with a day or an hour in it has an address here, which makes its query at the click.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from config import views
from config.access.staff import everybody
from config.settings import Settings
from config.views import Asked
from domain.parts.queues import QUEUE_ROLES
from domain.terms.kind import KINDS
from domain.terms.refusals import Misuse
from worker.pages.asker import asker_of
from worker.pages.page import shown

PREFIX = "plazo-"  # of the ids of our saved views, by which a second click finds them again


@dataclass(frozen=True)
class ViewPages:
    """`/views` and the addresses of the views, for the cases of one namespace."""

    settings: Settings
    namespace: str

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/", lambda _: RedirectResponse("/views")),
            Route("/views", self.page),
            Route("/views/browser.json", self.browser),
            Route("/views/{name}", self.opened),
        ]

    def page(self, request: Request) -> Response:
        asked = self._asked(request)
        return shown(
            request,
            "views.html",
            staff=[one.id for one in everybody(self.settings.policy)],
            chosen=asked.staff,
            views=[one for one in views.VIEWS if asked.staff or not one.is_personal],
            queues=[
                (
                    queue,
                    self._list(asked, views.in_queue(queue)),
                    self._list(asked, views.unassigned_in(queue)),
                )
                for queue in QUEUE_ROLES
            ],
            plans=[
                (plan, self._list(asked, views.of_plan(plan)), self._of_plan_by_kind(asked, plan))
                for plan in asked.zones
            ],
            kinds=list(KINDS),
            everything=self._list(asked),
            walled=asked.walls is not None,
            columns=views.COLUMNS,
        )

    def opened(self, request: Request) -> Response:
        """The list of a view, as of this moment."""
        try:
            one = views.view(request.path_params["name"])
            asked = self._asked(request)
        except Misuse as error:
            return PlainTextResponse(str(error), 404)
        if one.is_personal and not asked.staff:
            return RedirectResponse("/views")
        return RedirectResponse(views.list_path(self.namespace, asked.within(one.query(asked))))

    def browser(self, request: Request) -> Response:
        """What a browser keeps of the Web UI's columns and saved views, in the Web UI's own words."""
        asked = self._asked(request)
        kept = [one for one in views.VIEWS if not one.is_dated and (asked.staff or not one.is_personal)]
        return JSONResponse(
            {
                "namespace": self.namespace,
                "prefix": PREFIX,
                "columns": [{"label": column} for column in views.COLUMNS],
                "views": [_saved(one.id, one.title, asked.within(one.query(asked))) for one in kept],
            }
        )

    def _asked(self, request: Request) -> Asked:
        """Raises Misuse for an id that nobody of the staff has."""
        staff = request.query_params.get("as") or ""
        if staff and staff not in {one.id for one in everybody(self.settings.policy)}:
            raise Misuse("staff: nobody of that id is in the staff file.")
        return Asked.by(self.settings.policy, staff, asker_of(request).walls)

    def _list(self, asked: Asked, *conditions: str) -> str:
        return views.list_path(self.namespace, asked.within(views.all_of(views.OPEN, *conditions)))

    def _of_plan_by_kind(self, asked: Asked, plan: str) -> Mapping[str, str]:
        both = {kind: (views.of_plan(plan), views.of_kind(kind)) for kind in KINDS}
        return {kind: self._list(asked, *conditions) for kind, conditions in both.items()}


def _saved(name: str, title: str, query: str) -> dict[str, Any]:
    return {"id": f"{PREFIX}{name}", "name": title, "query": query, "type": "user"}
