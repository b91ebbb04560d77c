// GNU readline for Swift. Its global variables are reached through functions: Swift's concurrency checks refuse a C
// global, and rightly, for readline is for one thread only.
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

// The line being typed is given up.
static inline void bard_readline_clear_line(void) {
  rl_replace_line("", 0);
}

static inline const char *bard_readline_line(void) { return rl_line_buffer ? rl_line_buffer : ""; }

// No file names where the completion function has nothing to offer.
static inline void bard_readline_no_file_names(void) { rl_attempted_completion_over = 1; }

#endif
