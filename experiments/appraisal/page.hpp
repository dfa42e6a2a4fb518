#pragma once
/// A page of headings, paragraphs, tables and pictures, written as Markdown and as HTML with the same content.

#include <string>
#include <utility>
#include <vector>

namespace experiments {

class Page {
public:
    explicit Page(std::string title) : title_(std::move(title)) {}
    void heading(const std::string& words);
    void paragraph(const std::string& words);
    void list(const std::vector<std::string>& entries);
    /// Cells without markup; the first row is the head.
    void table(const std::vector<std::vector<std::string>>& rows);
    /// A drawing (SVG); `name`: of its file beside the Markdown, without ending.
    void picture(const std::string& name, const std::string& svg, const std::string& words);

    [[nodiscard]] std::string markdown() const;
    /// One file that needs no other.
    [[nodiscard]] std::string html() const;
    /// The pictures that the Markdown names: file and content.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> pictures() const;

private:
    enum class Kind { heading, paragraph, list, table, picture };
    struct Part {
        Kind kind;
        std::string words, name, svg;
        std::vector<std::vector<std::string>> rows;
    };
    std::string title_;
    std::vector<Part> parts_;
};

}  // namespace experiments
