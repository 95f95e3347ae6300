"""The vocabularies of the record: codes in English snake_case; their words are in aftercare.words.

Extend, never shrink: stored vaults hold these values. Sources: field.md sections 0 and 2 (own vocabularies, five-step
scale), HTCDS 2.0 for gender.
"""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where a case stands, in order."""

    INTAKE = "intake"
    STABILISING = "stabilising"
    PLAN = "plan"
    REINTEGRATION = "reintegration"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"


class RiskLevel(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


RISK_REVIEW_DAYS = {RiskLevel.LOW: 90, RiskLevel.MEDIUM: 30, RiskLevel.HIGH: 7, RiskLevel.CRITICAL: 1}


class Area(StrEnum):
    """The areas of a plan that every vault knows; an organisation adds its own beside them by other codes."""

    HOUSING = "housing"
    HEALTH = "health"
    EDUCATION = "education"
    EMPLOYMENT = "employment"
    FAMILY = "family_reunification"
    LEGAL = "legal_status"
    SAFETY = "safety"
    MONEY = "money"
    COMMUNITY = "community"


MAIN_AREAS = (Area.HOUSING, Area.HEALTH, Area.EDUCATION, Area.EMPLOYMENT, Area.FAMILY)


class AreaState(StrEnum):
    """Whether an area is worked on now; «later» and «not wanted» are her answers."""

    ACTIVE = "active"
    LATER = "later"
    NOT_WANTED = "not_wanted"


class GoalState(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    ACHIEVED = "achieved"
    CHANGED = "changed"
    SET_ASIDE = "set_aside"


OPEN_GOALS = (GoalState.PROPOSED, GoalState.AGREED, GoalState.IN_PROGRESS)


class StepState(StrEnum):
    OPEN = "open"
    DONE = "done"
    BLOCKED = "blocked"
    DROPPED = "dropped"


class StepDoer(StrEnum):
    """Who does a step."""

    SURVIVOR = "survivor"
    STAFF = "staff"
    PROVIDER = "provider"


class StepBarrier(StrEnum):
    WAITS_FOR_PAPERS = "waits_for_papers"
    WAITS_FOR_PROVIDER = "waits_for_provider"
    NO_PLACE = "no_place"
    MONEY = "money"
    HEALTH = "health"
    FEAR = "fear"
    TRANSPORT = "transport"
    CHILDCARE = "childcare"
    NOT_WANTED_NOW = "not_wanted_now"
    ANOTHER_STEP = "another_step"


class Level(StrEnum):
    """The built-in five-step scale and the two answers that are not levels (never the lowest step)."""

    IN_CRISIS = "in_crisis"
    VULNERABLE = "vulnerable"
    SAFE = "safe"
    BUILDING = "building"
    EMPOWERED = "empowered"
    NOT_ENOUGH_INFORMATION = "not_enough_information"
    RATHER_NOT_SAY = "rather_not_say"

    @property
    def step(self) -> int | None:
        """1 (in crisis) to 5 (empowered); None for an answer that is not a level."""
        return _STEPS.get(self)


_STEPS = {
    Level.IN_CRISIS: 1,
    Level.VULNERABLE: 2,
    Level.SAFE: 3,
    Level.BUILDING: 4,
    Level.EMPOWERED: 5,
}
SCALE = tuple(_STEPS)
STAFF_LEVELS = (*SCALE, Level.NOT_ENOUGH_INFORMATION)  # only the survivor may rather not say


class PlanVersionState(StrEnum):
    AGREED = "agreed"
    SUPERSEDED = "superseded"


class SignatureWay(StrEnum):
    """How someone agreed to a plan version."""

    DRAWN = "drawn"
    ON_PAPER = "on_paper"
    MARK = "mark"
    SPOKEN = "spoken"


class NameKind(StrEnum):
    LEGAL = "legal"
    PREFERRED = "preferred"
    FORMER = "former"
    LOCAL_SCRIPT = "local_script"


class Gender(StrEnum):
    """HTCDS 2.0 `prs_Gender`; whatever these six do not say stands beside them in own words."""

    FEMALE = "Feminine"
    MALE = "Masculine"
    TRANSGENDER_FEMALE = "TransgenderFeminine"
    TRANSGENDER_MALE = "TransgenderMasculine"
    NON_BINARY = "NonConforming"
    NOT_SPECIFIED = "NonSpecifiedUnknown"


class ContactWay(StrEnum):
    CALL = "call"
    TEXT = "text"
    MESSENGER = "messenger"
    EMAIL = "email"
    IN_PERSON = "in_person"
    THROUGH_WORKER = "through_worker"
    LETTER = "letter"


class IdentityKind(StrEnum):
    PASSPORT = "passport"
    NATIONAL_ID = "national_id"
    RESIDENCE_PERMIT = "residence_permit"
    ASYLUM_CARD = "asylum_card"
    BIRTH_CERTIFICATE = "birth_certificate"
    HEALTH_CARD = "health_card"
    TAX_OR_SOCIAL = "tax_or_social"
    OTHER = "other"


class SpecialNeed(StrEnum):
    MOBILITY = "mobility"
    SIGHT = "sight"
    HEARING = "hearing"
    READING = "reading"
    DIET = "diet"
    PRAYER = "prayer"
    PREGNANCY = "pregnancy"
    INFANT = "infant"
    TRAUMA_TRIGGERS = "trauma_triggers"
    MEDICATION = "medication"
    OTHER = "other"


class Vulnerability(StrEnum):
    """Layered vulnerabilities; several hold at once."""

    CHILD = "child"
    UNACCOMPANIED = "unaccompanied"
    PREGNANCY = "pregnancy"
    SINGLE_PARENT = "single_parent"
    DISABILITY = "disability"
    INDIGENOUS = "indigenous"
    STATELESS = "stateless"
    IRREGULAR_STATUS = "irregular_status"
    LGBTIQ = "lgbtiq"
    SUBSTANCE_USE = "substance_use"
    OLDER_PERSON = "older_person"
    OTHER = "other"


class ReferralSource(StrEnum):
    SELF = "self"
    NGO = "ngo"
    POLICE = "police"
    BORDER = "border"
    HEALTH = "health"
    HOTLINE = "hotline"
    CHILD_PROTECTION = "child_protection"
    LABOUR_INSPECTION = "labour_inspection"
    EMBASSY = "embassy"
    FAMILY_OR_FRIEND = "family_or_friend"
    COMMUNITY = "community"
    OTHER_SHELTER = "other_shelter"
    OTHER = "other"


class ClosureReason(StrEnum):
    GOALS_MET = "goals_met"
    HER_WISH = "her_wish"
    TRANSFERRED = "transferred"
    RETURNED_HOME = "returned_home"
    LOST_CONTACT = "lost_contact"
    NOT_ELIGIBLE = "not_eligible"
    DIED = "died"
    OTHER = "other"


class NoteKind(StrEnum):
    VISIT = "visit"
    CALL = "call"
    MESSAGE = "message"
    MEETING = "meeting"
    COUNSELLING = "counselling"
    ACCOMPANIMENT = "accompaniment"
    CASE_CONFERENCE = "case_conference"
    INCIDENT = "incident"
    OTHER = "other"


class Answer(StrEnum):
    """The three answers of a check."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


# --- housing -----------------------------------------------------------------------------------------------------


class PlacementKind(StrEnum):
    SHELTER_BED = "shelter_bed"
    OWN_ROOM_IN_SHELTER = "own_room_in_shelter"
    TRANSITIONAL_FLAT = "transitional_flat"
    HOST_FAMILY = "host_family"
    FOSTER_OR_KINSHIP = "foster_or_kinship"
    HOTEL = "hotel"
    HOSPITAL = "hospital"
    DETENTION = "detention"
    OWN_RENTAL = "own_rental"
    WITH_FAMILY = "with_family"
    REPATRIATED = "repatriated"
    UNKNOWN_WHEREABOUTS = "unknown_whereabouts"


SHELTER_PLACEMENTS = (
    PlacementKind.SHELTER_BED,
    PlacementKind.OWN_ROOM_IN_SHELTER,
    PlacementKind.TRANSITIONAL_FLAT,
)


class ExitReason(StrEnum):
    MOVED_ON = "moved_on"
    ASKED_TO_LEAVE = "asked_to_leave"
    LEFT_WITHOUT_NOTICE = "left_without_notice"
    TRANSFERRED = "transferred"
    RETURNED_TO_FAMILY = "returned_to_family"
    DIED = "died"
    OTHER = "other"


class RentPayer(StrEnum):
    HERSELF = "herself"
    ORGANISATION = "organisation"
    PUBLIC_SUPPORT = "public_support"
    SHARED = "shared"
    NO_RENT = "no_rent"
    NOT_KNOWN = "not_known"


class SafetyCheckPoint(StrEnum):
    """What is looked at before someone lives somewhere."""

    DOOR = "door"
    STREET = "street"
    NEIGHBOURS = "neighbours"
    TRAFFICKERS_REACH = "traffickers_reach"
    PHONE_SIGNAL = "phone_signal"


# --- appointments and health -------------------------------------------------------------------------------------


class AppointmentKind(StrEnum):
    """Health kinds first (field.md), then the others that stand in the same diary."""

    GENERAL = "general"
    DENTAL = "dental"
    SEXUAL_AND_REPRODUCTIVE = "sexual_and_reproductive"
    PREGNANCY = "pregnancy"
    MENTAL_HEALTH = "mental_health"
    COUNSELLING_SESSION = "counselling_session"
    SUBSTANCE_USE = "substance_use"
    EMERGENCY = "emergency"
    VACCINATION = "vaccination"
    HEARING = "hearing"
    LAWYER = "lawyer"
    AUTHORITY = "authority"
    HOUSING_VIEWING = "housing_viewing"
    COURSE = "course"
    WORK = "work"
    FAMILY_CONTACT = "family_contact"
    REVIEW = "review"
    OTHER = "other"


HEALTH_APPOINTMENTS = tuple(AppointmentKind)[:9]


class AppointmentState(StrEnum):
    OFFERED = "offered"
    DECLINED = "declined"
    BOOKED = "booked"
    ATTENDED = "attended"
    MISSED = "missed"
    CANCELLED = "cancelled"


class InterpreterState(StrEnum):
    NOT_NEEDED = "not_needed"
    NEEDED = "needed"
    ASKED = "asked"
    CONFIRMED = "confirmed"


class HealthFactKind(StrEnum):
    """Short facts about health in her or a clinician's words; staff do not diagnose."""

    NEED = "need"
    MEDICATION = "medication"
    ALLERGY = "allergy"
    REFERRAL = "referral"
    COVER = "cover"


# --- education ---------------------------------------------------------------------------------------------------


class EducationKind(StrEnum):
    LITERACY = "literacy"
    LANGUAGE_COURSE = "language_course"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    VOCATIONAL = "vocational"
    APPRENTICESHIP = "apprenticeship"
    HIGHER = "higher"
    LIFE_SKILLS = "life_skills"
    RIGHTS_COURSE = "rights_course"


class Isced(StrEnum):
    """UNESCO ISCED 2011 levels."""

    EARLY_CHILDHOOD = "0"
    PRIMARY = "1"
    LOWER_SECONDARY = "2"
    UPPER_SECONDARY = "3"
    POST_SECONDARY = "4"
    SHORT_TERTIARY = "5"
    BACHELOR = "6"
    MASTER = "7"
    DOCTORAL = "8"


class EnrolmentState(StrEnum):
    ENROLLED = "enrolled"
    ATTENDING = "attending"
    PAUSED = "paused"
    COMPLETED = "completed"
    LEFT = "left"


class EducationBarrier(StrEnum):
    CHILDCARE = "childcare"
    TRANSPORT = "transport"
    PAPERS = "papers"
    TRAUMA = "trauma"
    MONEY = "money"
    LANGUAGE = "language"


# --- employment --------------------------------------------------------------------------------------------------


class EmploymentState(StrEnum):
    NOT_YET = "not_yet"
    PREPARING = "preparing"
    APPLYING = "applying"
    TRIAL = "trial"
    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    IN_TRAINING = "in_training"
    PAUSED = "paused"
    NOT_WANTED = "not_wanted"


class JobState(StrEnum):
    CONSIDERED = "considered"
    APPLIED = "applied"
    INTERVIEW = "interview"
    OFFERED = "offered"
    WORKING = "working"
    ENDED = "ended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


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


# --- family ------------------------------------------------------------------------------------------------------


class Rung(StrEnum):
    """The reunification ladder, from the bottom."""

    WISH = "wish"
    TRACE = "trace"
    CONTACT = "contact"
    ASSESSMENT = "assessment"
    TRIAL_VISIT = "trial_visit"
    RETURN = "return"
    FOLLOW_UP = "follow_up"


class RelativeKind(StrEnum):
    MOTHER = "mother"
    FATHER = "father"
    SISTER = "sister"
    BROTHER = "brother"
    CHILD = "child"
    PARTNER = "partner"
    GRANDPARENT = "grandparent"
    AUNT_OR_UNCLE = "aunt_or_uncle"
    COUSIN = "cousin"
    GUARDIAN = "guardian"
    FRIEND = "friend"
    OTHER = "other"


class StopKind(StrEnum):
    """What freezes the ladder. Her veto needs no reason; the others say who must lift them."""

    HER_VETO = "her_veto"
    NEW_THREAT = "new_threat"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    ASSESSMENT_FAILED = "assessment_failed"


class FamilyContactWay(StrEnum):
    CALL = "call"
    VIDEO_CALL = "video_call"
    MESSAGE = "message"
    LETTER = "letter"
    VISIT = "visit"
    THROUGH_OTHERS = "through_others"


# --- what ends ---------------------------------------------------------------------------------------------------


class DeadlineKind(StrEnum):
    REFLECTION_PERIOD = "reflection_period"
    RESIDENCE_PERMIT = "residence_permit"
    WORK_PERMIT = "work_permit"
    ASYLUM_STEP = "asylum_step"
    APPEAL = "appeal"
    COMPENSATION_CLAIM = "compensation_claim"
    HEALTH_COVER = "health_cover"
    BENEFIT = "benefit"
    DOCUMENT = "document"
    OTHER = "other"


# --- reports -----------------------------------------------------------------------------------------------------


class ReportKind(StrEnum):
    PROGRESS = "progress"
    PLAN_SHEET = "plan_sheet"


class ReportProfile(StrEnum):
    INTERNAL = "internal"
    SURVIVORS_COPY = "survivors_copy"
    ANONYMOUS = "anonymous"
