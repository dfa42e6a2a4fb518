# Draws an outcome of a merged sweep against one of its factors, one dot a point.
# Usage: Rscript response.R MERGED.h5 OUTCOME FACTOR PICTURE.pdf. Needs ncdf4 (Debian: r-cran-ncdf4).
library(ncdf4)
words <- commandArgs(TRUE)
if (length(words) != 4) stop("MERGED.h5 OUTCOME FACTOR PICTURE.pdf are expected")
sweep <- nc_open(words[1])
done <- ncvar_get(sweep, "status") == 0
x <- ncvar_get(sweep, words[3])
# ncdf4 turns dimensions round: replicate comes first; with one replicate it is dropped.
y <- ncvar_get(sweep, words[2], collapse_degen = FALSE)
y <- colMeans(matrix(y, ncol = length(x)))
pdf(words[4], width = 7, height = 5)
plot(x[done], y[done], pch = 19, col = "#1f5fa8", xlab = words[3], ylab = ncatt_get(sweep, words[2], "long_name")$value, main = ncatt_get(sweep, 0, "title")$value)
invisible(dev.off())
cat(sum(done), "points,", words[2], "from", signif(min(y[done]), 6), "to", signif(max(y[done]), 6), "\n")
