"""Words for means of control (HTCDS 2.0 `vic_MethodsOfControl`) as the safe-job check speaks of them."""

from __future__ import annotations

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


def control_words(code: str, language: Language | None = None) -> str:
    """A means of control as part of a sentence; the code itself where it is not one the check speaks of."""
    words = language or current()
    return words.tr(MEANS_OF_CONTROL[code]) if code in MEANS_OF_CONTROL else code
