"""The safe-job check: which answer is safe, which are red flags, and what the answers suggest. A person decides.

Source: field.md section 0; (R) there marks the red flags. The means of control are codes of HTCDS 2.0
`vic_MethodsOfControl`, so that an unsafe answer can be set beside what was done to her before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from aftercare.domain.codes import Answer, SafeJobQuestion, SafeJobResult

_Q = SafeJobQuestion

# a recruiter is neither safe nor unsafe: it only asks for a licence
SAFE_ANSWERS: dict[SafeJobQuestion, Answer] = {
    _Q.EMPLOYER_IDENTIFIED: Answer.YES,
    _Q.EMPLOYER_VISITED: Answer.YES,
    _Q.RECRUITER_LICENSED: Answer.YES,
    _Q.FEES_CHARGED: Answer.NO,
    _Q.CONTRACT_READABLE: Answer.YES,
    _Q.TERMS_AS_PROMISED: Answer.YES,
    _Q.MINIMUM_WAGE: Answer.YES,
    _Q.OWN_ACCOUNT: Answer.YES,
    _Q.DEDUCTIONS: Answer.NO,
    _Q.HOURS_AND_REST: Answer.YES,
    _Q.PAPERS_KEPT_BY_OTHERS: Answer.NO,
    _Q.HOUSING_TIED: Answer.NO,
    _Q.HOUSING_LOCKABLE: Answer.YES,
    _Q.FREE_TO_LEAVE: Answer.YES,
    _Q.KEEPS_PHONE: Answer.YES,
    _Q.SAFE_TRANSPORT: Answer.YES,
    _Q.ISOLATED_OR_NIGHT_ALONE: Answer.NO,
    _Q.INSURED: Answer.YES,
    _Q.LINKED_TO_EXPLOITATION: Answer.NO,
    _Q.WAY_OUT: Answer.YES,
    _Q.PERSON_TO_CALL: Answer.YES,
}

RED_FLAGS = frozenset(
    {
        _Q.FEES_CHARGED,
        _Q.MINIMUM_WAGE,
        _Q.OWN_ACCOUNT,
        _Q.DEDUCTIONS,
        _Q.PAPERS_KEPT_BY_OTHERS,
        _Q.HOUSING_TIED,
        _Q.FREE_TO_LEAVE,
        _Q.KEEPS_PHONE,
        _Q.LINKED_TO_EXPLOITATION,
    }
)

# asked only where another answer makes it matter
_ASKED_IF = {_Q.RECRUITER_LICENSED: _Q.RECRUITER_INVOLVED, _Q.HOUSING_LOCKABLE: _Q.HOUSING_TIED}

MEANS_OF_CONTROL: dict[SafeJobQuestion, tuple[str, ...]] = {
    _Q.FEES_CHARGED: ("DebtBondage",),
    _Q.TERMS_AS_PROMISED: ("FalsePromises",),
    _Q.MINIMUM_WAGE: ("TakesEarnings",),
    _Q.OWN_ACCOUNT: ("TakesEarnings", "RestrictsFinancialAccess"),
    _Q.DEDUCTIONS: ("TakesEarnings", "DebtBondage"),
    _Q.HOURS_AND_REST: ("ExcessiveWorkingHours",),
    _Q.PAPERS_KEPT_BY_OTHERS: ("WithholdsDocuments",),
    _Q.HOUSING_TIED: ("WithholdsNecessities",),
    _Q.INSURED: ("RestrictsMedicalCare",),
}

VALID_DAYS = 180


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the answers suggest, and why: each question stands in one list at most."""

    result: SafeJobResult
    red_flags: tuple[SafeJobQuestion, ...]
    concerns: tuple[SafeJobQuestion, ...]
    not_known: tuple[SafeJobQuestion, ...]


def is_asked(question: SafeJobQuestion, answers: Mapping[SafeJobQuestion, Answer]) -> bool:
    """Whether a question matters: a licence only with a recruiter, a lock only with housing."""
    condition = _ASKED_IF.get(question)
    return condition is None or answers.get(condition) is not Answer.NO


def is_unsafe(question: SafeJobQuestion, answer: Answer) -> bool:
    """Whether the answer is the opposite of the safe one; «not known» is not unsafe but open."""
    safe = SAFE_ANSWERS.get(question)
    return safe is not None and answer is not Answer.NOT_KNOWN and answer is not safe


def suggested_result(answers: Mapping[SafeJobQuestion, Answer]) -> Suggestion:
    """Stop at a red flag; conditions for any other concern or anything not known; go where all is safe.

    A question without an answer is not known.
    """
    red: list[SafeJobQuestion] = []
    concerns: list[SafeJobQuestion] = []
    open_questions: list[SafeJobQuestion] = []
    for question in SafeJobQuestion:
        if not is_asked(question, answers):
            continue
        answer = answers.get(question, Answer.NOT_KNOWN)
        if answer is Answer.NOT_KNOWN:
            open_questions.append(question)
        elif is_unsafe(question, answer):
            (red if question in RED_FLAGS else concerns).append(question)
    if red:
        result = SafeJobResult.STOP
    elif concerns or open_questions:
        result = SafeJobResult.GO_WITH_CONDITIONS
    else:
        result = SafeJobResult.GO
    return Suggestion(result, tuple(red), tuple(concerns), tuple(open_questions))


def repeats_control(answers: Mapping[SafeJobQuestion, Answer], means_of_control: Collection[str]) -> tuple[str, ...]:
    """The means of control she lived under that this job would repeat, as HTCDS codes in a steady order."""
    unsafe = (question for question, answer in answers.items() if is_unsafe(question, answer))
    repeated = {code for question in unsafe for code in MEANS_OF_CONTROL.get(question, ())}
    return tuple(sorted(repeated & set(means_of_control)))


def valid_until(checked_on: date) -> date:
    """The day suggested for the end of a result."""
    return checked_on + timedelta(days=VALID_DAYS)
