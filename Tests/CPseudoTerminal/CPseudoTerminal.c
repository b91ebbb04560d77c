#include "CPseudoTerminal.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>
#ifdef __APPLE__
#include <util.h>
#else
#include <pty.h>
#endif

pid_t bard_terminal_start(
    char *const arguments[], char *const environment[], const char *folder, unsigned short columns, int *master) {
  struct winsize size = {.ws_row = 24, .ws_col = columns};
  pid_t process = forkpty(master, NULL, NULL, &size);
  if (process != 0) {
    // a program started by another test must not keep this terminal open
    if (process > 0) fcntl(*master, F_SETFD, FD_CLOEXEC);
    return process;
  }
  // nor this program another's pipe
  for (int descriptor = 3; descriptor < 1024; descriptor++) close(descriptor);
  if (chdir(folder) == 0) execve(arguments[0], arguments, environment);
  _exit(127);
}
