// GNU readline for Swift. Swift's concurrency checks reject C globals, so these functions wrap the global variables of
// readline. Only one thread may use readline.
#ifndef BARD_CREADLINE_H
#define BARD_CREADLINE_H

#include <stdio.h>
#include <stdlib.h>
#include <readline/readline.h>
#include <readline/history.h>

typedef char **(*bard_completion_function)(const char *text, int start, int end);

static inline void bard_readline_configure(bard_completion_function completion, int (*next_key)(FILE *)) {
  rl_readline_name = "bard";
  rl_attempted_completion_function = completion;
  rl_getc_function = next_key;
  // a command is one word with its slash; a file name may hold anything but white space
  rl_completer_word_break_characters = (char *)" \t\n";
}

// Discards the line that is being typed.
static inline void bard_readline_clear_line(void) {
  rl_replace_line("", 0);
}

static inline const char *bard_readline_line(void) { return rl_line_buffer ? rl_line_buffer : ""; }

// Stops readline from offering file names when our completion function offers nothing.
static inline void bard_readline_no_file_names(void) { rl_attempted_completion_over = 1; }

#endif
