"""Words for what the log says was done: requests by the name of their service, and events of the vault."""

from __future__ import annotations

from aftercare.domain.rows.log import LogGroup
from aftercare.i18n import N_, Language, current
from aftercare.words.record_fields import KINDS

READ = "read"
REFUSED = "refused"

ACTIONS: dict[str, str] = {
    # looking and looking for
    READ: N_("Looked at"),
    "search": N_("Searched"),
    "search_with_names": N_("Searched, with names"),
    REFUSED: N_("Was refused"),
    # leaving the program
    "printed": N_("Printed"),
    "saved": N_("Saved as a file"),
    "issue_report": N_("Issued a report"),
    "begin_batch": N_("Began reports for a caseload"),
    "number_report": N_("Numbered a report"),
    "export_log": N_("Exported the log"),
    # people and cases
    "register": N_("Added a person"),
    "take_in": N_("Added a person"),
    "correct_person": N_("Changed details of a person"),
    "correct_case": N_("Changed a case"),
    "open_another_case": N_("Opened another case"),
    "move_to_stage": N_("Moved a case to another stage"),
    "close_case": N_("Closed a case"),
    "import_people": N_("Imported people"),
    "seed_training": N_("Made invented people for training"),
    "undo": N_("Undid something"),
    "restore_value": N_("Restored an earlier value"),
    "bring_back": N_("Brought a removed record back"),
    # plan
    "open_plan": N_("Opened a plan"),
    "add_area": N_("Added an area to a plan"),
    "set_area": N_("Changed an area of a plan"),
    "take_out_area": N_("Took an area out of a plan"),
    "move_area": N_("Moved an area of a plan"),
    "add_goal": N_("Added a goal"),
    "correct_goal": N_("Changed a goal"),
    "close_goal": N_("Closed a goal"),
    "reopen_goal": N_("Reopened a goal"),
    "move_goal": N_("Moved a goal"),
    "add_step": N_("Added a step"),
    "correct_step": N_("Changed a step"),
    "tick_step": N_("Ticked a step"),
    "untick_step": N_("Unticked a step"),
    "block_step": N_("Noted that a step is blocked"),
    "free_step": N_("Noted that a step can go on"),
    "drop_step": N_("Dropped a step"),
    "move_step": N_("Moved a step"),
    "agree_plan": N_("Agreed a version of a plan"),
    "prepare_agreement": N_("Prepared an agreement"),
    "move_review": N_("Moved the review of a plan"),
    "record_progress": N_("Recorded progress"),
    "correct_progress": N_("Changed a progress entry"),
    "remove_progress": N_("Removed a progress entry"),
    "record_assessment": N_("Recorded an assessment"),
    # notes
    "save_note": N_("Saved a note"),
    "add_to_note": N_("Added to a note"),
    "move_note": N_("Moved a note to another person"),
    "keep_draft": N_("Kept a draft"),
    "drop_draft": N_("Dropped a draft"),
    # facts of the areas
    "save_appointment": N_("Saved an appointment"),
    "change_appointment_state": N_("Changed the state of an appointment"),
    "remove_appointment": N_("Removed an appointment"),
    "save_deadline": N_("Saved a deadline"),
    "remove_deadline": N_("Removed a deadline"),
    "save_enrolment": N_("Saved a course or school"),
    "remove_enrolment": N_("Removed a course or school"),
    "save_attendance": N_("Saved attendance"),
    "change_employment_state": N_("Changed the employment"),
    "save_job": N_("Saved work"),
    "remove_job": N_("Removed work"),
    "save_safe_job_check": N_("Saved a safe-job check"),
    "save_relative": N_("Saved a relative"),
    "remove_relative": N_("Removed a relative"),
    "save_family_contact": N_("Saved contact with family"),
    "remove_family_contact": N_("Removed contact with family"),
    "save_ladder": N_("Changed a reunification"),
    "move_on_ladder": N_("Moved a reunification on"),
    "record_veto": N_("Recorded a veto"),
    "stop_ladder": N_("Stopped a reunification"),
    "lift_stop": N_("Lifted a stop"),
    "save_follow_up_visit": N_("Saved a visit after the return"),
    "save_health_fact": N_("Saved a health entry"),
    "remove_health_fact": N_("Removed a health entry"),
    "save_placement": N_("Saved a placement"),
    "remove_placement": N_("Removed a placement"),
    "save_safety_check": N_("Saved a safety check of housing"),
    # the office
    "change_settings": N_("Changed settings"),
    "decide": N_("Changed settings"),
    "save_deadline_rule": N_("Changed settings"),
    "remove_deadline_rule": N_("Changed settings"),
    "choose_backup_folder": N_("Chose where backups go"),
    "choose_backups": N_("Chose where backups go"),
    "add_own_area": N_("Added an area of the organisation"),
    "rename_area": N_("Renamed an area"),
    "hide_area": N_("Hid an area"),
    "show_area_again": N_("Showed an area again"),
    "remove_own_area": N_("Removed an area of the organisation"),
    "mark_news_seen": N_("Marked news as seen"),
    "verify": N_("Checked the records"),
    "backed_up": N_("Backed up"),
    # what is kept and what is deleted
    "choose_terms": N_("Decided how long records are kept"),
    "set_hold": N_("Set a legal hold"),
    "lift_hold": N_("Lifted a legal hold"),
    "purge": N_("Deleted records"),
    "purged": N_("Deleted records, with a certificate"),
    "note_cleaned": N_("Cleared the file of what was deleted"),
    "note_reached": N_("Deleted older backups"),
    "purge_reached": N_("Deleted older backups and earlier records"),
    "earlier_records_destroyed": N_("Destroyed earlier records that a restore had left"),
    "earlier_records_stay": N_("Earlier records could not be destroyed"),
    "may_erase": N_("Began to erase everything"),
    "save_certificate": N_("Saved a certificate of deletion"),
    # people who work here
    "staff.access_changed": N_("Changed what a colleague may do or whom they see"),
    "staff.team_changed": N_("Changed the teams of a colleague"),
    "mark_access_news_read": N_("Read who was let in or sees more"),
    "staff.added": N_("Added an account"),
    "staff.disabled": N_("Disabled an account"),
    "staff.enabled": N_("Enabled an account"),
    "staff.removed": N_("Removed an account"),
    "staff.renamed": N_("Renamed an account"),
    "staff.reset": N_("Gave an account a new one-time code"),
    "staff.roles_changed": N_("Changed the roles of an account"),
    # who may see what and whom
    "change_access": N_("Changed what a colleague may do"),
    "add_team": N_("Added a team"),
    "rename_team": N_("Renamed a team"),
    "save_team": N_("Changed a team"),
    "remove_team": N_("Removed a team"),
    "give_to_team": N_("Gave a case to a team"),
    "exclude": N_("Excluded a colleague from a record"),
    "lift_exclusion": N_("Lifted the exclusion of a colleague"),
    "open_glass": N_("Opened a record that is not one’s own"),
    "break_glass": N_("Opened a record that is not one’s own"),
    "mark_reviewed": N_("Reviewed an access"),
    "ask_approval": N_("Asked a second person to agree"),
    "answer_approval": N_("Answered as the second person"),
    "approval_used": N_("Did what a second person had agreed to"),
    "add_staff": N_("Added an account"),
    "correct_staff": N_("Changed an account"),
    "reset_staff": N_("Gave an account a new one-time code"),
    "disable_staff": N_("Disabled an account"),
    "enable_staff": N_("Enabled an account"),
    "close_for_good": N_("Removed an account"),
    "seal_own_passphrase": N_("Changed their password"),
    "begin_renewal": N_("Began to replace the recovery code"),
    "note_rotation": N_("Gave the records a new key"),
    "want_tie": N_("Tied a password to a computer, or wanted it tied no more"),
    # the vault
    "vault.created": N_("The records were set up"),
    "vault.unlocked": N_("Signed in"),
    "vault.unlock_failed": N_("A password was wrong"),
    "vault.confirmation_failed": N_("A password was wrong, asked once more"),
    "vault.identity_confirmed": N_("Typed the password once more"),
    "vault.older_records_opened": N_("Older records were opened"),
    "vault.changed_outside": N_("The records had been changed from outside"),
    "vault.was_not_closed": N_("The records had not been closed properly"),
    "vault.log_end_unreadable": N_("The last saved changes could not be read after a crash"),
    "vault.log_found_broken": N_("The log was found damaged"),
    "vault.clock_went_back": N_("The clock of the computer had gone back"),
    "vault.header_repaired": N_("A damaged copy of the keys was repaired"),
    "vault.folder_closed_to_others": N_("The folder was closed to other users of the computer"),
    "vault.restored": N_("A backup was restored"),
    "vault.account_kept_closed": N_("An account that was closed after the backup stayed closed"),
    "vault.earlier_passphrase_back": N_("A password of the day of the backup opens an account again"),
    "vault.salvaged": N_("What was readable of damaged records was saved"),
    "vault.salvager_made_administrator": N_("Whoever saved damaged records became an administrator: none was readable"),
    "vault.opened_by_code": N_("The recovery code was used"),
    "vault.passphrase_reset_by_code": N_("A new password was set with the recovery code"),
    "vault.opened_by_one_time_code": N_("A one-time code was used"),
    "vault.one_time_code_issued": N_("A one-time code was made"),
    "vault.one_time_code_expired": N_("A one-time code expired"),
    "vault.first_passphrase_chosen": N_("Chose a first password"),
    "vault.passphrase_changed": N_("Changed their password"),
    "vault.account_renamed": N_("The sign-in name of an account was changed"),
    "vault.account_closed": N_("The key of an account was taken away"),
    "vault.key_rotated": N_("The records got a new key"),
    "vault.keys_changed_before_crash": N_("A change of the keys that a crash had interrupted was finished"),
    "vault.key_strengthened": N_("A password was locked away more strongly"),
    "vault.password_tied_to_computer": N_("A password was tied to a computer"),
    "vault.password_untied_from_computer": N_("A password was untied from a computer"),
    "vault.recovery_code_replaced": N_("The recovery code was replaced"),
}

PARTS: dict[str, str] = {
    "course": N_("Course over time"),
    "details": N_("Details"),
    "diary": N_("Appointments"),
    "education": N_("Education"),
    "employment": N_("Employment"),
    "family": N_("Family reunification"),
    "health": N_("Health"),
    "history": N_("History"),
    "housing": N_("Housing"),
    "log": N_("The log"),
    "name": N_("Name"),
    "notes": N_("Notes"),
    "overview": N_("Overview"),
    "plan_versions": N_("Versions of the plan"),
    "progress": N_("Progress entries"),
    "scores": N_("Scores"),
    "setting": N_("Settings"),
    "vault": N_("The records as a whole"),
}
"""Parts of a person's page, and of the office, that are no record of their own."""

GROUPS: dict[LogGroup, str] = {
    LogGroup.LOOKED: N_("Looked at or searched"),
    LogGroup.CHANGED: N_("Changed"),
    LogGroup.LEFT: N_("Printed, saved or exported"),
    LogGroup.SIGNED_IN: N_("Signing in"),
    LogGroup.KEYS: N_("Accounts, keys and backups"),
    LogGroup.REFUSED: N_("Refused"),
}


def group_words(group: LogGroup, language: Language | None = None) -> str:
    """What the lines of a group are about."""
    return (language or current()).tr(GROUPS[group])


def action_words(action: str, language: Language | None = None) -> str:
    """What was done, in words; an action of a later version by its own name."""
    words = language or current()
    return words.tr(ACTIONS[action]) if action in ACTIONS else action.replace("_", " ")


def kind_words(kind: str, language: Language | None = None) -> str:
    """What it was done to, in words; empty where the action says it all."""
    words = language or current()
    known = KINDS.get(kind) or PARTS.get(kind)
    return words.tr(known) if known else ""
