"""The two checks before somebody lives or works somewhere, and the answers to them."""

from __future__ import annotations

from enum import StrEnum


class Answer(StrEnum):
    """The three answers of a check."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class SafetyCheckPoint(StrEnum):
    """What is looked at before someone lives somewhere."""

    DOOR = "door"
    STREET = "street"
    NEIGHBOURS = "neighbours"
    TRAFFICKERS_REACH = "traffickers_reach"
    PHONE_SIGNAL = "phone_signal"


class SafeJobQuestion(StrEnum):
    """The safe-job check. Which answer is the safe one, and which are red flags, is in domain.safe_job."""

    EMPLOYER_IDENTIFIED = "employer_identified"
    EMPLOYER_VISITED = "employer_visited"
    RECRUITER_INVOLVED = "recruiter_involved"
    RECRUITER_LICENSED = "recruiter_licensed"
    FEES_CHARGED = "fees_charged"
    CONTRACT_READABLE = "contract_readable"
    TERMS_AS_PROMISED = "terms_as_promised"
    MINIMUM_WAGE = "minimum_wage"
    OWN_ACCOUNT = "own_account"
    DEDUCTIONS = "deductions"
    HOURS_AND_REST = "hours_and_rest"
    PAPERS_KEPT_BY_OTHERS = "papers_kept_by_others"
    HOUSING_TIED = "housing_tied"
    HOUSING_LOCKABLE = "housing_lockable"
    FREE_TO_LEAVE = "free_to_leave"
    KEEPS_PHONE = "keeps_phone"
    SAFE_TRANSPORT = "safe_transport"
    ISOLATED_OR_NIGHT_ALONE = "isolated_or_night_alone"
    INSURED = "insured"
    LINKED_TO_EXPLOITATION = "linked_to_exploitation"
    WAY_OUT = "way_out"
    PERSON_TO_CALL = "person_to_call"


class SafeJobResult(StrEnum):
    GO = "go"
    GO_WITH_CONDITIONS = "go_with_conditions"
    STOP = "stop"
