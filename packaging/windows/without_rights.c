/* Runs a program without the rights of an administrator, as people of a managed computer do; ends with its exit code.
   Wine makes everybody an administrator: only so can it be tried what an installer then says. */
#include <windows.h>

int main(void)
{
    wchar_t *command = GetCommandLineW();
    BOOL quoted = FALSE;
    for (; *command && (quoted || *command != L' '); command++)
        if (*command == L'"')
            quoted = !quoted;
    while (*command == L' ')
        command++;
    BYTE named[SECURITY_MAX_SID_SIZE];
    DWORD size = sizeof named, code = 99;
    SID_AND_ATTRIBUTES administrators = {named, 0};
    HANDLE own, less;
    STARTUPINFOW start = {sizeof start};
    PROCESS_INFORMATION started;
    if (CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, named, &size)
        && OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &own)
        && CreateRestrictedToken(own, 0, 1, &administrators, 0, NULL, 0, NULL, &less)
        && CreateProcessAsUserW(less, NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &start, &started)) {
        WaitForSingleObject(started.hProcess, INFINITE);
        GetExitCodeProcess(started.hProcess, &code);
    }
    return code;
}
