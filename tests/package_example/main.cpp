#include <cstdio>
#include <experiments/runs/run.hpp>

int main() {
    experiments::RunOptions options;
    options.data = TABLES;
    options.scenario.regions = {"Zeeuws-Vlaanderen"};
    options.scenario.end = sim::Month::of(2021, 3);
    options.scale = 0.05;
    options.output = "zeeuws-vlaanderen.h5";
    std::printf("%zu persons\n", experiments::run(options).persons);
}
