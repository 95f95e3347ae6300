"""Two kinds of trouble: a `Problem` is the world's or the user's, a `Bug` is ours.

Problems carry facts, never sentences and never personal data; `aftercare.notices` makes words of them. Each class here
has its words there (a test compares the two lists). Written by where the trouble is, asked for by name from here.
"""

from aftercare.domain.errors.backups import *
from aftercare.domain.errors.files import *
from aftercare.domain.errors.keys import *
from aftercare.domain.errors.kinds import *
from aftercare.domain.errors.records import *
from aftercare.domain.errors.vault import *
