#include "tools/program.hpp"

int main(int count, char** words) { return tools::program({words + 1, words + count}); }
