"""Search keys: by what a case is found, as keyed hashes. A worker fills them from the rows that are sealed.

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


def downgrade() -> None:
    op.drop_table("search_keys")
