"""Every file includes the headers whose names it uses, itself or through a header of the project: precompiled headers would hide one that it lacks.

A reader of words and no compiler (Debian's iwyu would parse every file anew, which takes minutes): it knows the names of the table below alone.

Usage: includes.py ROOT | includes.py --self-test
"""
import re
import sys
from pathlib import Path

ROOMS = ("sim", "models", "regions", "experiments", "tools", "tests")

# Names after `std::` by header; a header whose names are many stands here with those that this project is likely to use.
NAMES = {
    "algorithm": "(ranges::)?(adjacent_find|all_of|any_of|binary_search|clamp|copy|copy_if|copy_n|count|count_if|equal|equal_range|fill|fill_n|find|find_if|find_if_not|for_each|generate|"
                 "generate_n|includes|inplace_merge|is_sorted|lexicographical_compare|lower_bound|max|max_element|merge|min|min_element|minmax|minmax_element|mismatch|none_of|nth_element|"
                 "partial_sort|partition|partition_point|remove_if|replace|reverse|rotate|search|set_difference|set_intersection|set_union|shuffle|sort|stable_partition|stable_sort|"
                 "swap_ranges|transform|unique|upper_bound)",
    "array": "(array|to_array)",
    "atomic": "(atomic|atomic_ref|memory_order\\w*)",
    "bit": "(bit_cast|bit_ceil|bit_floor|bit_width|countl_zero|countr_zero|endian|has_single_bit|popcount|rotl|rotr)",
    "bitset": "bitset",
    "cctype": "(isalnum|isalpha|isdigit|islower|isprint|ispunct|isspace|isupper|tolower|toupper)",
    "charconv": "(chars_format|from_chars|to_chars)",
    "chrono": "chrono",
    "cmath": "(abs|acos|asin|atan|atan2|cbrt|ceil|cos|cosh|erf|erfc|exp|exp2|expm1|fabs|floor|fma|fmod|frexp|hypot|isfinite|isinf|isnan|ldexp|lgamma|llround|log|log10|log1p|log2|lround|"
             "nearbyint|nextafter|pow|remainder|rint|round|signbit|sin|sinh|sqrt|tan|tanh|tgamma|trunc)",
    "condition_variable": "condition_variable",
    "csignal": "(raise|sig_atomic_t|signal)",
    "cstddef": "(byte|max_align_t|nullptr_t|ptrdiff_t|size_t)",
    "cstdint": "u?int(8|16|32|64|ptr)_t",
    "cstdio": "(FILE|fclose|fflush|fopen|fprintf|fputs|fwrite|printf|puts|remove|rename|snprintf)",
    "cstdlib": "(_Exit|abort|aligned_alloc|atexit|exit|free|getenv|malloc|quick_exit|strtod|strtol|strtoul|system)",
    "cstring": "(memchr|memcmp|memcpy|memmove|memset|strcmp|strerror|strlen|strncmp)",
    "ctime": "(gmtime|localtime|mktime|strftime|time|time_t|tm)",
    "deque": "deque",
    "exception": "(current_exception|exception|exception_ptr|rethrow_exception|terminate|uncaught_exceptions)",
    "filesystem": "filesystem",
    "fstream": "(fstream|ifstream|ofstream)",
    "functional": "(bind_front|equal_to|function|greater|hash|identity|invoke|less|minus|multiplies|not_fn|plus|ref|cref|reference_wrapper)",
    "initializer_list": "initializer_list",
    "iomanip": "(put_time|get_time|quoted|setfill|setprecision|setw)",
    "iostream": "(cerr|cin|clog|cout)",
    "iterator": "(advance|back_inserter|distance|inserter|istreambuf_iterator|istream_iterator|make_move_iterator|next|ostream_iterator|prev|reverse_iterator|size|ssize)",
    "limits": "numeric_limits",
    "list": "list",
    "map": "(map|multimap)",
    "memory": "(enable_shared_from_this|make_shared|make_unique|shared_ptr|unique_ptr|weak_ptr)",
    "mutex": "(call_once|lock_guard|mutex|once_flag|recursive_mutex|scoped_lock|unique_lock)",
    "new": "(align_val_t|bad_alloc)",
    "numbers": "numbers",
    "numeric": "(accumulate|exclusive_scan|gcd|inclusive_scan|inner_product|iota|lcm|midpoint|partial_sum|reduce|transform_reduce)",
    "optional": "(make_optional|nullopt|optional)",
    "queue": "(priority_queue|queue)",
    "random": "(mt19937|mt19937_64|normal_distribution|random_device|seed_seq|uniform_int_distribution|uniform_real_distribution)",
    "set": "(multiset|set)",
    "shared_mutex": "(shared_lock|shared_mutex)",
    "span": "(as_bytes|as_writable_bytes|dynamic_extent|span)",
    "sstream": "(istringstream|ostringstream|stringstream)",
    "stdexcept": "(domain_error|invalid_argument|length_error|logic_error|out_of_range|overflow_error|range_error|runtime_error)",
    "string": "(basic_string|getline|stod|stoi|stol|stoll|stoul|stoull|string|to_string)",
    "string_view": "string_view",
    "system_error": "(errc|error_code|generic_category|system_category|system_error)",
    "thread": "(jthread|this_thread|thread)",
    "tuple": "(apply|forward_as_tuple|get|make_tuple|tie|tuple|tuple_element|tuple_size)",
    "type_traits": "(conditional_t|decay_t|enable_if_t|false_type|integral_constant|invoke_result_t|is_\\w+|make_signed_t|make_unsigned_t|remove_\\w+_t|true_type|underlying_type_t|void_t)",
    "unordered_map": "unordered_map",
    "unordered_set": "unordered_set",
    "utility": "(as_const|cmp_\\w+|declval|exchange|forward|index_sequence|make_index_sequence|make_pair|move|pair|swap|to_underlying)",
    "variant": "(get_if|holds_alternative|monostate|variant|visit)",
    "vector": "vector",
}
# Headers that hold names of others too, as the standard says or because what they declare cannot be used without.
CONTAINERS = {"array", "deque", "list", "map", "set", "span", "string", "string_view", "unordered_map", "unordered_set", "vector"}
ALSO = {
    "cmath": {"cstdlib"},
    "cstddef": {"cstdio", "cstdlib", "cstring", "ctime"},
    "exception": {"stdexcept"},
    "initializer_list": CONTAINERS | {"algorithm", "utility"},
    "iterator": CONTAINERS,
    "mutex": {"condition_variable", "shared_mutex"},
    "string": {"fstream", "iostream", "sstream"},
    "system_error": {"filesystem"},
    "tuple": {"array", "utility", "variant"},
    "utility": {"map", "tuple", "unordered_map"},
}
USES = {header: re.compile(rf"(?<![\w:])(?:::)?std::{names}\b(?!::\w*::)") for header, names in NAMES.items()}
USES["Random123/philox.h"] = re.compile(r"(?<![\w:])r123::")
USES["catch2/catch.hpp"] = re.compile(r"(?<!\w)(TEST_CASE|CHECK|REQUIRE)\(")
COMMENT_OR_TEXT = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"', re.S)


def includes_of(text):
    return set(re.findall(r"^#include <([^>]+)>", text, re.M)), set(re.findall(r'^#include "([^"]+)"', text, re.M))


class Project:
    def __init__(self, files):
        self.files = files  # text by path from the root
        self.known = {}

    def reached(self, path):
        """System headers that a file includes, itself or through headers of the project."""
        if path not in self.known:
            self.known[path] = set()  # against circles
            system, own = includes_of(self.files.get(path, ""))
            for header in own:
                system |= self.reached(header)
            self.known[path] = system
        return self.known[path]

    def lacks(self, path):
        code = COMMENT_OR_TEXT.sub(" ", re.sub(r"^#include.*$", "", self.files[path], flags=re.M))
        reached = self.reached(path)
        return [header for header, uses in USES.items() if header not in reached and not ALSO.get(header, set()) & reached and uses.search(code)]


def project(root):
    names = [p for room in ROOMS for p in sorted((root / room).rglob("*")) if p.suffix in (".hpp", ".cpp")]
    return Project({str(p.relative_to(root)): p.read_text() for p in names})


def self_test():
    found = Project({
        "sim/a.hpp": "#include <vector>\n",
        "sim/good.cpp": '#include "sim/a.hpp"\n#include <string>\nstd::vector<std::string> v;  // std::map\nconst char* t = "std::optional";\n',
        "sim/bad.cpp": '#include "sim/a.hpp"\nstd::optional<std::vector<int>> v = std::sqrt(2.0);\n',
    })
    assert found.lacks("sim/good.cpp") == [], found.lacks("sim/good.cpp")
    assert found.lacks("sim/bad.cpp") == ["cmath", "optional"], found.lacks("sim/bad.cpp")


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return
    found = project(Path(sys.argv[1]))
    lines = [f"{path}: uses names of <{header}>, which neither it nor a header of the project that it includes includes" for path in found.files for header in found.lacks(path)]
    print("\n".join(lines) or f"{len(found.files)} files include what they use")
    sys.exit(1 if lines else 0)


if __name__ == "__main__":
    main()
