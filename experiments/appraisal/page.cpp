#include "experiments/appraisal/page.hpp"

#include <algorithm>
#include <cstddef>

#include "sim/markup.hpp"

namespace experiments {
namespace {

/// A bar would end a cell of Markdown.
std::string cell(const std::string& text) {
    std::string made;
    for (const char c : text) made += c == '|' ? std::string("\\|") : std::string(1, c);
    return made;
}

}  // namespace

void Page::heading(const std::string& words) { parts_.push_back({Kind::heading, words, {}, {}, {}}); }
void Page::paragraph(const std::string& words) { parts_.push_back({Kind::paragraph, words, {}, {}, {}}); }
void Page::list(const std::vector<std::string>& entries) { parts_.push_back({Kind::list, {}, {}, {}, {entries}}); }
void Page::table(const std::vector<std::vector<std::string>>& rows) { parts_.push_back({Kind::table, {}, {}, {}, rows}); }
void Page::picture(const std::string& name, const std::string& svg, const std::string& words) { parts_.push_back({Kind::picture, words, name, svg, {}}); }

std::string Page::markdown() const {
    std::string made = "# " + title_ + "\n";
    for (const auto& part : parts_) {
        made += "\n";
        switch (part.kind) {
            case Kind::heading: made += "## " + part.words + "\n"; break;
            case Kind::paragraph: made += part.words + "\n"; break;
            case Kind::picture: made += "![" + part.words + "](" + part.name + ".svg)\n"; break;
            case Kind::list:
                for (const auto& entry : part.rows[0]) made += "- " + entry + "\n";
                break;
            case Kind::table:
                for (std::size_t r = 0; r < part.rows.size(); ++r) {
                    made += "|";
                    for (const auto& word : part.rows[r]) made += " " + cell(word) + " |";
                    made += "\n";
                    if (r > 0) continue;
                    made += "|";
                    for (std::size_t c = 0; c < part.rows[0].size(); ++c) made += "---|";
                    made += "\n";
                }
                break;
        }
    }
    return made;
}

std::string Page::html() const {
    std::string made =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + sim::escaped(title_) +
        "</title>\n<style>\nbody { font-family: sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; line-height: 1.45; color: #222; }\n"
        "table { border-collapse: collapse; margin: 1em 0; font-size: 0.9em; }\nth, td { border: 1px solid #ccc; padding: 0.25em 0.6em; text-align: "
        "left; }\nth { background: #f2f2f2; }\nfigure { margin: 1em 0; }\nfigcaption { font-size: 0.85em; color: #555; }\nsvg { max-width: 100%; "
        "height: auto; }\n</style>\n</head>\n<body>\n<h1>" +
        sim::escaped(title_) + "</h1>\n";
    for (const auto& part : parts_) switch (part.kind) {
            case Kind::heading: made += "<h2>" + sim::escaped(part.words) + "</h2>\n"; break;
            case Kind::paragraph: made += "<p>" + sim::escaped(part.words) + "</p>\n"; break;
            case Kind::picture: made += "<figure>\n" + part.svg + "<figcaption>" + sim::escaped(part.words) + "</figcaption>\n</figure>\n"; break;
            case Kind::list:
                made += "<ul>\n";
                for (const auto& entry : part.rows[0]) made += "<li>" + sim::escaped(entry) + "</li>\n";
                made += "</ul>\n";
                break;
            case Kind::table:
                made += "<table>\n";
                for (std::size_t r = 0; r < part.rows.size(); ++r) {
                    made += "<tr>";
                    for (const auto& word : part.rows[r]) made += (r == 0 ? "<th>" : "<td>") + sim::escaped(word) + (r == 0 ? "</th>" : "</td>");
                    made += "</tr>\n";
                }
                made += "</table>\n";
                break;
        }
    return made + "</body>\n</html>\n";
}

std::vector<std::pair<std::string, std::string>> Page::pictures() const {
    std::vector<std::pair<std::string, std::string>> found;
    for (const auto& part : parts_)
        if (part.kind == Kind::picture) found.emplace_back(part.name + ".svg", part.svg);
    return found;
}

}  // namespace experiments
