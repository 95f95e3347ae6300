"""What the forms are called in which somebody may have left words, by the names under which drafts are kept."""

from __future__ import annotations

from aftercare.i18n import N_, tr

FORMS = {
    "addendum": N_("Addendum"),
    "agreement": N_("Agreeing the plan"),
    "appointment": N_("Appointment"),
    "assessment": N_("Scores of all areas"),
    "attendance": N_("Attendance"),
    "case": N_("Case"),
    "deadline": N_("Deadline"),
    "details": N_("Details"),
    "enrolment": N_("Course or school"),
    "family_contact": N_("Contact with family"),
    "follow_up_visit": N_("Visit after the return"),
    "goal": N_("Goal"),
    "health_fact": N_("Health"),
    "job": N_("Job"),
    "ladder": N_("Way to reunification"),
    "ladder_move": N_("Next step to reunification"),
    "ladder_stop": N_("Stop the way to reunification"),
    "legal_hold": N_("Legal hold"),
    "lift_hold": N_("Lift the legal hold"),
    "lift_stop": N_("Lift the stop"),
    "move_note": N_("Move a note"),
    "new_person": N_("New person"),
    "new_step": N_("New step"),
    "note": N_("Note"),
    "placement": N_("Place to live"),
    "plan_area": N_("Area of the plan"),
    "progress": N_("How it goes"),
    "quick_note": N_("Quick note"),
    "relative": N_("Someone of the family"),
    "review": N_("Review of the plan"),
    "safe_job_check": N_("Safe-job check"),
    "safety_check": N_("Safety check of the place"),
    "stage": N_("Stage of the case"),
    "step": N_("Step"),
}
"""Those that can be opened again from Today: about a person, or the beginning of one."""

OPEN_WITHOUT_A_PERSON = frozenset({"new_person", "note"})


def form_label(form: str) -> str:
    return tr(FORMS[form])
