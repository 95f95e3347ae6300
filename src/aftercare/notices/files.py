"""Words for files that somebody hands in or asks for."""

from __future__ import annotations

from aftercare.domain.errors import Problem, files
from aftercare.i18n import N_
from aftercare.notices.explanation import NOTHING_CHANGED, Explanation

FILES: dict[type[Problem], Explanation] = {
    files.LogFileNotGenuine: Explanation(
        N_("This file of the log is not what was signed."),
        NOTHING_CHANGED,
        N_("It, or the signature beside it, was changed or exchanged. Ask for both files again where they were made."),
    ),
    files.LogSignatureMissing: Explanation(
        N_("The signature of this file is not beside it: {name}."),
        NOTHING_CHANGED,
        N_("Put both files into one folder, as they were handed out."),
    ),
    files.FileNotRead: Explanation(
        N_("The file cannot be read ({reason})."), NOTHING_CHANGED, N_("Check its name and that you may open it.")
    ),
    files.FileNotWritten: Explanation(
        N_("The file cannot be written ({reason})."),
        N_("The records are as they were."),
        N_("Check that the folder exists, has room and may be written."),
    ),
    files.ImportUnreadable: Explanation(
        N_("This file cannot be taken over: {reason}."),
        NOTHING_CHANGED,
        N_("Save the table as .xlsx or .csv and try again."),
    ),
    files.MappingUnreadable: Explanation(N_("The mapping of columns cannot be used: {reason}."), NOTHING_CHANGED, ""),
    files.ImportRefused: Explanation(
        N_("Nothing was imported: {wrong} cells are wrong, {alike} rows look like people who are known."),
        NOTHING_CHANGED,
        N_("Correct the file, or say what to do with people who are known."),
    ),
}
