import type { Expr } from '../../model/facts.js';
import type { StateAccess, StateCell } from '../../model/program.js';
import type { Parts } from './accesses.js';
import { DEEP, isMadeBy, namedBy, RANDOM } from './copies.js';

/*
 * What is good once: codes that are handed out and brought back, events that were seen, requests that were answered.
 */

/**
 * Handed out here and good once: a code of chance is put in (or stands as the key), and whoever brings it back takes the entry
 * out, elsewhere than where it was put in.
 */
export function isConsumed(cell: StateCell, inserts: readonly StateAccess[], parts: Parts): boolean {
  if (!inserts.some((insert) => isCode(insert, parts))) return false;
  return cell.writes.some(
    (write) =>
      write.op === 'remove' &&
      inserts.every(({ fn }) => fn !== write.fn) &&
      cell.reads.some((read) => read.fn === write.fn && read.op === 'lookup' && isSame(read.key, write.key)),
  );
}

/** A code of chance is put in, or stands as the key. */
export function isCode({ unit, value, key }: StateAccess, parts: Parts): boolean {
  return [value, key].some((expr) => expr !== undefined && isMadeBy(unit, expr, RANDOM, parts, 0));
}

/**
 * Keys that were met before: `if (seen.has(event.id)) return; seen.add(event.id)`. Nobody takes one out again but a timer, or whoever
 * put it in, when the work failed. Lanes that are taken and seats that are sold read alike: here the name decides.
 */
export function isSeenBefore(cell: StateCell, inserts: readonly StateAccess[]): boolean {
  const adding = new Set(inserts.map(({ fn }) => fn));
  return (
    SEEN.test(cell.name) &&
    inserts.length > 0 &&
    inserts.every(
      (insert) =>
        methodOf(insert) === 'add' &&
        cell.reads.some((read) => read.fn === insert.fn && methodOf(read) === 'has' && isSame(read.key, insert.value)),
    ) &&
    cell.reads.every((read) => methodOf(read) === 'has' || /^(?:size|length)$/.test(nameOf(read))) &&
    cell.writes.every((write) => write.op === 'insert' || write.op === 'clear' || adding.has(write.fn))
  );
}

/** What was answered is kept under the key that the client has sent along for that: `idempotencyKey`, `headers['idempotency-key']`. */
export function isAnswered({ unit, key }: StateAccess, parts: Parts): boolean {
  const says = (expr: Expr, depth: number): boolean => {
    if (depth > DEEP) return false;
    switch (expr.k) {
      case 'id':
        return (
          IDEMPOTENCY.test(unit.facts.bindings[expr.b]?.name ?? '') ||
          namedBy(unit, expr.b, parts).some((one) => says(one, depth + 1))
        );
      case 'member':
        return IDEMPOTENCY.test(expr.name) || says(expr.of, depth + 1);
      case 'index':
        return says(expr.key, depth + 1) || says(expr.of, depth + 1);
      case 'lit':
        return typeof expr.v === 'string' && IDEMPOTENCY.test(expr.v);
      case 'text':
        return expr.parts.some((part) => says(part, depth + 1));
      case 'call':
        return parts.tables.call(unit, expr.c).fact.args.some((arg) => says(arg, depth + 1));
      default:
        return false;
    }
  };
  return key !== undefined && says(key, 0);
}

const SEEN = /(?:seen|processed|handled|delivered|consumed|redeemed|executed|applied|dedup|duplicate|used)/i;
const IDEMPOTENCY = /idempoten/i;

/** Something that was waited for, and can be asked for again: an access token that another service gave. */
export function isFetched({ unit, value }: StateAccess, parts: Parts): boolean {
  const waits = (expr: Expr, depth: number): boolean => {
    if (depth > DEEP) return false;
    switch (expr.k) {
      case 'await':
        return true;
      case 'id':
        return namedBy(unit, expr.b, parts).some((one) => waits(one, depth + 1));
      case 'member':
      case 'index':
      case 'unary':
      case 'spread':
        return waits(expr.of, depth + 1);
      case 'object':
        return expr.props.some((prop) => waits(prop.value, depth + 1));
      default:
        return false;
    }
  };
  return value !== undefined && waits(value, 0);
}

function isSame(a: Expr | undefined, b: Expr | undefined): boolean {
  return a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

function methodOf({ fact }: StateAccess): string {
  return 'callee' in fact && fact.callee.k === 'member' ? fact.callee.name : '';
}

function nameOf({ fact }: StateAccess): string {
  return 'target' in fact && fact.target.k === 'member' ? fact.target.name : '';
}
