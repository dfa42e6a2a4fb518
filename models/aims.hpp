#pragma once
/// Aims: people who consider technical or ICT work look for it, whether a course takes them or not. So what those whom a gate refuses reach on their own is
/// what they would have reached without the measure (deadweight; model description, section 4), and side entry without any course has people who mean it.
///
/// Who considers a course (models/side_entry.hpp) has its target as an aim for `side_entry.aim_months`. In each of these months a draw of the person alone
/// says, with probability `side_entry.aim_share`, that this month's search goes there: as if the target were the last occupation, but with no more fit for it
/// than the person has. Employees look in such a month whatever else would make them.

#include <functional>
#include <vector>

#include "models/labels.hpp"
#include "models/person.hpp"
#include "models/sorted_list.hpp"
#include "sim/month.hpp"
#include "sim/parallel.hpp"
#include "sim/process.hpp"

namespace models {

struct World;

/// Whether a month's search goes to the aim, at (aim, person, month, 0).
inline const sim::ProcessInfo aim_info{.name = "aim", .key = 89, .reads = {}, .writes = {}};

struct Aim {
    Row row = 0;
    StoredMonth last = 0;  ///< month of the aim
    Occupation target = 0;
};

/// Whether the search of this month goes to the aim of a person who has one.
[[nodiscard]] bool follows_aim(const World& world, Row row, sim::Month month);

/// Drops aims that are over, those of people who work in the target or have left, and adds new ones (of one person the last).
void renew_aims(World& world, sim::Month month, const std::vector<Aim>& found);

/// The aims of a block's people, asked for in the order of rows.
class AimsOfBlock {
public:
    /// The world outlives it and does not change.
    AimsOfBlock(const World& world, sim::Month month, Row begin);
    /// The target of a person who follows an aim this month; `no_occupation` else. Rows must not fall from call to call.
    [[nodiscard]] Occupation followed_by(Row row);

private:
    const World& world_;
    sim::Month month_;
    std::vector<Aim>::const_iterator next_;
};

/// Calls visit(row) for everybody of a block who follows an aim this month.
void visit_aims(const World& world, sim::Block block, sim::Month month, const std::function<void(Row)>& visit);

}  // namespace models
