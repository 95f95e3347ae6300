/* python.exe for tests under Wine: loads the Python beside it and hands it the command line. */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

int wmain(int count, wchar_t **words)
{
    wchar_t place[32768];
    DWORD length = GetModuleFileNameW(NULL, place, 32000);
    while (length && place[length - 1] != L'\\')
        length--;
    wcscpy(place + length, L"@PYTHON@");
    SetDllDirectoryW(NULL);
    HMODULE python = LoadLibraryExW(place, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!python) {
        fwprintf(stderr, L"cannot load %ls: %lu\n", place, GetLastError());
        return 101;
    }
    int (*run)(int, wchar_t **) = (int (*)(int, wchar_t **))GetProcAddress(python, "Py_Main");
    return run ? run(count, words) : 102;
}
