"""Level 1: The first records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from aftercare.records import base as records


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("utc", records.Moment(length=27), nullable=False),
        sa.Column("actor", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("prev", sa.LargeBinary(length=32), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_object_id", ["object_id", "seq"], unique=False)

    op.create_table(
        "caseload_entry",
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "intake",
                "stabilising",
                "plan",
                "reintegration",
                "follow_up",
                "closed",
                name="stage",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("stage_place", sa.Integer(), nullable=False),
        sa.Column(
            "risk",
            sa.Enum("low", "medium", "high", "critical", name="risklevel", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("risk_place", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("last_note_on", sa.Date(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("survivor_id", name=op.f("pk_caseload_entry")),
    )
    with op.batch_alter_table("caseload_entry", schema=None) as batch_op:
        batch_op.create_index("ix_caseload_entry_by_last_note_on", ["is_open", "last_note_on", "number"], unique=False)
        batch_op.create_index("ix_caseload_entry_by_number", ["is_open", "number"], unique=False)
        batch_op.create_index("ix_caseload_entry_by_opened_on", ["is_open", "opened_on", "number"], unique=False)
        batch_op.create_index("ix_caseload_entry_by_review_on", ["is_open", "review_on", "number"], unique=False)
        batch_op.create_index("ix_caseload_entry_by_risk_place", ["is_open", "risk_place", "number"], unique=False)
        batch_op.create_index("ix_caseload_entry_by_stage_place", ["is_open", "stage_place", "number"], unique=False)
        batch_op.create_index("ix_caseload_entry_by_team", ["is_open", "team_id", "survivor_id"], unique=False)
        batch_op.create_index("ix_caseload_entry_case_id", ["case_id"], unique=False)
        batch_op.create_index("ix_caseload_entry_team_of", ["survivor_id", "team_id"], unique=False)

    op.create_table(
        "own_area",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("colour", sa.String(length=7), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_area")),
        sa.UniqueConstraint("code", name=op.f("uq_own_area_code")),
    )
    op.create_table(
        "request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", records.Moment(length=27), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("undoes", sa.Uuid(), nullable=True),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
    )
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_at"), ["at"], unique=False)

    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column(
            "secret",
            sa.Enum("health", "legal", "narrative", name="secret", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
    )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.create_index("ix_search_entry_object_id", ["object_id"], unique=True)
        batch_op.create_index(
            "ix_search_entry_of_people", ["survivor_id"], unique=False, sqlite_where=sa.text("kind = 'person'")
        )
        batch_op.create_index(batch_op.f("ix_search_entry_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "staff",
        sa.Column("login_name", sa.String(length=80), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("reach", sa.Enum("own", "team", "all", name="reach", native_enum=False, length=40), nullable=True),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("withheld", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login_name", name=op.f("uq_staff_login_name")),
    )
    op.create_table(
        "stone",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_code", sa.String(length=20), nullable=False),
        sa.Column("laid_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_stone")),
    )
    op.create_table(
        "survivor",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_code", sa.String(length=20), nullable=False),
        sa.Column("birth_date", sa.String(length=12), nullable=True),
        sa.Column("age_least", sa.Integer(), nullable=True),
        sa.Column("age_most", sa.Integer(), nullable=True),
        sa.Column("age_stated_on", sa.Date(), nullable=True),
        sa.Column(
            "gender",
            sa.Enum(
                "Feminine",
                "Masculine",
                "TransgenderFeminine",
                "TransgenderMasculine",
                "NonConforming",
                "NonSpecifiedUnknown",
                name="gender",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("gender_words", sa.String(length=80), nullable=False),
        sa.Column("citizenships", sa.JSON(), nullable=False),
        sa.Column("contact_ways", sa.JSON(), nullable=False),
        sa.Column("contact_phone", sa.String(length=60), nullable=False),
        sa.Column("contact_email", sa.String(length=120), nullable=False),
        sa.Column("contact_from", sa.Time(), nullable=True),
        sa.Column("contact_until", sa.Time(), nullable=True),
        sa.Column("never_leave_message", sa.Boolean(), nullable=False),
        sa.Column("name_to_use", sa.String(length=120), nullable=False),
        sa.Column("contact_words", sa.String(), nullable=False),
        sa.Column("special_needs", sa.JSON(), nullable=False),
        sa.Column("special_needs_words", sa.String(), nullable=False),
        sa.Column("vulnerabilities", sa.JSON(), nullable=False),
        sa.Column("vulnerability_words", sa.String(), nullable=False),
        sa.Column("may_sign", sa.String(), nullable=False),
        sa.Column("told_already", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survivor")),
        sa.UniqueConstraint("case_code", name=op.f("uq_survivor_case_code")),
        sa.UniqueConstraint("number", name=op.f("uq_survivor_number")),
    )
    op.create_table(
        "team",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")),
    )
    op.create_table(
        "vault_mark",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("commits", sa.Integer(), nullable=False),
        sa.Column("header_sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault_mark")),
    )
    op.create_table(
        "alert",
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_alert_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "approval",
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("wanted", sa.Uuid(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", records.Moment(length=27), nullable=False),
        sa.Column("until", records.Moment(length=27), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", records.Moment(length=27), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("carried_out_at", records.Moment(length=27), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by"],
            ["staff.id"],
            name=op.f("fk_approval_answered_by_staff"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["staff.id"], name=op.f("fk_approval_asked_by_staff"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.create_index("ix_approval_about_until", ["about", "until"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", records.Moment(length=27), nullable=False),
        sa.Column("extent", sa.Enum("partial", "whole", name="extent", native_enum=False, length=40), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("agreed_by", sa.Uuid(), nullable=True),
        sa.Column("log_seq", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("reach", sa.JSON(), nullable=False),
        sa.Column("cleaned_at", records.Moment(length=27), nullable=True),
        sa.Column("finished_at", records.Moment(length=27), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreed_by"],
            ["staff.id"],
            name=op.f("fk_certificate_agreed_by_staff"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
    )
    op.create_table(
        "change",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["request.id"],
            name=op.f("fk_change_request_id_request"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index("ix_change_kind_object_id", ["kind", "object_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_request_id"), ["request_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "dependant",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "mother",
                "father",
                "sister",
                "brother",
                "child",
                "partner",
                "grandparent",
                "aunt_or_uncle",
                "cousin",
                "guardian",
                "friend",
                "other",
                name="relativekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("birth_date", sa.String(length=12), nullable=True),
        sa.Column("lives_with_her", sa.Boolean(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_dependant_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependant")),
    )
    with op.batch_alter_table("dependant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dependant_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=60), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", records.Moment(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_draft_staff_id_staff"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("staff_id", "form", "about", name=op.f("uq_draft_staff_id_form_about")),
    )
    op.create_table(
        "exclusion",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_exclusion_staff_id_staff"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_exclusion_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
        sa.UniqueConstraint("staff_id", "survivor_id", name=op.f("uq_exclusion_staff_id_survivor_id")),
    )
    with op.batch_alter_table("exclusion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exclusion_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "glass_opening",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("opened_at", records.Moment(length=27), nullable=False),
        sa.Column("until", records.Moment(length=27), nullable=False),
        sa.Column("reviewed_at", records.Moment(length=27), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("review_words", sa.String(length=300), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reviewed_by"],
            ["staff.id"],
            name=op.f("fk_glass_opening_reviewed_by_staff"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_glass_opening_staff_id_staff"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_glass_opening_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glass_opening")),
    )
    with op.batch_alter_table("glass_opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_glass_opening_reviewed_at"), ["reviewed_at"], unique=False)
        batch_op.create_index("ix_glass_opening_staff_id_until", ["staff_id", "until"], unique=False)
        batch_op.create_index(batch_op.f("ix_glass_opening_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "identity_number",
        sa.Column(
            "kind",
            sa.Enum(
                "passport",
                "national_id",
                "residence_permit",
                "asylum_card",
                "birth_certificate",
                "health_card",
                "tax_or_social",
                "other",
                name="identitykind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("whereabouts", sa.String(length=200), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_identity_number_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_number")),
    )
    with op.batch_alter_table("identity_number", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_number_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "legal_hold",
        sa.Column(
            "reason",
            sa.Enum(
                "court",
                "investigation",
                "complaint",
                "compensation",
                "audit",
                "her_wish",
                "other",
                name="holdreason",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_words", sa.String(length=300), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lifted_by"],
            ["staff.id"],
            name=op.f("fk_legal_hold_lifted_by_staff"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_legal_hold_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    with op.batch_alter_table("legal_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_legal_hold_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "purged",
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("certificate", sa.Integer(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_purged_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purged")),
    )
    with op.batch_alter_table("purged", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_purged_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "spoken_language",
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("reads", sa.Boolean(), nullable=True),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_spoken_language_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spoken_language")),
    )
    with op.batch_alter_table("spoken_language", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spoken_language_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "survivor_case",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "intake",
                "stabilising",
                "plan",
                "reintegration",
                "follow_up",
                "closed",
                name="stage",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=True),
        sa.Column(
            "referral_source",
            sa.Enum(
                "self",
                "ngo",
                "police",
                "border",
                "health",
                "hotline",
                "child_protection",
                "labour_inspection",
                "embassy",
                "family_or_friend",
                "community",
                "other_shelter",
                "other",
                name="referralsource",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("referral_words", sa.String(), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column(
            "risk",
            sa.Enum("low", "medium", "high", "critical", name="risklevel", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("risk_reason", sa.String(), nullable=False),
        sa.Column("risk_review_on", sa.Date(), nullable=True),
        sa.Column(
            "employment",
            sa.Enum(
                "not_yet",
                "preparing",
                "applying",
                "trial",
                "employed",
                "self_employed",
                "in_training",
                "paused",
                "not_wanted",
                name="employmentstate",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column(
            "closure_reason",
            sa.Enum(
                "goals_met",
                "her_wish",
                "transferred",
                "returned_home",
                "lost_contact",
                "not_eligible",
                "died",
                "other",
                name="closurereason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("closure_words", sa.String(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_survivor_case_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_survivor_case_team_id_team"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survivor_case")),
    )
    with op.batch_alter_table("survivor_case", schema=None) as batch_op:
        batch_op.create_index("ix_survivor_case_stage", ["stage"], unique=False)
        batch_op.create_index(batch_op.f("ix_survivor_case_survivor_id"), ["survivor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_survivor_case_team_id"), ["team_id"], unique=False)

    op.create_table(
        "survivor_name",
        sa.Column(
            "kind",
            sa.Enum("legal", "preferred", "former", "local_script", name="namekind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("given", sa.String(length=200), nullable=False),
        sa.Column("family", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("script", sa.String(length=4), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_survivor_name_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survivor_name")),
    )
    with op.batch_alter_table("survivor_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survivor_name_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "team_member",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_team_member_staff_id_staff"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_team_member_team_id_team"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
        sa.UniqueConstraint("staff_id", "team_id", name=op.f("uq_team_member_staff_id_team_id")),
    )
    with op.batch_alter_table("team_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_member_team_id"), ["team_id"], unique=False)

    op.create_table(
        "appointment",
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "general",
                "dental",
                "sexual_and_reproductive",
                "pregnancy",
                "mental_health",
                "counselling_session",
                "substance_use",
                "emergency",
                "vaccination",
                "hearing",
                "lawyer",
                "authority",
                "housing_viewing",
                "course",
                "work",
                "family_contact",
                "review",
                "other",
                name="appointmentkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "offered",
                "declined",
                "booked",
                "attended",
                "missed",
                "cancelled",
                name="appointmentstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "interpreter",
            sa.Enum(
                "not_needed", "needed", "asked", "confirmed", name="interpreterstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("interpreter_language", sa.String(length=20), nullable=False),
        sa.Column("accompanied_by", sa.String(length=120), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_appointment_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_appointment_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_appointment_on", ["on"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("instrument", sa.String(length=80), nullable=False),
        sa.Column("setting", sa.String(length=200), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_assessment_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_assessment_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assessment_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "case_worker",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_case_worker_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_case_worker_staff_id_staff"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_case_worker_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_worker")),
    )
    with op.batch_alter_table("case_worker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_worker_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_worker_staff_id"), ["staff_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_worker_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "deadline",
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "reflection_period",
                "residence_permit",
                "work_permit",
                "asylum_step",
                "appeal",
                "compensation_claim",
                "health_cover",
                "benefit",
                "document",
                "other",
                name="deadlinekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_deadline_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_deadline_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_deadline_ends_on", ["ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_deadline_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column(
            "kind",
            sa.Enum(
                "literacy",
                "language_course",
                "primary",
                "secondary",
                "vocational",
                "apprenticeship",
                "higher",
                "life_skills",
                "rights_course",
                name="educationkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("course", sa.String(length=200), nullable=False),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column(
            "isced",
            sa.Enum("0", "1", "2", "3", "4", "5", "6", "7", "8", name="isced", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("language_level", sa.String(length=2), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "enrolled",
                "attending",
                "paused",
                "completed",
                "left",
                name="enrolmentstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("certificate", sa.String(length=200), nullable=False),
        sa.Column("certificate_on", sa.Date(), nullable=True),
        sa.Column("barriers", sa.JSON(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_enrolment_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_enrolment_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enrolment_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "health_fact",
        sa.Column(
            "kind",
            sa.Enum(
                "need",
                "medication",
                "allergy",
                "referral",
                "cover",
                name="healthfactkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("dose", sa.String(length=120), nullable=False),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("who_may_see", sa.String(length=200), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_health_fact_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_health_fact_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_fact")),
    )
    with op.batch_alter_table("health_fact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_health_fact_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_health_fact_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "issued_report",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum("progress", "plan_sheet", name="reportkind", native_enum=False, length=40), nullable=False
        ),
        sa.Column(
            "profile",
            sa.Enum("internal", "survivors_copy", "anonymous", name="reportprofile", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_until", sa.Date(), nullable=True),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_issued_report_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_issued_report_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_report")),
        sa.UniqueConstraint("number", name=op.f("uq_issued_report_number")),
    )
    with op.batch_alter_table("issued_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issued_report_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_issued_report_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "job",
        sa.Column("employer", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "considered",
                "applied",
                "interview",
                "offered",
                "working",
                "ended",
                "refused",
                "withdrawn",
                name="jobstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("wage", sa.String(length=80), nullable=False),
        sa.Column("hours", sa.String(length=80), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_job_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_job_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_job_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "note",
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "visit",
                "call",
                "message",
                "meeting",
                "counselling",
                "accompaniment",
                "case_conference",
                "incident",
                "other",
                name="notekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("present", sa.String(length=200), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("moved_from_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_note_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["moved_from_id"],
            ["survivor.id"],
            name=op.f("fk_note_moved_from_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_note_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_note_case_id_created_at", ["case_id", "created_at"], unique=False)
        batch_op.create_index("ix_note_case_id_on_at", ["case_id", "on", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_moved_from_id"), ["moved_from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "placement",
        sa.Column(
            "kind",
            sa.Enum(
                "shelter_bed",
                "own_room_in_shelter",
                "transitional_flat",
                "host_family",
                "foster_or_kinship",
                "hotel",
                "hospital",
                "detention",
                "own_rental",
                "with_family",
                "repatriated",
                "unknown_whereabouts",
                name="placementkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("move_on_by", sa.Date(), nullable=True),
        sa.Column("rent", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column(
            "rent_payer",
            sa.Enum(
                "herself",
                "organisation",
                "public_support",
                "shared",
                "no_rent",
                "not_known",
                name="rentpayer",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("support", sa.String(), nullable=False),
        sa.Column(
            "exit_reason",
            sa.Enum(
                "moved_on",
                "asked_to_leave",
                "left_without_notice",
                "transferred",
                "returned_to_family",
                "died",
                "other",
                name="exitreason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("exit_words", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_placement_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_placement_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placement_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "plan",
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_plan_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_plan_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("case_id", name=op.f("uq_plan_case_id")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "relative",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "mother",
                "father",
                "sister",
                "brother",
                "child",
                "partner",
                "grandparent",
                "aunt_or_uncle",
                "cousin",
                "guardian",
                "friend",
                "other",
                name="relativekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("whereabouts", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("her_wish", sa.String(), nullable=False),
        sa.Column(
            "was_recruiter",
            sa.Enum("yes", "no", "not_known", name="answer", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "knows_where_she_is",
            sa.Enum("yes", "no", "not_known", name="answer", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_relative_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_relative_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relative")),
    )
    with op.batch_alter_table("relative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relative_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_relative_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "stage_change",
        sa.Column(
            "stage",
            sa.Enum(
                "intake",
                "stabilising",
                "plan",
                "reintegration",
                "follow_up",
                "closed",
                name="stage",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_stage_change_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_stage_change_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_change")),
    )
    with op.batch_alter_table("stage_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stage_change_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stage_change_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "addendum",
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["note.id"], name=op.f("fk_addendum_note_id_note"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_addendum_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addendum")),
    )
    with op.batch_alter_table("addendum", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_addendum_note_id"), ["note_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_addendum_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_attendance_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_attendance_enrolment_id_enrolment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_attendance_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "family_contact",
        sa.Column("relative_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "call",
                "video_call",
                "message",
                "letter",
                "visit",
                "through_others",
                name="familycontactway",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_family_contact_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["relative_id"],
            ["relative.id"],
            name=op.f("fk_family_contact_relative_id_relative"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_family_contact_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_contact")),
    )
    with op.batch_alter_table("family_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_family_contact_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_contact_relative_id"), ["relative_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_family_contact_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "plan_area",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum("active", "later", "not_wanted", name="areastate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_plan_area_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_area_plan_id_plan"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_plan_area_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_area")),
        sa.UniqueConstraint("plan_id", "area", name=op.f("uq_plan_area_plan_id_area")),
    )
    with op.batch_alter_table("plan_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_area_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_area_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "plan_version",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("agreed", "superseded", name="planversionstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column(
            "her_signature_way",
            sa.Enum("drawn", "on_paper", "mark", "spoken", name="signatureway", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("her_signature", sa.JSON(), nullable=True),
        sa.Column(
            "worker_signature_way",
            sa.Enum("drawn", "on_paper", "mark", "spoken", name="signatureway", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("worker_signature", sa.JSON(), nullable=True),
        sa.Column("worker_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("interpreter", sa.String(length=120), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_plan_version_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plan.id"], name=op.f("fk_plan_version_plan_id_plan"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_plan_version_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["staff.id"],
            name=op.f("fk_plan_version_worker_id_staff"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_version_plan_id_number")),
    )
    with op.batch_alter_table("plan_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_version_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_version_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_version_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "progress_entry",
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("narrative", sa.String(), nullable=False),
        sa.Column(
            "staff_level",
            sa.Enum(
                "in_crisis",
                "vulnerable",
                "safe",
                "building",
                "empowered",
                "not_enough_information",
                "rather_not_say",
                name="level",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "own_level",
            sa.Enum(
                "in_crisis",
                "vulnerable",
                "safe",
                "building",
                "empowered",
                "not_enough_information",
                "rather_not_say",
                name="level",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("step_ids", sa.JSON(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_progress_entry_assessment_id_assessment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_progress_entry_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_progress_entry_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_entry")),
    )
    with op.batch_alter_table("progress_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_entry_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_progress_entry_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_progress_entry_case_id_area_on", ["case_id", "area", "on"], unique=False)
        batch_op.create_index(batch_op.f("ix_progress_entry_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "reunification",
        sa.Column("relative_id", sa.Uuid(), nullable=True),
        sa.Column("household", sa.String(length=200), nullable=False),
        sa.Column(
            "rung",
            sa.Enum(
                "wish",
                "trace",
                "contact",
                "assessment",
                "trial_visit",
                "return",
                "follow_up",
                name="rung",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_child", sa.Boolean(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_reunification_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["relative_id"],
            ["relative.id"],
            name=op.f("fk_reunification_relative_id_relative"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_reunification_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reunification")),
    )
    with op.batch_alter_table("reunification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reunification_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reunification_relative_id"), ["relative_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reunification_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "safe_job_check",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_staff_id", sa.Uuid(), nullable=False),
        sa.Column("check_in_day", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column(
            "result",
            sa.Enum("go", "go_with_conditions", "stop", name="safejobresult", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("conditions", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_staff_id"],
            ["staff.id"],
            name=op.f("fk_safe_job_check_by_staff_id_staff"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_safe_job_check_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["job.id"], name=op.f("fk_safe_job_check_job_id_job"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_safe_job_check_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safe_job_check")),
    )
    with op.batch_alter_table("safe_job_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safe_job_check_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_safe_job_check_job_id"), ["job_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_safe_job_check_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "safety_check",
        sa.Column("placement_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_staff_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("concerns", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_staff_id"],
            ["staff.id"],
            name=op.f("fk_safety_check_by_staff_id_staff"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_safety_check_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["placement_id"],
            ["placement.id"],
            name=op.f("fk_safety_check_placement_id_placement"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_safety_check_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_check")),
    )
    with op.batch_alter_table("safety_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_safety_check_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_safety_check_placement_id"), ["placement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_safety_check_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "follow_up_visit",
        sa.Column("reunification_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column(
            "safe", sa.Enum("yes", "no", "not_known", name="answer", native_enum=False, length=40), nullable=False
        ),
        sa.Column(
            "housed", sa.Enum("yes", "no", "not_known", name="answer", native_enum=False, length=40), nullable=False
        ),
        sa.Column(
            "occupied", sa.Enum("yes", "no", "not_known", name="answer", native_enum=False, length=40), nullable=False
        ),
        sa.Column(
            "wants_to_stay",
            sa.Enum("yes", "no", "not_known", name="answer", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_follow_up_visit_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["reunification_id"],
            ["reunification.id"],
            name=op.f("fk_follow_up_visit_reunification_id_reunification"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_follow_up_visit_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_visit")),
    )
    with op.batch_alter_table("follow_up_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_up_visit_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_visit_reunification_id"), ["reunification_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_visit_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "goal",
        sa.Column("plan_area_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("baseline", sa.String(), nullable=False),
        sa.Column("aim", sa.String(), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "agreed",
                "in_progress",
                "achieved",
                "changed",
                "set_aside",
                name="goalstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_goal_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["plan_area_id"],
            ["plan_area.id"],
            name=op.f("fk_goal_plan_area_id_plan_area"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_goal_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_goal_plan_area_id"), ["plan_area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_goal_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "ladder_move",
        sa.Column("reunification_id", sa.Uuid(), nullable=False),
        sa.Column(
            "rung",
            sa.Enum(
                "wish",
                "trace",
                "contact",
                "assessment",
                "trial_visit",
                "return",
                "follow_up",
                name="rung",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("guardian", sa.String(length=200), nullable=False),
        sa.Column("assent_on", sa.Date(), nullable=True),
        sa.Column("best_interest_on", sa.Date(), nullable=True),
        sa.Column("safety_answered", sa.Boolean(), nullable=False),
        sa.Column("safety_words", sa.String(), nullable=False),
        sa.Column(
            "safe_to_proceed",
            sa.Enum("yes", "no", "not_known", name="answer", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "she_is_willing",
            sa.Enum("yes", "no", "not_known", name="answer", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "family_is_willing",
            sa.Enum("yes", "no", "not_known", name="answer", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_ladder_move_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["reunification_id"],
            ["reunification.id"],
            name=op.f("fk_ladder_move_reunification_id_reunification"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_ladder_move_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_move")),
    )
    with op.batch_alter_table("ladder_move", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ladder_move_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ladder_move_reunification_id"), ["reunification_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ladder_move_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "ladder_stop",
        sa.Column("reunification_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "her_veto",
                "new_threat",
                "consent_withdrawn",
                "assessment_failed",
                name="stopkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_words", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_ladder_stop_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by"],
            ["staff.id"],
            name=op.f("fk_ladder_stop_lifted_by_staff"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["reunification_id"],
            ["reunification.id"],
            name=op.f("fk_ladder_stop_reunification_id_reunification"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_ladder_stop_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_stop")),
    )
    with op.batch_alter_table("ladder_stop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ladder_stop_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ladder_stop_reunification_id"), ["reunification_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ladder_stop_survivor_id"), ["survivor_id"], unique=False)

    op.create_table(
        "step",
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column(
            "doer",
            sa.Enum("survivor", "staff", "provider", name="stepdoer", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("open", "done", "blocked", "dropped", name="stepstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column(
            "barrier",
            sa.Enum(
                "waits_for_papers",
                "waits_for_provider",
                "no_place",
                "money",
                "health",
                "fear",
                "transport",
                "childcare",
                "not_wanted_now",
                "another_step",
                name="stepbarrier",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("barrier_words", sa.String(), nullable=False),
        sa.Column("waits_for_id", sa.Uuid(), nullable=True),
        sa.Column("repeat", sa.String(length=200), nullable=False),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", records.Moment(length=27), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["survivor_case.id"],
            name=op.f("fk_step_case_id_survivor_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["step.id"], name=op.f("fk_step_follows_id_step"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goal.id"], name=op.f("fk_step_goal_id_goal"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_step_staff_id_staff"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["survivor_id"],
            ["survivor.id"],
            name=op.f("fk_step_survivor_id_survivor"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["waits_for_id"], ["step.id"], name=op.f("fk_step_waits_for_id_step"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_step_case_id_state_due_on", ["case_id", "state", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_step_follows_id"), ["follows_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_step_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index("ix_step_staff_id_state_due_on", ["staff_id", "state", "due_on"], unique=False)
        batch_op.create_index("ix_step_state_due_on", ["state", "due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_step_survivor_id"), ["survivor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_step_waits_for_id"), ["waits_for_id"], unique=False)
