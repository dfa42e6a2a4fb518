# Writes OUTPUT with the git commit of SOURCE; leaves it alone where nothing changed, so that nothing is compiled again.
execute_process(COMMAND git --no-optional-locks -C ${SOURCE} describe --always --dirty --abbrev=12 --exclude=*
                OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed OR commit STREQUAL "")
    set(commit "unknown")
endif()
set(content "inline constexpr const char* instroom_commit = \"${commit}\";\n")
if(EXISTS ${OUTPUT})
    file(READ ${OUTPUT} present)
endif()
if(NOT "${present}" STREQUAL "${content}")
    file(WRITE ${OUTPUT} "${content}")
endif()
