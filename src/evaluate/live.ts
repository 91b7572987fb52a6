import type { Evidence, Finding, Live, Severity, Trigger } from '../model/finding.js';
import type { Operation, Told } from '../model/production.js';
import type { Program } from '../model/program.js';
import type { Place } from '../model/span.js';

/*
 * Whether a finding bites as production runs today. With several instances it does all the time, and weighs more for it; with
 * one that is replaced by starting the next beside it, for the minutes of each deploy. What is latent is reported as it was:
 * the question is what a second instance would break.
 */

type Production = Pick<Program, 'operationsOf'>;

const RAISED: Readonly<Record<Severity, Severity>> = { info: 'warning', warning: 'error', error: 'error' };

export function withLive(finding: Finding, program: Production): Finding {
  const live = liveOf(finding, program);
  if (!live) return finding;
  const { place, why } = live;
  const isSaid = [finding, ...finding.evidence].some((one) => isOn(one, place));
  const step: readonly Evidence[] = place && !isSaid ? [{ role: 'started', ...place, note: why }] : [];
  // What a setting switches off, or what is little sure, weighs no more for being possible today.
  const isRaised = live.at.includes('scale-out') && finding.when === 'always' && finding.confidence !== 'low';
  return {
    ...finding,
    live,
    ...(isRaised ? { severity: RAISED[finding.severity] } : {}),
    evidence: [...finding.evidence, ...step],
  };
}

export function liveOf(finding: Finding, program: Production): Live | undefined {
  const { triggers } = finding;
  if (triggers.length === 0) return undefined;
  const operations = program.operationsOf(finding);
  const counts = operations.flatMap((one) => (one.instances ? [{ one, told: one.instances }] : []));
  const several = counts.find(({ told }) => isSeveral(told));
  const overlaps = operations.flatMap((one) => (one.overlap ? [{ one, told: one.overlap }] : []));
  const overlap = overlaps.find(({ told }) => told.value);
  const isCounted = counts.length === operations.length && operations.length > 0;
  const isToldOverlap = overlaps.length === operations.length && operations.length > 0;
  // A finding about the very words that say how it is replaced holds whenever it is.
  const isAboutUpdate = overlaps.some(({ told: { place } }) => isOn(finding, place));
  const states = new Map<Trigger, 'today' | 'open' | 'latent'>([
    ['scale-out', several ? 'today' : isCounted ? 'latent' : 'open'],
    ['rolling-deploy', overlap || isAboutUpdate ? 'today' : isToldOverlap ? 'latent' : 'open'],
    ['restart', 'today'],
    ['crash', 'today'],
  ]);
  const at = triggers.filter((trigger) => states.get(trigger) === 'today');
  const open = triggers.filter((trigger) => states.get(trigger) === 'open');
  const decides = (trigger: Trigger) => triggers.includes(trigger);
  const live = (decides('scale-out') ? several : undefined) ?? (decides('rolling-deploy') ? overlap : undefined);
  // That a deploy stops the old version first is no reason for anything while a second instance may run all the time.
  const latent =
    open.length > 0
      ? undefined
      : ((decides('scale-out') && isCounted ? counts[0] : undefined) ??
        (decides('rolling-deploy') && isToldOverlap ? overlaps[0] : undefined));
  const reason = live ?? latent;
  // Nobody says that the setting is made which it takes.
  const is = finding.when === 'optional-config' && at.length > 0 ? 'unknown' : stateOf(at, open);
  const place = reason?.told.place;
  return { is, at, open, why: reason ? said(reason) : otherwise(at, open), ...(place ? { place } : {}) };
}

function isOn({ file, span }: Place, place: Place | undefined): boolean {
  return file === place?.file && span[0] === place.span[0];
}

function stateOf(at: readonly Trigger[], open: readonly Trigger[]): Live['is'] {
  return at.length > 0 ? 'yes' : open.length > 0 ? 'unknown' : 'no';
}

/** More than one, or no bound that would keep it to one. */
export function isSeveral({ value }: Told<{ readonly min: number; readonly max?: number }>): boolean {
  return (value.max ?? 2) > 1;
}

function said({ one, told }: { readonly one: Operation; readonly told: Told<unknown> }): string {
  return one.deployed ? `\`${one.name}\` ${told.words}` : `${one.name} ${told.words}, by the configuration`;
}

function otherwise(at: readonly Trigger[], open: readonly Trigger[]): string {
  if (at.length > 0) return 'it takes no second instance: a process is restarted, and crashes';
  if (open.length > 1) return 'nothing says how often it runs, or how it is replaced';
  return open[0] === 'scale-out' ? 'nothing says how often it runs' : 'nothing says how it is replaced';
}
