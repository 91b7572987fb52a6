import type { DeploymentSummary, Report, Runs } from '../model/report.js';
import { plural } from './answer.js';

/*
 * The first line: how production runs, and how many of the findings that makes bite today.
 */

export function deployed({ summary: { deployment } }: Report): string {
  const { runs } = deployment;
  const several = runs.filter(({ instances }) => instances && (instances.max ?? 2) > 1);
  if (several.length > 0) return ofSeveral(several, runs, deployment);
  const single = runs.filter(({ instances }) => instances);
  if (single.length === 0) return ofUncounted(deployment);
  const names = `One instance of ${listed(single.map(({ name }) => name))}`;
  const { atDeploy, atRestart, latent, unknown } = deployment;
  const restart = `${bites(atRestart)} at a restart or a crash`;
  if (single.some(({ overlap }) => overlap)) {
    const more = atRestart > 0 ? `, and ${atRestart} more at a restart or a crash` : '';
    return `${names} with a rolling update: ${bites(atDeploy)} at each deploy${more}.`;
  }
  const waiting = latent > 0 ? `, and ${latent} more ${latent === 1 ? 'waits' : 'wait'} for a second instance` : '';
  if (single.every(({ overlap }) => overlap === false))
    return `${names}, stopped before the next one starts: ${restart}${waiting}.`;
  const open = latent + unknown;
  const more = open > 0 ? `, and ${open} more as soon as two run` : '';
  return `${names}; nothing says whether a deploy runs two side by side: ${restart}${more}.`;
}

function ofSeveral(several: readonly Runs[], runs: readonly Runs[], deployment: DeploymentSummary): string {
  const parts = several.map(({ name, instances }, index) => {
    const noun = index === 0 ? ' instances' : '';
    const { min = 1, max } = instances ?? {};
    const count = max === undefined ? `several` : max === min ? `${max}` : `up to ${max}`;
    return `${count}${noun} of ${name}`;
  });
  const ones = runs.filter(({ instances }) => instances?.max === 1).map(({ name }) => name);
  const others = ones.length > 0 ? [`one of ${listed(ones)}`] : [];
  const start = several.every(({ isDeclared }) => isDeclared)
    ? 'By the configuration production runs'
    : 'Your production descriptors run';
  const { always, atDeploy, atRestart } = deployment;
  const more = [
    atDeploy > 0 ? `${atDeploy} at each deploy` : '',
    atRestart > 0 ? `${atRestart} at a restart or a crash` : '',
  ].filter((part) => part !== '');
  const rest = more.length > 0 ? `; ${more.join(', and ')}` : '';
  const live = always === 0 ? 'no finding is' : always === 1 ? '1 finding is' : `${always} findings are`;
  return `${start} ${listed([...parts, ...others])}: ${live} live today${rest}.`;
}

function ofUncounted({ runs, atDeploy, atRestart, unknown }: DeploymentSummary): string {
  const start = 'No descriptor says how many instances run';
  const more = (count: number) => (count > 0 ? `, and ${count} more as soon as two run` : '');
  if (runs.some(({ overlap }) => overlap)) {
    const parts = [
      `${bites(atDeploy)} at each deploy`,
      ...(atRestart > 0 ? [`${atRestart} at a restart or a crash`] : []),
      ...(unknown > 0 ? [`${unknown} more as soon as two run`] : []),
    ];
    return `${start}, but deploys are rolling: ${listed(parts)}.`;
  }
  if (atRestart > 0) return `${start}: ${bites(atRestart)} at a restart or a crash${more(unknown)}.`;
  return unknown > 0 ? `${start}: ${bites(unknown)} as soon as two do.` : `${start}.`;
}

function bites(count: number): string {
  return `${count === 0 ? 'no finding' : plural(count, 'finding')} ${count > 1 ? 'bite' : 'bites'}`;
}

const MOST_NAMES = 4;

function listed(items: readonly string[]): string {
  const shown =
    items.length > MOST_NAMES ? [...items.slice(0, MOST_NAMES - 1), `${items.length - MOST_NAMES + 1} more`] : items;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
