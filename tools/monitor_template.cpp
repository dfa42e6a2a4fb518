#include "tools/monitor_template.hpp"

#include <cstddef>

// The assembler reads the file: a text literal of half a megabyte would take the compiler half a minute, and any other tool a program of its own.
asm(".section .rodata\n"
    "instroom_monitor_begin: .incbin \"" INSTROOM_MONITOR_PAGE
    "\"\n"
    "instroom_monitor_end: .byte 0\n"
    ".previous\n");

extern "C" const char instroom_monitor_begin[], instroom_monitor_end[];

namespace tools {

std::string_view monitor_template() { return {instroom_monitor_begin, static_cast<std::size_t>(instroom_monitor_end - instroom_monitor_begin)}; }

}  // namespace tools
