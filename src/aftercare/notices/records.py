"""Words for what the rules refuse."""

from __future__ import annotations

from aftercare.domain.errors import Problem, records
from aftercare.i18n import N_
from aftercare.notices.explanation import NOTHING_CHANGED, TEXT_KEPT, Explanation

RECORDS: dict[type[Problem], Explanation] = {
    records.NotAllowed: Explanation(
        N_("Your account may not do this."),
        NOTHING_CHANGED,
        N_("Ask a manager or administrator if you need it for your work."),
    ),
    records.ConfirmationNeeded: Explanation(
        N_("This is only done after your password was typed once more."),
        NOTHING_CHANGED,
        N_("Ask for it again and type your password."),
    ),
    records.ApprovalNeeded: Explanation(
        N_("Your organisation wants two people to decide this."),
        NOTHING_CHANGED,
        N_("Ask a colleague who may agree to it; then do it again."),
    ),
    records.NotForYourself: Explanation(
        N_("Nobody decides this for themselves."),
        NOTHING_CHANGED,
        N_("Ask another manager or administrator."),
    ),
    records.TeamInUse: Explanation(
        N_("Cases belong to this team; without it everybody would see them."),
        NOTHING_CHANGED,
        N_("Give its cases to another team first."),
    ),
    records.NotFound: Explanation(
        N_("This record does not exist, or is not open to your account."),
        NOTHING_CHANGED,
        N_("Check the code, or ask the case worker."),
    ),
    records.FieldProblem: Explanation("{reason}", TEXT_KEPT, N_("Correct it and save again.")),
    records.DraftProblems: Explanation(
        N_("Some fields cannot be saved as they stand."),
        TEXT_KEPT,
        N_("The message beside each field says what to change."),
    ),
    records.ChangedMeanwhile: Explanation(
        N_("This was changed after you opened it."),
        TEXT_KEPT,
        N_("Open it again, compare, and save."),
    ),
    records.NothingToUndo: Explanation(
        N_("There is nothing to undo here."),
        NOTHING_CHANGED,
        N_("What has been printed or handed over cannot be undone."),
    ),
    records.RecordHeld: Explanation(
        N_("A legal hold stands. Until it ends nothing may be deleted."),
        NOTHING_CHANGED,
        N_("A manager lifts the hold once its reason is over."),
    ),
    records.CaseStillOpen: Explanation(
        N_("This person has an open case."),
        NOTHING_CHANGED,
        N_("Close the case first; only what is closed can be deleted."),
    ),
    records.ErasingNotAllowed: Explanation(
        N_("Your organisation has not decided that everything may be erased."),
        NOTHING_CHANGED,
        N_("A manager can allow it in the retention settings."),
    ),
    records.NoteLocked: Explanation(
        N_("This note is locked since {locked_on}."),
        TEXT_KEPT,
        N_("Add your correction as an addendum."),
    ),
    records.NotYourNote: Explanation(
        N_("Only the person who wrote a note can correct it."),
        TEXT_KEPT,
        N_("Add what is missing as an addendum."),
    ),
    records.CannotClose: Explanation(N_("This cannot be closed yet: {reasons}."), NOTHING_CHANGED, ""),
    records.LadderStands: Explanation(N_("This step cannot be taken yet: {reasons}."), NOTHING_CHANGED, ""),
    records.PlanCannotBeAgreed: Explanation(
        N_("The plan cannot be agreed yet: {reasons}."),
        NOTHING_CHANGED,
        "",
    ),
}
