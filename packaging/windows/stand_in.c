/* A stand-in for the frozen program, to try the installers alone. The window closes when an installer asks for it by
   the message that the real one listens for; at the terminal it waits for its input to end. */
#include <windows.h>

#ifdef WINDOW
static UINT closing;

static LRESULT CALLBACK hear(HWND window, UINT message, WPARAM word, LPARAM more)
{
    if (message == closing || message == WM_DESTROY)
        PostQuitMessage(0);
    return DefWindowProcW(window, message, word, more);
}

int WINAPI WinMain(HINSTANCE here, HINSTANCE before, LPSTR words, int shown)
{
    WNDCLASSW kind = {0};
    kind.lpfnWndProc = hear;
    kind.hInstance = here;
    kind.lpszClassName = L"StandIn";
    closing = RegisterWindowMessageW(L"Aftercare.Close");
    RegisterClassW(&kind);
    HWND window = CreateWindowW(L"StandIn", L"Aftercare", WS_OVERLAPPEDWINDOW, 40, 40, 1000, 600, NULL, NULL, here, NULL);
    ShowWindow(window, SW_SHOW);
    MSG told;
    while (GetMessageW(&told, NULL, 0, 0) > 0)
        DispatchMessageW(&told);
    return 0;
}
#else
int main(void)
{
    char letter;
    DWORD count;
    while (ReadFile(GetStdHandle(STD_INPUT_HANDLE), &letter, 1, &count, NULL) && count)
        ;
    return 0;
}
#endif
