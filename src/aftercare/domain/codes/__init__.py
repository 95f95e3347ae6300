"""The vocabularies of the record: codes in English snake_case; their words are in aftercare.words.

Extend, never shrink: stored vaults hold these values. Sources: field.md sections 0 and 2 (own vocabularies, five-step
scale), HTCDS 2.0 for gender. Written by subject, asked for by name from here.
"""

from aftercare.domain.codes.appointments import *
from aftercare.domain.codes.case import *
from aftercare.domain.codes.checks import *
from aftercare.domain.codes.education import *
from aftercare.domain.codes.employment import *
from aftercare.domain.codes.family import *
from aftercare.domain.codes.housing import *
from aftercare.domain.codes.people import *
from aftercare.domain.codes.plan import *
from aftercare.domain.codes.reports import *
