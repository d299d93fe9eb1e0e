/* python.exe: all that it ever does is to hand its arguments to the library. */
#include <windows.h>

typedef int (*python_main)(int, wchar_t **);

int wmain(int count, wchar_t **arguments) {
    HMODULE library = LoadLibraryW(L"python311.dll");
    if (library == NULL)
        return 1;
    return ((python_main)(void *)GetProcAddress(library, "Py_Main"))(count, arguments);
}
