#include "sim/error.hpp"
#include "sim/nearest_word.hpp"
#include "tools/command_line.hpp"

namespace tools {
namespace {

/// Words with a blank between them; `before` comes before the first.
std::string joined(const std::vector<std::string>& words, const std::string& before = {}) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? before : " ") + word;
    return text;
}

/// What may stand as the first word of a command that takes words of a fixed list.
std::vector<std::string> first_words(const CommandSyntax& command) {
    if (command.name == "completion") return {"bash", "zsh"};
    if (command.name == "scenario") return scenario_actions();
    if (command.name == "sweep") return sweep_actions();
    return {};
}

std::vector<std::string> names_of(const CommandSyntax& command) {
    std::vector<std::string> names;
    for (const auto& option : command.options) names.insert(names.end(), option.names.begin(), option.names.end());
    return names;
}

std::string bash_script(const std::vector<CommandSyntax>& commands) {
    std::string cases, names;
    for (const auto& command : commands) {
        if (command.name.empty()) continue;
        names += (names.empty() ? "" : " ") + command.name;
        cases += "        " + command.name + ") words=\"" + joined(names_of(command)) + joined(first_words(command), " ") + "\" ;;\n";
    }
    return "# Completion of instroom for bash: source <(instroom completion bash)\n"
           "_instroom() {\n"
           "    local word=\"${COMP_WORDS[COMP_CWORD]}\" words=\"\"\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
           "        words=\"" +
           names + " " + joined(names_of(commands.front())) +
           "\"\n"
           "    else\n"
           "        case \"${COMP_WORDS[1]}\" in\n" +
           cases +
           "        esac\n"
           "    fi\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
           "    if [ \"$COMP_CWORD\" -gt 1 ] && [ \"${word#-}\" = \"$word\" ] && [ \"${#COMPREPLY[@]}\" -eq 0 ]; then\n"
           "        COMPREPLY=($(compgen -f -- \"$word\"))\n"
           "    fi\n"
           "}\n"
           "complete -o filenames -F _instroom instroom\n";
}

/// zsh reads [ ] : and ' in a description as its own signs.
std::string zsh_quoted(const std::string& text) {
    std::string quoted;
    for (const char c : text) {
        if (c == '\'') {
            quoted += "'\\''";
            continue;
        }
        if (c == '[' || c == ']' || c == ':' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted;
}

std::string zsh_script(const std::vector<CommandSyntax>& commands) {
    std::string described, cases;
    for (const auto& command : commands) {
        if (command.name.empty()) continue;
        described += "        '" + command.name + ":" + zsh_quoted(command.meaning) + "'\n";
        cases += "        " + command.name + ") _arguments";
        for (const auto& option : command.options)
            for (const auto& name : option.names)
                cases += " \\\n            '" + name + "[" + zsh_quoted(option.meaning) + "]" + (option.takes_value ? ":value:_files" : "") + "'";
        if (const auto words = first_words(command); !words.empty()) cases += " \\\n            '1:word:(" + joined(words) + ")'";
        cases += command.name == "completion" ? " ;;\n" : " \\\n            '*:file:_files' ;;\n";
    }
    return "#compdef instroom\n"
           "# Completion of instroom for zsh: source <(instroom completion zsh)\n"
           "_instroom() {\n"
           "    local -a commands\n"
           "    commands=(\n" +
           described +
           "    )\n"
           "    if (( CURRENT == 2 )); then\n"
           "        _describe 'command' commands\n"
           "        return\n"
           "    fi\n"
           "    local command=$words[2]\n"
           "    shift words\n"
           "    (( CURRENT-- ))\n"
           "    case $command in\n" +
           cases +
           "    esac\n"
           "}\n"
           "compdef _instroom instroom\n";
}

}  // namespace

std::string completion_script(const std::string& shell, const std::vector<CommandSyntax>& commands) {
    if (shell == "bash") return bash_script(commands);
    if (shell == "zsh") return zsh_script(commands);
    throw sim::InputError("'" + shell + "' is no shell that can be completed; did you mean '" +
                          sim::nearest_word(shell, std::vector<std::string>{"bash", "zsh"}) + "'?");
}

}  // namespace tools
