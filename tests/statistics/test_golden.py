"""One synthetic wave of 2,000 people, computed once by R 4.2.2 (psych 2.2.9, effectsize 0.8.3,
lme4 1.1-31); the data and R's figures are in `golden/`. This script made both:

library(psych); library(effectsize); library(lme4)
set.seed(20171206); n <- 2000
unit <- sample(sprintf("u%02d", 1:24), n, TRUE, prob = 1:24)
own <- setNames(rnorm(24, 0, .35), sprintf("u%02d", 1:24))
trait <- rnorm(n) + own[unit]
step <- function(x, most) pmin(pmax(round(x), 1), most)
d <- data.frame(unit, before = step(3.4 + trait + rnorm(n), 7),
  after = step(4.0 + .8 * trait + rnorm(n), 7), manager = step(3.9 + .7 * trait + rnorm(n), 7))
for (i in 1:5) d[[paste0("i", i)]] <- step(3 + c(1, 1, -1, 1, 1)[i] * .8 * trait + rnorm(n), 5)
d$satisfied <- as.integer(runif(n) < plogis(.6 + .5 * trait))
d$earlier <- as.integer(runif(n) < plogis(.3 + .5 * trait))
d$language <- ifelse(runif(n) < .7, "de", "other"); d$young <- as.integer(runif(n) < .25)
d$stayed <- as.integer(runif(n) < plogis(.5 + .2 * d$before - .4 * d$young))
write.csv(d, "wave.csv", row.names = FALSE, quote = FALSE)
out <- c(); add <- function(...) out <<- c(out, unlist(list(...)))
t <- t.test(d$after, d$before, paired = TRUE); q <- quantile(d$after - d$before, type = 7)
add(change = t$estimate, change.low = t$conf.int[1], change.high = t$conf.int[2], t = t$statistic,
  lower = q[2], median = q[3], upper = q[4], r = cor(d$before, d$after))
dz <- cohens_d(d$after, d$before, paired = TRUE); g <- hedges_g(d$after, d$before, paired = TRUE)
add(dz = dz$Cohens_d, dz.low = dz$CI_low, dz.high = dz$CI_high, g = g$Hedges_g)
av <- mean(d$after - d$before) / ((sd(d$before) + sd(d$after)) / 2); add(dav = av)
p <- prop.test(sum(d$satisfied), n, correct = FALSE)
add(share = p$estimate, share.low = p$conf.int[1], share.high = p$conf.int[2])
b <- table(d$earlier, d$satisfied); add(mcnemar = binom.test(b[1, 2], b[1, 2] + b[2, 1])$p.value)
items <- d[paste0("i", 1:5)]; items$i3 <- 6 - items$i3; a <- psych::alpha(items)
add(alpha = a$total$raw_alpha, alpha.std = a$total$std.alpha, drop = a$alpha.drop$raw_alpha)
f <- factanal(items, 1, control = list(lower = .005)); l <- f$loadings[, 1]; s <- sapply(items, sd)
add(omega = sum(l * s)^2 / (sum(l * s)^2 + sum(f$uniquenesses * s^2)),
  omega.std = sum(l)^2 / (sum(l)^2 + sum(f$uniquenesses)))
i <- psych::ICC(d[c("after", "manager")], lmer = FALSE)$results
add(icc = i$ICC[1:3], icc.low = i$`lower bound`[1:3], icc.high = i$`upper bound`[1:3])
k <- cohen.kappa(d[c("after", "manager")]); add(kappa = k$weighted.kappa,
  kappa.low = k$confid[2, 1], kappa.high = k$confid[2, 3])
m <- lmer(after ~ before + (1 | unit), d); v <- as.data.frame(VarCorr(m))$vcov
add(fixed = fixef(m), fixed.se = sqrt(diag(as.matrix(vcov(m)))), between = v[1], within = v[2],
  ranef = ranef(m)$unit[, 1], reml = REMLcrit(m))
ml <- lmer(after ~ 1 + (1 | unit), d, REML = FALSE); w <- as.data.frame(VarCorr(ml))$vcov
add(ml = fixef(ml), ml.between = w[1], ml.within = w[2], ml.deviance = deviance(ml))
l <- glm(stayed ~ before + young, binomial, d); e <- exp(cbind(coef(l), confint.default(l)))[2:3, ]
add(odds = e[, 1], odds.low = e[, 2], odds.high = e[, 3])
start <- table(d$language, d$young); f <- loglin(outer(c(6500, 3500), c(7000, 3000)) / 10000,
  list(1, 2), start = start, fit = TRUE, print = FALSE, eps = 1e-12, iter = 1000)$fit
wt <- (f / start)[cbind(d$language, as.character(d$young))]
add(rake = as.vector(f / start), n.eff = sum(wt)^2 / sum(wt^2),
  weighted = sum(wt * d$satisfied) / sum(wt))
ps <- sapply(split(d, d$unit), function(u) t.test(u$after, u$before, paired = TRUE)$p.value)
add(bh = p.adjust(ps, "BH"), holm = p.adjust(ps, "holm"))
tab <- aggregate(satisfied ~ unit, d, function(x) c(sum(x), length(x)))$satisfied
p0 <- sum(tab[, 1]) / n; z <- (tab[, 1] / tab[, 2] - p0) / sqrt(p0 * (1 - p0) / tab[, 2])
zw <- pmin(pmax(z, quantile(z, .1)), quantile(z, .9)); phi <- mean(zw^2)
w <- tab[, 2] / (p0 * (1 - p0))
add(phi = phi, tau2 = max(0, (24 * phi - 23) / (sum(w) - sum(w^2) / sum(w))))
write.csv(data.frame(figure = names(out), value = sprintf("%.12g", out)), "r.csv",
  row.names = FALSE, quote = FALSE)
"""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from survey.statistics import (
    agreement,
    change,
    effect,
    mean,
    missing,
    multiple,
    proportion,
    random_intercept,
    scale_quality,
    unit,
    weighting,
)

HERE = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def wave():
    with (HERE / "wave.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    words = ("unit", "language")
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return {
        name: column if name in words else np.array(column, dtype=float)
        for name, column in columns.items()
    }


@pytest.fixture(scope="module")
def r() -> Callable[..., list[float]]:
    with (HERE / "r.csv").open() as lines:
        found = {row["figure"]: float(row["value"]) for row in csv.DictReader(lines)}
    return lambda *names: [found[name] for name in names]


def alike(ours, theirs, tolerance=1e-8):
    assert list(ours) == pytest.approx(theirs, rel=tolerance, abs=tolerance)


def test_change_equals_t_test_and_quantile(wave, r):
    found = change.change(wave["before"], wave["after"])
    ours = (found.change.value, found.change.low, found.change.high, found.t, found.correlation)
    alike(ours, r("change.mean difference", "change.low", "change.high", "t.t", "r"))
    q = mean.quartiles(wave["after"] - wave["before"])
    alike((q.lower, q.median, q.upper), r("lower.25%", "median.50%", "upper.75%"))


def test_effect_sizes_equal_effectsize(wave, r):
    dz = effect.srm(wave["before"], wave["after"])
    # effectsize searches the noncentrality to about six digits.
    alike((dz.value, dz.low, dz.high), r("dz", "dz.low", "dz.high"), 1e-5)
    g = effect.size(wave["before"], wave["after"], "sd-of-differences", corrected=True)
    alike((g.value, effect.d_av(wave["before"], wave["after"]).value), r("g", "dav"))


def test_shares_equal_prop_test_and_binom_test(wave, r):
    found = proportion.proportion(int(wave["satisfied"].sum()), 2000)
    alike((found.value, found.low, found.high), r("share.p", "share.low", "share.high"))
    gained = int(((wave["earlier"] == 0) & (wave["satisfied"] == 1)).sum())
    lost = int(((wave["earlier"] == 1) & (wave["satisfied"] == 0)).sum())
    alike([proportion.mcnemar(gained, lost).p], r("mcnemar"))


def test_scale_quality_equals_psych_and_factanal(wave, r):
    items = np.column_stack([wave[f"i{i}"] for i in range(1, 6)])
    turned = scale_quality.reverse(items, (1, 1, -1, 1, 1), least=1, most=5)
    found = scale_quality.quality(turned)
    alike((found.alpha.value, found.standardised_alpha), r("alpha", "alpha.std"))
    alike(found.without, r(*(f"drop{i}" for i in range(1, 6))))
    # factanal stops its search at about six digits.
    alike((found.omega_covariance, found.omega_correlation), r("omega", "omega.std"), 1e-6)


def test_agreement_equals_psych(wave, r):
    found = agreement.intraclass(np.column_stack([wave["after"], wave["manager"]]))
    for i, one in enumerate((found.one_way, found.agreement, found.consistency), start=1):
        alike((one.value, one.low, one.high), r(f"icc{i}", f"icc.low{i}", f"icc.high{i}"), 1e-6)
    first = (wave["after"].astype(int) - 1).tolist()
    second = (wave["manager"].astype(int) - 1).tolist()
    alike([agreement.weighted_kappa(first, second, categories=7).value], r("kappa"))


def test_random_intercept_equals_lme4(wave, r):
    found = random_intercept.random_intercept(
        wave["after"], wave["unit"], predictors={"before": wave["before"]}
    )
    intercept, before = found.coefficients
    alike((intercept.value, before.value), r("fixed.(Intercept)", "fixed.before"), 1e-6)
    alike((intercept.error, before.error), r("fixed.se.(Intercept)", "fixed.se.before"), 1e-5)
    # lme4 stops its search at about five digits of the variances.
    alike((found.between, found.within), r("between", "within"), 1e-4)
    effects = [one.effect for one in found.units]
    alike(effects, r(*(f"ranef{i}" for i in range(1, 25))), 1e-4)
    alike([found.deviance], r("reml"))
    plain = random_intercept.random_intercept(wave["after"], wave["unit"], criterion="ml")
    alike((plain.between, plain.within), r("ml.between", "ml.within"), 1e-4)
    alike((plain.coefficients[0].value, plain.deviance), r("ml.(Intercept)", "ml.deviance"), 1e-6)


def test_attrition_equals_glm(wave, r):
    predictors = {"before": wave["before"], "young": wave["young"]}
    found = missing.attrition(predictors, wave["stayed"] == 1)
    for name, odds in found.ratios.items():
        theirs = r(f"odds.{name}", f"odds.low.{name}", f"odds.high.{name}")
        alike((odds.value, odds.low, odds.high), theirs, 1e-7)


def test_raking_equals_loglin(wave, r):
    people = {"language": wave["language"], "young": [str(int(x)) for x in wave["young"]]}
    targets = {"language": {"de": 6500, "other": 3500}, "young": {"0": 7000, "1": 3000}}
    found = weighting.rake(people, targets)
    ours = {
        (*cell,): weight
        for *cell, weight in zip(people["language"], people["young"], found.weights, strict=True)
    }
    cells = [("de", "0"), ("other", "0"), ("de", "1"), ("other", "1")]
    alike([ours[cell] / 1 for cell in cells], r("rake1", "rake2", "rake3", "rake4"))
    satisfied = proportion.weighted(wave["satisfied"] == 1, found.weights)
    alike((satisfied.n_effective, satisfied.estimate.value), r("n.eff", "weighted"))


def test_families_equal_p_adjust(wave, r):
    of = np.array(wave["unit"])
    units = sorted(set(wave["unit"]))
    ps = [change.change(wave["before"][of == u], wave["after"][of == u]).p for u in units]
    bh = multiple.benjamini_hochberg("units", ps)
    alike(bh.adjusted, r(*(f"bh.{u}" for u in units)), 1e-7)
    alike(multiple.holm("units", ps).adjusted, r(*(f"holm.{u}" for u in units)), 1e-7)


def test_overdispersion_equals_the_formula_in_r(wave, r):
    of = np.array(wave["unit"])
    units = sorted(set(wave["unit"]))
    hits = [int(wave["satisfied"][of == u].sum()) for u in units]
    found = unit.overdispersion(hits, [int((of == u).sum()) for u in units])
    alike((found.phi, found.tau2), r("phi", "tau2"))
