# Reads a study and a run with R, says one thing of each and draws both: Rscript with_r.R STUDY RUN FIGURE
given <- commandArgs(trailingOnly = TRUE)
study <- given[1]
run <- given[2]
figure <- given[3]
wte <- "posts.0.wte"
referrals <- "demand.referrals_per_1000_a_year"

# Parquet where the package arrow is installed, else CSV: the same rows. Names of keys stay as they are, `*` and all.
table <- function(folder, name) {
  if (requireNamespace("arrow", quietly = TRUE)) {
    as.data.frame(arrow::read_parquet(file.path(folder, paste0(name, ".parquet"))))
  } else {
    read.csv(file.path(folder, paste0(name, ".csv")), check.names = FALSE)
  }
}

# One measure of the study: a row a point.
points <- subset(table(study, "sweep"), measure == "share_contacted_ever")
best <- points[which.max(points$mean), ]
cat(sprintf("%.1f%% at %g WTE and %g referrals\n", 100 * best$mean, best[[wte]], best[[referrals]]))

# One measure of the run: a row a replication.
runs <- table(run, "replications")
runs <- subset(runs, option == "base" & scope == "pcn" & measure == "share_contacted_ever")
ever <- na.omit(runs$value)
cat(sprintf("%.1f%% over %d runs, the worst %.1f%%\n", 100 * mean(ever), length(ever), 100 * min(ever)))

png(figure, width = 1200, height = 480, res = 120)
par(mfrow = c(1, 2), mar = c(4, 4, 2, 1), las = 1)
sizes <- unique(points[[wte]])
colours <- hcl.colors(length(sizes), "Dark 3")
plot(range(points[[referrals]]), c(0, 100), type = "n", xaxt = "n",
  main = "Mean of each point, 95% interval", xlab = "Referrals per 1,000 people a year",
  ylab = "People contacted ever, %")
axis(1, unique(points[[referrals]]))
for (at in seq_along(sizes)) {
  line <- points[points[[wte]] == sizes[at], ]
  segments(line[[referrals]], 100 * line$ci95_low, y1 = 100 * line$ci95_high, col = colours[at])
  lines(line[[referrals]], 100 * line$mean, type = "o", pch = 19, col = colours[at])
}
legend("topright", rev(paste(sizes, "WTE")), col = rev(colours), lty = 1, pch = 19, bty = "n")
hist(100 * ever, breaks = 0:100, xlim = 100 * range(ever) + c(-2, 2), main = "Single runs, and their mean",
  border = "white", xlab = "People contacted ever, %", ylab = "Runs")
abline(v = 100 * mean(ever), lwd = 2)
invisible(dev.off())
