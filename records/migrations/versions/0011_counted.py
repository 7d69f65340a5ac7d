"""As what cases count in reports.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FACTS = (
    "is_counted",
    "parent",
    "answer",
    "decided_at",
    "extended",
    "at_once",
    "left_out",
    "owed_by",
    "told_at",
    "late",
)


def upgrade() -> None:
    no = sa.false()  # of the rows that are there: each is counted when the next report is asked for
    with op.batch_alter_table("cases") as cases:
        cases.add_column(sa.Column("is_counted", sa.Boolean(), nullable=False, server_default=no))
        cases.add_column(sa.Column("parent", sa.String(), nullable=True))
        cases.add_column(sa.Column("answer", sa.String(), nullable=True))
        cases.add_column(sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
        cases.add_column(sa.Column("extended", sa.Boolean(), nullable=False, server_default=no))
        cases.add_column(sa.Column("at_once", sa.Boolean(), nullable=False, server_default=no))
        cases.add_column(sa.Column("left_out", sa.String(), nullable=True))
        cases.add_column(sa.Column("owed_by", sa.DateTime(timezone=True), nullable=True))
        cases.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
        cases.add_column(sa.Column("late", sa.Boolean(), nullable=False, server_default=no))
    with op.batch_alter_table("notices") as notices:
        notices.add_column(sa.Column("way", sa.String(), nullable=False, server_default=""))
        notices.add_column(sa.Column("state", sa.String(), nullable=False, server_default=""))
        notices.add_column(sa.Column("late", sa.Boolean(), nullable=False, server_default=no))
    op.create_table(
        "appealed_lines",
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("first_decider", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("case_number", "line", name="pk_appealed_lines"),
        sa.ForeignKeyConstraint(
            ["case_number"], ["cases.number"], name="fk_appealed_lines_case_number_cases"
        ),
    )
    op.create_index("ix_notices_owed_at", "notices", ["owed_at"])
    op.create_index("ix_work_opened_at", "work", ["opened_at"])
    op.create_index("ix_cases_is_counted", "cases", ["is_counted"])
    came_out = sa.text("parent IS NOT NULL")
    op.create_index("ix_cases_parent", "cases", ["parent"], sqlite_where=came_out, postgresql_where=came_out)
    for instant in ("decided_at", "owed_by", "received_at"):
        op.create_index(f"ix_cases_plan_{instant}", "cases", ["plan", instant])


def downgrade() -> None:
    for instant in ("received_at", "owed_by", "decided_at"):
        op.drop_index(f"ix_cases_plan_{instant}", "cases")
    op.drop_index("ix_cases_parent", "cases")
    op.drop_index("ix_cases_is_counted", "cases")
    op.drop_index("ix_work_opened_at", "work")
    op.drop_index("ix_notices_owed_at", "notices")
    op.drop_table("appealed_lines")
    with op.batch_alter_table("notices") as notices:
        for name in ("way", "state", "late"):
            notices.drop_column(name)
    with op.batch_alter_table("cases") as cases:
        for name in FACTS:
            cases.drop_column(name)
