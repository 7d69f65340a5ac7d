"""The register: cases and what became of them, kept for as long as the law asks and Temporal does not.

Every write has a key that the case chose, so a write that runs twice is kept once, and every write is one
transaction. A page that comes late, after a newer one, adds its events and leaves the newer standing alone.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case as either
from sqlalchemy import func, inspect, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession
from sqlmodel import col

from domain.page import Alike, Claim, Page, Remembered, Waiting
from domain.stage import Stage
from records.engine import READING
from records.rows import Rows, Seal
from records.tables import CaseRow, EventRow, Record, WorkRow

Insert = sqlite.Insert | postgresql.Insert
