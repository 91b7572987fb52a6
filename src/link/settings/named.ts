import type { Expr, FileFacts } from '../../model/facts.js';
import type { Project } from '../../model/input.js';
import type { Unit } from '../../model/program.js';

/** A part of a template that may be a part of such a name: `process.env[`${prefix}_INDEX`]`. */
const PART = /^[A-Z\d_]{3,}$/;

/**
 * Whether some file says one of these names where a setting could be asked for by it: as a member, a property, a text or what is
 * imported. Most programs nowhere do, and then nobody need follow their tests to learn that these do not ask for it. The texts
 * are looked through first, which takes a hundredth of the time.
 */
export function isSaid(project: Project, units: readonly Unit[], names: ReadonlySet<string>): boolean {
  const texts = new Map(project.inputs.map(({ file, text }) => [file, text]));
  const words = [...names, 'env[`'];
  return units.some(({ file, facts }) => {
    const text = texts.get(file);
    return (text === undefined || words.some((word) => text.includes(word))) && saysOneOf(facts, names);
  });
}

function saysOneOf(facts: FileFacts, names: ReadonlySet<string>): boolean {
  const isOne = (text: string): boolean =>
    names.has(text) || (text.length < 100 && text.includes('.') && text.split('.').some((part) => names.has(part)));
  const isPart = (part: Expr): boolean =>
    part.k === 'lit' && PART.test(String(part.v)) && [...names].some((name) => name.includes(String(part.v)));
  const says = (expr: Expr | undefined): boolean => {
    switch (expr?.k) {
      case 'lit':
        return typeof expr.v === 'string' && isOne(expr.v);
      case 'global':
        return names.has(expr.name);
      case 'member':
        return names.has(expr.name) || says(expr.of);
      case 'index':
        return says(expr.of) || says(expr.key);
      case 'object':
        return expr.props.some(({ name, value }) => (name !== undefined && isOne(name)) || says(value));
      case 'array':
        return expr.items.some(says);
      case 'text':
        return expr.parts.some((part) => isPart(part) || says(part));
      case 'other':
        return expr.parts.some(says);
      case 'choose':
        return says(expr.test) || says(expr.yes) || says(expr.no);
      case 'logic':
      case 'binary':
        return says(expr.left) || says(expr.right);
      case 'unary':
      case 'await':
      case 'spread':
        return says(expr.of);
      default:
        return false;
    }
  };
  return (
    facts.conditions.some(({ test }) => says(test)) ||
    facts.bindings.some(
      ({ name, init, from, param }) =>
        names.has(name) || says(init) || (from && names.has(from.name)) || param?.path?.some((part) => names.has(part)),
    ) ||
    facts.calls.some(({ callee, args }) => says(callee) || args.some(says)) ||
    facts.accesses.some(({ target, value }) => says(target) || says(value)) ||
    facts.functions.some(({ returns }) => returns.some(({ value }) => says(value))) ||
    facts.classes.some(({ members }) => members.some(({ name, value }) => names.has(name) || says(value))) ||
    facts.exports.some(({ name, value, from }) => names.has(name) || says(value) || (from && names.has(from.name)))
  );
}
