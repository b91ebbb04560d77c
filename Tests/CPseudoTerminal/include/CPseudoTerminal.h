// A program at a terminal of its own. In C, because Swift's view of glibc has no function that makes a terminal, and
// because nothing but C may run between fork and exec.
#ifndef BARD_CPSEUDOTERMINAL_H
#define BARD_CPSEUDOTERMINAL_H

#include <sys/types.h>

// Starts the program arguments[0] in a folder, as the leader of a session whose terminal is new: standard input, output
// and error. Both arrays end in NULL.
// Returns the process' id, and in *master what reads the screen and writes the keys; or -1, and errno says why.
// A program that cannot be started ends with 127.
pid_t bard_terminal_start(
    char *const arguments[], char *const environment[], const char *folder, unsigned short columns, int *master);

#endif
