// The editor of conditions. The text field stays what is sent; the editor reads and writes it, and the server says whether
// it is right and how it reads.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import { QueryBuilder } from "react-querybuilder";
import { fromQuery, LITERAL, TEXT, toQuery, written } from "./condition/logic.js";
import { ValueEditor } from "./condition/values.jsx";

const csrf = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"];
const words = JSON.parse(document.getElementById("condition-words")?.textContent || "{}");
const ORDERED = ["==", "!=", "<", "<=", ">", ">=", "between", "notBetween"];
const LISTED = ["==", "!=", "in", "notIn"];
const OPERATORS = { bool: ["is"], date: ORDERED, decimal: ORDERED, int: [...ORDERED, "in", "notIn"], level: [...ORDERED, "in", "notIn"], choice: LISTED, code: LISTED };
const SMALL = { addRule: "btn btn-sm", addGroup: "btn btn-sm", removeGroup: "btn btn-sm btn-quiet", removeRule: "btn btn-sm btn-quiet", cloneRule: "btn btn-sm btn-quiet", cloneGroup: "btn btn-sm btn-quiet",
  shiftActions: "pw-shift", combinators: "form-select form-select-sm", fields: "form-select form-select-sm", operators: "form-select form-select-sm", valueSource: "form-select form-select-sm" };

function prepare(catalogue, progress) {
  const listed = catalogue.facts.filter((fact) => progress || fact.group !== "progress").map((fact) => ({ ...fact, unitWord: words.units?.[fact.unit] ?? "" }));
  const facts = Object.fromEntries(listed.map((fact) => [fact.name, fact]));
  const comparable = (name) => {
    const own = facts[name];
    const same = listed.filter((fact) => fact.name !== name && fact.type === own.type && fact.table === own.table && fact.choices.map((c) => c.code).join() === own.choices.map((c) => c.code).join());
    const others = same.map((fact) => ({ code: fact.name, label: fact.label }));
    return own.type === "date" ? [{ code: "on", label: catalogue.today }, ...others] : others;
  };
  const groups = catalogue.groups.map(({ name, label }) => ({ label, options: listed.filter((fact) => fact.group === name).map((fact) => ({ name: fact.name, label: fact.label })) })).filter((group) => group.options.length);
  const fields = [...groups, { label: words.other, options: [{ name: LITERAL, label: words.alwaysOrNever }, { name: TEXT, label: words.asText }] }];
  return { facts, fields, tables: catalogue.tables, comparable, words };
}

const defaultValue = (rule, facts) => {
  if (rule.field === LITERAL || facts[rule.field]?.type === "bool") return true;
  if (rule.operator === "in" || rule.operator === "notIn") return [];
  if (rule.operator === "between" || rule.operator === "notBetween") return ["", ""];
  return "";
};

// The mode of a whole condition: not given, always, never, or under conditions.
const modeOf = (data) => (data === undefined ? "none" : data === true ? "always" : data === false ? "never" : "when");

function Tree({ node }) {
  if (!node.parts.length) return <span className="pw-pill">{node.text}</span>;
  return <ul className="pw-grp" data-op={node.op}><li className="pw-op">{node.text}</li>{node.parts.map((part, i) => <li key={i} className={part.parts.length ? undefined : "pw-pill"}>{part.parts.length ? <Tree node={part} /> : part.text}</li>)}</ul>;
}

// A choice of the query builder, with a name that is read aloud.
function Choice({ options, value, handleOnChange, title, className, disabled }) {
  const one = (option) => <option key={option.name} value={option.name}>{option.label}</option>;
  return (
    <select className={className} value={value} aria-label={title} disabled={disabled} onChange={(event) => handleOnChange(event.target.value)}>
      {options.map((option) => (option.options ? <optgroup key={option.label} label={option.label}>{option.options.map(one)}</optgroup> : one(option)))}
    </select>
  );
}
const CONTROLS = { valueEditor: ValueEditor, fieldSelector: Choice, operatorSelector: Choice, combinatorSelector: Choice, valueSourceSelector: Choice };

function Editor({ place, area, catalogue }) {
  const { progress, blank, check, label } = place.dataset;
  const context = useMemo(() => prepare(catalogue, progress === "true"), [catalogue, progress]);
  const [data, setData] = useState(undefined);
  const [query, setQuery] = useState({ combinator: "and", rules: [] });
  const [told, setTold] = useState({ words: null, problems: null });
  const [ready, setReady] = useState(false);
  const asked = useRef(0);

  const ask = useCallback(async (adopt) => {
    const number = ++asked.current;
    if (area.value.trim() === "") { setData(undefined); setTold({ words: null, problems: null }); setReady(true); return; }
    const body = new URLSearchParams({ condition: area.value, progress });
    const answer = await fetch(check, { method: "POST", body, headers: { "X-CSRFToken": csrf() } }).then((response) => (response.ok ? response.json() : null)).catch(() => null);
    if (!answer || number !== asked.current) return;
    setTold(answer);
    if (adopt && answer.data !== null && typeof answer.data !== "string") { setData(answer.data); setQuery(toQuery(answer.data, context.facts)); }
    setReady(true);
  }, [area, check, context, progress]);

  useEffect(() => { ask(true); }, [ask]);
  useEffect(() => {
    let waiting;
    const typed = (event) => { if (event.isTrusted) { clearTimeout(waiting); waiting = setTimeout(() => ask(true), 500); } };
    area.addEventListener("input", typed);
    return () => area.removeEventListener("input", typed);
  }, [area, ask]);
  useEffect(() => {
    if (!told.problems) return;  // nothing was asked: what the page itself says about a blank one stays
    const faults = document.getElementById(`${area.id}-faults`);
    faults.dispatchEvent(new CustomEvent("pw:faults", { bubbles: true, detail: told.problems.map(({ place: at, message }) => (at ? `${at}: ${message}` : message)) }));
  }, [told, area]);

  const timer = useRef();
  const write = (next) => {
    setData(next);
    area.value = next === undefined ? "" : written(next);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => ask(false), 300);
  };
  const changed = (next) => {
    setQuery(next);
    // What is the same but for the way of writing it stays as it was written.
    const logic = fromQuery(next);
    if (ready && modeOf(data) === "when" && JSON.stringify(logic) !== JSON.stringify(fromQuery(toQuery(data, context.facts)))) write(logic);
  };
  const choose = (mode) => {
    if (mode === "none") return write(undefined);
    if (mode !== "when") return write(mode === "always");
    const kept = query.rules.length && !(query.rules.length === 1 && query.rules[0].field === LITERAL) ? query : { combinator: "and", rules: [{ field: context.fields[0].options[0].name, operator: OPERATORS[context.facts[context.fields[0].options[0].name].type][0], value: "", valueSource: "value" }] };
    setQuery(kept);
    return write(fromQuery(kept));
  };

  useEffect(() => {  // the builder calls itself a form, without a name, and stands in a form: a group with the name of the field
    const box = place.querySelector(".queryBuilder");
    box?.setAttribute("role", "group");
    box?.setAttribute("aria-label", label);
  });

  if (!ready) return <p className="pw-meta">{words.loading}</p>;
  const mode = modeOf(data);
  return (
    <>
      <select className="form-select pw-mode" value={mode} aria-label={`${label}: ${words.when}`} onChange={(event) => choose(event.target.value)}>
        {(blank === "true" || mode === "none") && <option value="none">{blank === "true" ? words.none : "–"}</option>}
        <option value="always">{words.always}</option>
        <option value="never">{words.never}</option>
        <option value="when">{words.underConditions}</option>
      </select>
      {mode === "when" && (
        <QueryBuilder
          fields={context.fields} query={query} onQueryChange={changed} context={context}
          combinators={["and", "or", "none", "notall"].map((name) => ({ name, label: words.combinators[name] }))}
          getOperators={(field) => (OPERATORS[context.facts[field]?.type] ?? ["is"]).map((name) => ({ name, label: (context.facts[field]?.type === "date" && words.dates[name]) || words.operators[name] }))}
          getValueSources={(field, operator) => (context.facts[field] && !["is", "in", "notIn"].includes(operator) && context.comparable(field).length ? [{ name: "value", label: words.sourceValue }, { name: "field", label: words.sourceFact }] : [{ name: "value", label: words.sourceValue }])}
          getDefaultValue={(rule) => defaultValue(rule, context.facts)}
          getRuleGroupClassname={(group) => `pw-q-${group.combinator}`}
          controlElements={CONTROLS} controlClassnames={SMALL} translations={words.translations}
          showShiftActions showCloneButtons resetOnOperatorChange resetOnFieldChange addRuleToNewGroups
        />
      )}
      {told.words && <div className="pw-reads" aria-live="polite"><span className="pw-meta">{words.reads}</span> <Tree node={told.words} /></div>}
    </>
  );
}

const catalogues = {};
for (const place of document.querySelectorAll("[data-condition]")) {
  const address = place.dataset.catalogue;
  catalogues[address] ??= fetch(address).then((answer) => answer.json());
  const text = place.parentElement.querySelector("[data-condition-text]");
  text.open = false;
  catalogues[address].then((catalogue) => createRoot(place).render(<Editor place={place} area={document.getElementById(place.dataset.condition)} catalogue={catalogue} />)).catch(() => {
    text.open = true;
  });
}
