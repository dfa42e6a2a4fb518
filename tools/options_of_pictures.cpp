#include "tools/options.hpp"

namespace tools {

CLI::App* declare_report(CLI::App& app, ReportCommand& report) {
    auto* command = app.add_subcommand("report", "A page (HTML) that shows what runs, comparisons, assessments and sweeps mean");
    command->add_option("FILE", report.files, "Files that Instroom wrote; several come into one page, with a chooser");
    command->add_option("-o,--output", report.output, "File to write (default: the first file's name with .html)")->type_name("PAGE.html");
    data_option(command, report.data);
    command->add_flag("--specification", report.specification, "Print indicators and observed figures as the page reads them (JSON); takes no file");
    command->add_flag("--force", report.force, "Replace an existing output");
    command->add_flag("--quiet", report.quiet, "No summary");
    command->footer(
        "The page is one file: any browser opens it without a network. Texts in Dutch and English; every picture has a table, a CSV and an SVG.\n"
        "Examples:\n"
        "  instroom report baseline.h5\n"
        "  instroom report baseline.h5 campaign.h5 -o campaign.html     a run, and what a scenario changes (instroom compare -o campaign.h5)\n"
        "  instroom report assess.h5 --force");
    return command;
}

CLI::App* declare_plot(CLI::App& app, PlotCommand& plot) {
    auto* command = app.add_subcommand("plot", "A picture (SVG) of a series of a run, for papers");
    command->add_option("FILE", plot.file, "File that `instroom run` wrote")->required();
    command
        ->add_option("--what", plot.what,
                     "An indicator of the page, an observed series, a series of the file, or a selection of one (\"vacancies; occupation = ICT support\")")
        ->required()
        ->type_name("SERIES");
    command->add_option("--by", plot.by, "A line for each label of this dimension (region, sex, ...); without it one line")->type_name("DIMENSION");
    command->add_option("--regions", plot.regions, "Regions, with commas between them (default: all)")->delimiter(',')->type_name("A,B");
    command->add_option("-o,--output", plot.output, "File to write (default: the name of the series with .svg)")->type_name("FILE.svg");
    command->add_option("--language", plot.language, "Of words: en or nl (default en)")->type_name("WORD");
    data_option(command, plot.data);
    command->add_flag("--force", plot.force, "Replace an existing output");
    command->add_flag("--quiet", plot.quiet, "No summary");
    command->footer(
        "Bands hold 95 % of the replicates; points are observed figures. Letters are 8 points where the picture is as wide as a column of two (17 cm).\n"
        "Examples:\n"
        "  instroom plot baseline.h5 --what technicians_at_work --by region -o technicians.svg\n"
        "  instroom plot baseline.h5 --what unemployment_rate                     with the observed figures\n"
        "  instroom plot baseline.h5 --what \"employed; occupation = software and data\" --by sex");
    return command;
}

}  // namespace tools
