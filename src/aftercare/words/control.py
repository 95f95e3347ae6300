"""Words for means of control (HTCDS 2.0 `vic_MethodsOfControl`) as the safe-job check speaks of them."""

from __future__ import annotations

from aftercare.domain.codes import SafeJobQuestion
from aftercare.i18n import N_, Language, current

MEANS_OF_CONTROL: dict[str, str] = {
    "DebtBondage": N_("debt that must be worked off"),
    "TakesEarnings": N_("earnings taken away"),
    "RestrictsFinancialAccess": N_("no access to one’s own money"),
    "FalsePromises": N_("false promises"),
    "ExcessiveWorkingHours": N_("too many working hours"),
    "WithholdsDocuments": N_("papers withheld"),
    "WithholdsNecessities": N_("a place to sleep or food used as pressure"),
    "RestrictsMedicalCare": N_("no medical care"),
}


RED_FLAGS: dict[SafeJobQuestion, str] = {
    SafeJobQuestion.FEES_CHARGED: N_("fees to pay"),
    SafeJobQuestion.MINIMUM_WAGE: N_("wage below the legal minimum"),
    SafeJobQuestion.OWN_ACCOUNT: N_("not paid to the worker’s own account"),
    SafeJobQuestion.DEDUCTIONS: N_("deductions from the wage"),
    SafeJobQuestion.PAPERS_KEPT_BY_OTHERS: N_("papers kept by someone else"),
    SafeJobQuestion.HOUSING_TIED: N_("housing tied to the job"),
    SafeJobQuestion.FREE_TO_LEAVE: N_("not free to leave the site"),
    SafeJobQuestion.KEEPS_PHONE: N_("phone taken away"),
    SafeJobQuestion.LINKED_TO_EXPLOITATION: N_("someone linked to the exploitation"),
}


def flag_words(question: SafeJobQuestion, language: Language | None = None) -> str:
    """A red flag as part of a sentence."""
    return (language or current()).tr(RED_FLAGS[question])


def control_words(code: str, language: Language | None = None) -> str:
    """A means of control as part of a sentence; the code itself where it is not one the check speaks of."""
    words = language or current()
    return words.tr(MEANS_OF_CONTROL[code]) if code in MEANS_OF_CONTROL else code
