// JsonLogic and the query of react-querybuilder, both ways. Nothing is lost: what the editor has no controls for becomes a
// line of text (`~text`), and what nobody touches is never written anew.
export const LITERAL = "~always";
export const TEXT = "~text";
const COMPARE = ["==", "!=", "<", "<=", ">", ">="];
const FLIPPED = { "<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!=" };

const isVar = (raw) => raw !== null && typeof raw === "object" && !Array.isArray(raw) && typeof raw.var === "string" && Object.keys(raw).length === 1;
const isPlain = (raw) => ["string", "number", "boolean"].includes(typeof raw);
const only = (raw) => (raw !== null && typeof raw === "object" && !Array.isArray(raw) && Object.keys(raw).length === 1 ? Object.entries(raw)[0] : [undefined, undefined]);
const rule = (field, operator, value, valueSource = "value") => ({ field, operator, value, valueSource });
const asText = (raw) => rule(TEXT, "is", JSON.stringify(raw));

// One condition: a group, or a rule.
export function fromLogic(raw, facts) {
  if (typeof raw === "boolean") return rule(LITERAL, "is", raw);
  const [operator, args] = only(raw);
  if (operator === "var" && facts[args]?.type === "bool") return rule(args, "is", true);
  if ((operator === "and" || operator === "or") && Array.isArray(args)) return { combinator: operator, rules: args.map((part) => fromLogic(part, facts)) };
  if (operator === "!") return negated(Array.isArray(args) && args.length === 1 ? args[0] : args, facts, raw);
  if (operator === "in" && Array.isArray(args) && isVar(args[0]) && facts[args[0].var] && Array.isArray(args[1]) && args[1].every(isPlain)) return rule(args[0].var, "in", args[1]);
  if (operator === "<=" && Array.isArray(args) && args.length === 3) return between(args, "between", facts) ?? asText(raw);
  if (COMPARE.includes(operator) && Array.isArray(args) && args.length === 2) return comparison(operator, args, facts) ?? asText(raw);
  return asText(raw);
}

function negated(part, facts, raw) {
  const [operator, args] = only(part);
  if (operator === "var" && facts[args]?.type === "bool") return rule(args, "is", false);
  if (operator === "and" && Array.isArray(args)) return { combinator: "notall", rules: args.map((each) => fromLogic(each, facts)) };
  if (operator === "or" && Array.isArray(args)) return { combinator: "none", rules: args.map((each) => fromLogic(each, facts)) };
  const inner = part === undefined ? asText(raw) : fromLogic(part, facts);
  if (inner.operator === "in") return { ...inner, operator: "notIn" };
  if (inner.operator === "between") return { ...inner, operator: "notBetween" };
  return { combinator: "none", rules: [inner] };
}

function between([low, middle, high], operator, facts) {
  if (!isVar(middle) || !facts[middle.var]) return undefined;
  const given = (raw) => raw === null || isPlain(raw);
  if (given(low) && given(high)) return rule(middle.var, operator, [low ?? "", high ?? ""]);
  if (isVar(low) && isVar(high)) return rule(middle.var, operator, [low.var, high.var], "field");
  return undefined;
}

function comparison(operator, [left, right], facts) {
  const known = (raw) => isVar(raw) && raw.var !== "on" && facts[raw.var];
  if (!known(left)) return known(right) ? comparison(FLIPPED[operator], [right, left], facts) : undefined;
  if (isVar(right)) return rule(left.var, operator, right.var, "field");
  if (facts[left.var].type === "bool" && typeof right === "boolean" && (operator === "==" || operator === "!=")) return rule(left.var, "is", right === (operator === "=="));
  if (right === null) return rule(left.var, operator, "");  // not filled in yet
  return isPlain(right) ? rule(left.var, operator, right) : undefined;
}

export function toLogic(node) {
  if (Array.isArray(node.rules)) {
    const parts = node.rules.map(toLogic);
    if (node.combinator === "none") return { "!": parts.length === 1 ? parts[0] : { or: parts } };
    if (node.combinator === "notall") return { "!": { and: parts } };
    return { [node.combinator]: parts };
  }
  const { field, operator, value, valueSource } = node;
  if (field === LITERAL) return value === true;
  if (field === TEXT) { try { return JSON.parse(value); } catch { return value; } }
  const subject = { var: field };
  const operand = (raw) => (valueSource === "field" ? { var: raw } : raw === "" || raw === undefined ? null : raw);
  if (operator === "is") return value === false ? { "!": subject } : subject;
  if (operator === "in" || operator === "notIn") {
    const member = { in: [subject, Array.isArray(value) ? value : []] };
    return operator === "in" ? member : { "!": member };
  }
  if (operator === "between" || operator === "notBetween") {
    const [low, high] = Array.isArray(value) ? value : [null, null];
    const range = { "<=": [operand(low), subject, operand(high)] };
    return operator === "between" ? range : { "!": range };
  }
  return { [operator]: [subject, operand(value)] };
}

// The query always has a group at its root; a condition that is one rule alone is written without one.
export const toQuery = (raw, facts) => {
  const found = fromLogic(raw, facts);
  return Array.isArray(found.rules) ? found : { combinator: "and", rules: [found] };
};
export const fromQuery = (query) => (query.combinator === "and" && query.rules.length === 1 ? toLogic(query.rules[0]) : toLogic(query));

// Whole conditions as text: short ones on a line, groups with a line for each part.
export function written(raw, indent = "") {
  const short = JSON.stringify(raw);
  const [operator, parts] = only(raw);
  if (short.length <= 70 || !Array.isArray(parts) || !["and", "or", "!"].includes(operator)) return short;
  const inner = `${indent}  `;
  return `{${JSON.stringify(operator)}: [\n${parts.map((part) => inner + written(part, inner)).join(",\n")}\n${indent}]}`;
}
