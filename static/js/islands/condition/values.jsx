// The editor of a value, by the type of its fact: yes or no, number, day, choice, code of a table, another fact.
import { useId } from "react";
import { LITERAL, TEXT } from "./logic.js";

const number = (text) => (text === "" || Number.isNaN(Number(text)) ? text : Number(text));

function Select({ value, options, onChange, label, blank }) {
  const known = options.some((option) => option.code === value);
  return (
    <select className="form-select form-select-sm" value={String(value ?? "")} aria-label={label} onChange={(event) => onChange(event.target.value)}>
      {(blank || value === "" || value === undefined || value === null) && <option value="">–</option>}
      {!known && value !== "" && value !== undefined && value !== null && <option value={String(value)}>{String(value)}</option>}
      {options.map((option) => <option key={option.code} value={option.code}>{option.label}</option>)}
    </select>
  );
}

// Several values: those chosen, each with a button that takes it out, and a field to add one.
function Several({ value, options, onChange, label, words, numeric }) {
  const chosen = Array.isArray(value) ? value : [];
  const word = (code) => options.find((option) => option.code === code)?.label ?? String(code);
  const add = (raw) => { const next = numeric ? number(raw) : raw; if (next !== "" && !chosen.includes(next)) onChange([...chosen, next]); };
  const left = options.filter((option) => !chosen.includes(option.code));
  return (
    <span className="pw-several">
      {chosen.map((code) => (
        <span className="pw-pill" key={code}>{word(code)}<button type="button" className="pw-out" aria-label={`${words.takeOut}: ${word(code)}`} onClick={() => onChange(chosen.filter((each) => each !== code))}>×</button></span>
      ))}
      {options.length > 0
        ? <Select value="" blank options={left} label={`${label}: ${words.addValue}`} onChange={add} />
        : <input className="form-control form-control-sm" aria-label={`${label}: ${words.addValue}`} inputMode="numeric" size="6" onBlur={(event) => { add(event.target.value.trim()); event.target.value = ""; }} onKeyDown={(event) => { if (event.key === "Enter") { event.preventDefault(); add(event.target.value.trim()); event.target.value = ""; } }} />}
    </span>
  );
}

function Single({ fact, value, onChange, label, options }) {
  const id = useId();
  if (options.length > 0) return <Select value={value} options={options} onChange={onChange} label={label} />;
  const numeric = fact.type === "int" || fact.type === "decimal";
  const type = fact.type === "date" ? "date" : "text";
  return (
    <span className="pw-row">
      <input id={id} className="form-control form-control-sm" type={type} aria-label={label} inputMode={numeric ? "decimal" : undefined} size={numeric ? 6 : undefined}
        value={String(value ?? "")} onChange={(event) => onChange(numeric ? number(event.target.value) : event.target.value)} />
      {fact.unit && fact.unit !== "share" && <span className="pw-meta">{fact.unitWord}</span>}
    </span>
  );
}

export function ValueEditor({ field, operator, value, valueSource, handleOnChange, context }) {
  const { words, facts, tables, comparable } = context;
  const label = words.value;
  if (field === TEXT) return <input className="form-control form-control-sm pw-code" aria-label={words.asText} value={value ?? ""} onChange={(event) => handleOnChange(event.target.value)} />;
  const truth = [{ code: "true", label: field === LITERAL ? words.always : words.yes }, { code: "false", label: field === LITERAL ? words.never : words.no }];
  const fact = facts[field];
  if (field === LITERAL || operator === "is") return <Select value={String(value)} options={truth} label={label} onChange={(code) => handleOnChange(code === "true")} />;
  if (!fact) return null;
  const isRange = operator === "between" || operator === "notBetween";
  const options = valueSource === "field" ? comparable(field) : fact.choices.length ? fact.choices : (tables[fact.table] ?? []);
  if (operator === "in" || operator === "notIn") return <Several value={value} options={options} onChange={handleOnChange} label={label} words={words} numeric={fact.type === "int"} />;
  if (!isRange) return <Single fact={fact} value={value} options={options} onChange={handleOnChange} label={label} />;
  const [low, high] = Array.isArray(value) ? value : ["", ""];
  return (
    <span className="pw-row">
      <Single fact={fact} value={low} options={options} onChange={(next) => handleOnChange([next, high])} label={words.from} />
      <span>{words.to}</span>
      <Single fact={fact} value={high} options={options} onChange={(next) => handleOnChange([low, next])} label={words.to} />
    </span>
  );
}
