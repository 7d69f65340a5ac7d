"""What was received again, and the services and days by which cases look alike.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claimed_lines",
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("through", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("case_number", "line", name="pk_claimed_lines"),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_claimed_lines_case_number_cases"),
    )
    op.create_index("ix_claimed_lines_service_code", "claimed_lines", ["service_code"])
    op.create_table(
        "receipts",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_receipts"),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_receipts_case_number_cases"),
    )
    op.create_index("ix_receipts_case_number", "receipts", ["case_number"])


def downgrade() -> None:
    op.drop_table("receipts")
    op.drop_table("claimed_lines")
