#pragma once
/// How much memory the process took, how much there is, and taking it early.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace sim {

/// Highest resident memory of the process so far, in bytes.
[[nodiscard]] std::uint64_t peak_memory();
/// Bytes that the process may still take without swapping: what the system calls available, less where a control group allows less.
/// The largest number where the system does not say.
[[nodiscard]] std::uint64_t available_memory();
/// "870 MiB", "3.2 GiB".
[[nodiscard]] std::string text_of_bytes(std::uint64_t bytes);

/// Takes the pages of memory that is about to be filled, on all threads of the arena: the kernel clears a page at its first use, and whoever fills
/// a large table from one thread waits for that. Asks for huge pages too, since a look at a row here and there costs a miss of the address cache
/// where pages are small. Contents stay as they are; without effect where the kernel cannot (Linux before 5.14).
void take_pages(const void* begin, std::size_t bytes);

/// Before a column grows to so many rows: takes the pages of the new ones, with room for as many again, which is address space alone until it is used.
template <class Value>
void make_room(std::vector<Value>& column, std::size_t rows) {
    if (column.capacity() < rows) column.reserve(2 * rows);
    if (rows > column.size()) take_pages(column.data() + column.size(), (rows - column.size()) * sizeof(Value));
}

}  // namespace sim
