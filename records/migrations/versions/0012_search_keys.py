"""Search keys: by what a case is found, as keyed hashes. A worker fills them from the rows that are sealed.

And what came in and belongs to no case yet.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_keys",
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("case_number", "hash", name="pk_search_keys"),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name="fk_search_keys_case_number_cases"),
    )
    op.create_index("ix_search_keys_hash", "search_keys", ["hash"])
    op.create_table(
        "unmatched",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_number", sa.String(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unmatched"),
    )
    op.create_index("ix_unmatched_case_number", "unmatched", ["case_number"])


def downgrade() -> None:
    op.drop_table("unmatched")
    op.drop_table("search_keys")
