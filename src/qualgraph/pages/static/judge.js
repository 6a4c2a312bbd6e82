"use strict";

// Judges a plan by a compiled packaging rule, as qualgraph.packaging.judge does: satisfied, violated, or unknown
// with what is not known. `facts(code)` gives what is known of a unit that the rule does not list: rows of
// [qualification, level, training package or null].
const QualgraphJudge = (() => {
  const CODE = /^(?:[A-Z]{2,9}[0-9]{1,6}(?:[A-Z][0-9]{1,3})?[A-Z]{0,2}|[0-9]{5}[A-Z]{2,4})$/;
  const MOST_STEPS = 400000;
  const YES = 2;
  const MAYBE = 1;
  const NO = 0;

  function judge(rule, given, specialisation, facts) {
    const units = [...new Set(given.map((code) => code.trim().toUpperCase()))];
    if (rule.status !== "complete") return ofAPartialRule(rule, units, specialisation);
    const forms = rule.awards[specialisation || ""];
    const lacking = lackingInside(rule, units);
    const sure = forms.map((form) => tried(rule, form, units, facts, false));
    const at = sure.findIndex((trial) => trial.answer === YES);
    const first = sure.findIndex((trial) => trial.answer !== NO);
    if (at >= 0 && at === first) return ofMet(rule, forms, at, units, lacking, facts, specialisation);
    if (first >= 0) return said(rule, "unknown", units, specialisation, [], ["whether the units can be placed: there are too many ways to try them all here"]);
    const hoped = forms.map((form) => tried(rule, form, units, facts, true));
    const possible = hoped.findIndex((trial) => trial.answer !== NO);
    if (possible >= 0) {
      const unknowns = [...forms[possible].leftOut, ...unproven(rule, forms[possible], units, facts)];
      for (const item of lacking) unknowns.push(prerequisiteUnknown(item));
      return said(rule, "unknown", units, specialisation, [], unknowns);
    }
    const nearest = hoped.reduce((best, trial) => (trial.missing < best.missing ? trial : best), hoped[0]);
    return said(rule, "violated", units, specialisation, nearest ? nearest.shortfalls : [], []);
  }

  function ofMet(rule, forms, at, units, lacking, facts, specialisation) {
    if (forms[at].leftOut.length) return said(rule, "unknown", units, specialisation, [], forms[at].leftOut);
    if (lacking.length) {
      const dropped = new Set(lacking.map((item) => item.unit));
      const left = units.filter((code) => !dropped.has(code));
      if (!forms.some((form) => tried(rule, form, left, facts, false).answer === YES))
        return said(rule, "unknown", units, specialisation, [], lacking.map(prerequisiteUnknown));
    }
    return said(rule, "satisfied", units, specialisation, [], []);
  }

  function ofAPartialRule(rule, units, specialisation) {
    const held = new Set(units);
    const missing = rule.certain.core.filter((code) => !held.has(code));
    const shortfalls = [];
    if (missing.length)
      shortfalls.push(`The core needs ${rule.certain.core.length} units; you have ${rule.certain.core.length - missing.length}. Missing: ${missing.join(", ")}.`);
    if (units.length < rule.certain.total)
      shortfalls.push(`${rule.certain.total} units are needed in all; you have ${units.length}.`);
    const unknowns = shortfalls.length ? [] : rule.unread.map((item) => item.line ? `${item.fact} (line ${item.line})` : item.fact);
    return said(rule, shortfalls.length ? "violated" : "unknown", units, specialisation, shortfalls, unknowns);
  }

  function said(rule, verdict, units, specialisation, shortfalls, unknowns) {
    const scopes = ["all", `specialisation:${specialisation || null}`];
    const conditions = rule.conditions.filter((item) => scopes.includes(item.scope)).map((item) => item.text);
    const core = new Set(rule.core);
    for (const item of rule.prerequisites) {
      const missing = missingOf(item, units);
      if (units.includes(item.unit) && missing && (!item.inside || core.has(item.unit)))
        conditions.push(`${item.unit} needs ${missing}, which must be held first.`);
    }
    return { verdict, shortfalls, unknowns: [...new Set(unknowns)], conditions };
  }

  function tried(rule, form, units, facts, hopeful) {
    const asked = askedFor(rule, units);
    let answer = YES;
    let missing = 0;
    const shortfalls = [];
    for (const problem of form.problems) {
      const placed = solved(problem, units.map((code) => weighed(problem, code, facts, hopeful, asked)));
      answer = Math.min(answer, placed.answer);
      missing += placed.missing;
      shortfalls.push(...placed.shortfalls);
    }
    return { answer, missing, shortfalls };
  }

  function askedFor(rule, units) {
    const held = new Set(units);
    const rows = rule.prerequisites.filter((item) => held.has(item.unit));
    return new Set(rows.flatMap((item) => [...item.requires, ...item.oneOf.flat()]));
  }

  function weighed(problem, code, facts, hopeful, asked) {
    const places = classOf(problem, code, facts, hopeful, asked);
    if (!problem.points) return { places, points: 1 };
    if (code in problem.points) return { places, points: problem.points[code] };
    const needed = Math.max(0, ...problem.slots, ...problem.totals.map((total) => total.n));
    const most = places.map(([, limits]) => limits.length ? Math.min(...limits.map((at) => problem.limits[at])) : needed);
    return { places, points: hopeful ? Math.max(0, ...most) : 0 };
  }

  function classOf(problem, code, facts, hopeful, asked) {
    const own = (named) => Object.hasOwn(named, code) ? problem.classes[named[code]] : [];
    if (Object.hasOwn(problem.units, code)) {
      const held = hopeful || asked.has(code) ? own(problem.held) : [];
      return [...own(problem.units), ...held, ...(hopeful ? own(problem.doubtful) : [])];
    }
    if (!wellFormed(code) || (!hopeful && problem.points)) return [];
    const ways = problem.imports.filter((way) => mayEnter(way, code, facts, hopeful, asked));
    return ways.map((way) => [way.slot, [...way.limits, ...way.told.filter(([, tests]) => tests.some((test) => toldBy(test, code, false))).map(([at]) => at)]]);
  }

  function mayEnter(way, code, facts, hopeful, asked) {
    if (way.only.length && !way.only.some((test) => toldBy(test, code, hopeful))) return false;
    if (hopeful) return true;
    if (way.waits && !asked.has(code)) return false;
    return !way.pool || facts(code).some((row) => puts(way.pool, row));
  }

  function puts(pool, [qualification, level, from]) {
    return cameFrom(pool, qualification, from) && (!pool.levels || pool.levels.includes(level));
  }

  function cameFrom(pool, qualification, from) {
    if (from !== null && pool.without.includes(from)) return false;
    if (!pool.sources.length && !pool.named) return true;
    return (pool.sources.includes("any-package") && from !== null)
      || (pool.sources.includes("this-package") && from !== null && from === pool.own)
      || (pool.sources.includes("accredited-course") && from === null)
      || pool.qualifications.includes(qualification)
      || (from !== null && pool.packages.includes(from));
  }

  function toldBy(test, code, hopeful) {
    const [what, words] = [test.slice(0, test.indexOf(":")), test.slice(test.indexOf(":") + 1)];
    if (what === "unit") return code === words;
    if (what === "prefix") return code.startsWith(words);
    if (what === "digit") return (code.match(/[0-9]/) || [""])[0] === words;
    return what === "title" && hopeful;
  }

  function wellFormed(code) {
    return CODE.test(code);
  }

  // Whether units can be placed: by counting; where counting is not enough, by trying the ways.
  function solved(problem, units) {
    const serving = units.filter((unit) => unit.places.length && unit.points);
    const shortfalls = [];
    let missing = 0;
    for (const count of problem.counts) {
      const counted = (unit) => unit.places.some(([slot, limits]) => count.slots.includes(slot) && !limits.some((at) => count.limits.includes(at)));
      const have = serving.filter(counted).reduce((sum, unit) => sum + unit.points, 0);
      if (have < count.need) {
        shortfalls.push(`${count.message} You have ${have}.`);
        missing += count.need - have;
      }
    }
    if (shortfalls.length) return { answer: NO, missing, shortfalls };
    const answer = problem.exact ? YES : placeable(problem, serving);
    const why = answer === NO ? ["The units cannot be placed so that every limit holds."] : [];
    return { answer, missing: answer === NO ? 1 : 0, shortfalls: why };
  }

  function placeable(problem, units) {
    const held = problem.slots.map(() => 0);
    const room = [...problem.limits];
    const order = [...units].sort((a, b) => a.places.length - b.places.length || b.points - a.points);
    const seen = new Set();
    let steps = 0;
    const enough = () => problem.slots.every((n, at) => held[at] >= n)
      && problem.totals.every((total) => total.slots.reduce((sum, at) => sum + held[at], 0) >= total.n);
    const left = order.map(() => 0);
    for (let at = order.length - 1; at >= 0; at -= 1) left[at] = order[at].points + (left[at + 1] || 0);
    const hopeless = (at) => problem.slots.reduce((sum, n, slot) => sum + Math.max(0, n - held[slot]), 0) > (left[at] || 0);
    function search(at) {
      if (enough()) return true;
      if (at === order.length || hopeless(at)) return false;
      const key = `${at}|${held}|${room}`;
      if (seen.has(key)) return false;
      if ((steps += 1) > MOST_STEPS) throw new RangeError("too many ways");
      const unit = order[at];
      const ways = [...unit.places].sort((a, b) => (problem.slots[b[0]] - held[b[0]]) - (problem.slots[a[0]] - held[a[0]]));
      for (const [slot, limits] of ways) {
        if (limits.some((limit) => room[limit] < unit.points)) continue;
        held[slot] += unit.points;
        for (const limit of limits) room[limit] -= unit.points;
        const found = search(at + 1);
        held[slot] -= unit.points;
        for (const limit of limits) room[limit] += unit.points;
        if (found) return true;
      }
      if (search(at + 1)) return true;
      seen.add(key);
      return false;
    }
    try {
      return search(0) ? YES : NO;
    } catch (error) {
      if (error instanceof RangeError) return MAYBE;
      throw error;
    }
  }

  function unproven(rule, form, units, facts) {
    const asked = askedFor(rule, units);
    const differs = (problem, code) => JSON.stringify(classOf(problem, code, facts, true, asked)) !== JSON.stringify(classOf(problem, code, facts, false, asked));
    const codes = units.filter((code) => form.problems.some((problem) => differs(problem, code)));
    return codes.map((code) => `whether ${code} is one of the units that the rule lets in`);
  }

  function lackingInside(rule, units) {
    const core = new Set(rule.core);
    return rule.prerequisites
      .map((item) => ({ ...item, missing: missingOf(item, units) }))
      .filter((item) => item.inside && item.missing && units.includes(item.unit) && !core.has(item.unit));
  }

  function missingOf(item, units) {
    const rows = item.oneOf.filter((row) => !row.some((code) => units.includes(code)));
    return [...item.requires.filter((code) => !units.includes(code)), ...rows.map((row) => row.join(" or "))].join(" and ");
  }

  function prerequisiteUnknown(item) {
    return `whether ${item.missing}, the prerequisite of ${item.unit}, is held`;
  }

  return { judge };
})();

if (typeof module !== "undefined") module.exports = QualgraphJudge;
