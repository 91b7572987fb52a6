import type { StateAccess, StateCell, StateShape, Value } from '../../model/program.js';
import {
  holdsConnection,
  isCallback,
  isCompletion,
  isConstant,
  isCut,
  isCooldown,
  isDerived,
  isDoneFlag,
  isGathering,
  isLive,
  isMark,
  isMissThenSet,
  isOwnMemory,
  isSubscribed,
  isTransient,
  LIVE,
  makesHandle,
  type Parts,
  serving,
} from './accesses.js';
import { isLookedUpElsewhere, isOwnWorkload } from './within.js';
import { isAnsweredByRelatives, isAskedFirst, isCallbackEntry, isPool, isServerSocket, isTally } from './books.js';
import { isNamedPending, isLookedUpFirst, isPromise } from './promises.js';
import {
  isAccumulated,
  isAgedCopy,
  isAgeOfCopy,
  isClaim,
  isCounted,
  isMoment,
  isTimed,
  isTimesKept,
} from './copies.js';
import { isAnswered, isCode, isConsumed, isFetched, isSeenBefore } from './once.js';
import { isObserver, isOnlyObserved } from './observed.js';
import { isPace } from './pace.js';
import { nameShape } from './shape-names.js';
import { isNeverFilled, isOfOwnConnection, isOfSocketsOnly, isOwnTidying, isTakenBack } from './own-work.js';
import { isInitialisation, isOneTurn } from './turns.js';
import { isConnected, isLazy, isReset, isSetUpFlag, isSpent } from './lazy.js';
import { isLoadedOnce } from './starts.js';
import { isSolid } from '../values/values.js';

const TIMER = /^(?:global|timers|timers\/promises):(?:setTimeout|setInterval|setImmediate)\(\)$/;
const METRIC = /^(?:prom-client|@opentelemetry\/[\w-]+|hot-shots|statsd-client):/;

/** Entries are as they were fetched from where others find them too; nobody edits them here. */
export function isCopyOfElsewhere(cell: StateCell, parts: Parts): boolean {
  const inserts = cell.writes.filter(({ op }) => op === 'insert');
  if (cell.writes.some(({ op, fn }) => op === 'update' && serving(parts.phases, fn))) return false;
  return nameShape(cell) === 'cache' || (inserts.length > 0 && inserts.every((insert) => isFetched(insert, parts)));
}

/** Entries that were never fetched from anywhere are changed by others than who puts them in: what they say stands here only. */
function isEditedElsewhere(inserts: readonly StateAccess[], updates: readonly StateAccess[], parts: Parts): boolean {
  const own = new Set(inserts.map(({ fn }) => fn));
  const isEdit = ({ fn, fact, value }: StateAccess) =>
    !own.has(fn) && serving(parts.phases, fn) && 'target' in fact && fact.operator === undefined && value !== undefined;
  return !inserts.some((insert) => isFetched(insert, parts)) && updates.some(isEdit);
}

/** An object of the project's that keeps a metric of the package: `this.metric = new Counter({ name })`. */
function wrapsMetric(value: Value, parts: Parts): boolean {
  if (value.kind !== 'instance') return false;
  const { unit, id, fact } = value.cls;
  const given = fact.members.flatMap((member) => member.value ?? []);
  for (const [key, accesses] of parts.tables.linked(unit).fields)
    if (key.startsWith(`${id}.`)) given.push(...accesses.flatMap((access) => access.value ?? []));
  return given.some((expr) =>
    parts.values.of(unit, expr).some(({ value: one }) => one.kind === 'external' && METRIC.test(one.api)),
  );
}

/** What a cell is for, told from its writes and reads; names decide only between shapes that look alike. */
export function shapeOf(cell: StateCell, parts: Parts): StateShape {
  if (!cell.writes.some(({ fn }) => serving(parts.phases, fn))) return 'registry';
  // Functions that nothing is known to reach may run while serving as well: they help to tell the shape.
  const writes = cell.writes.filter(({ fn }) => serving(parts.phases, fn) || parts.phases.of(fn).length === 0);
  const inserts = writes.filter(({ op }) => op === 'insert');
  const assigns = writes.filter(({ op }) => op === 'assign');
  const removes = writes.filter(({ op }) => op === 'remove' || op === 'clear');
  const values = (access: StateAccess): readonly Value[] =>
    access.value ? parts.values.of(access.unit, access.value).map(({ value }) => value) : [];
  const any = (list: readonly StateAccess[], test: (value: Value) => boolean) =>
    list.some((access) => values(access).some(test));
  const isApi = (pattern: RegExp) => (value: Value) => value.kind === 'external' && pattern.test(value.api);

  const isHandle = (value: Value) => makesHandle(value, parts);
  const kept = assigns.filter((access) => !isReset(access));
  const keepsHandles =
    kept.length > 0 &&
    kept.every(
      (access) => (values(access).length > 0 && values(access).every(isHandle)) || isConnected(cell, access, parts),
    );
  const isMadeWhenNeeded = kept.length > 0 && kept.every((access) => isLazy(cell.name, access, parts));
  const updates = writes.filter(
    (write) => write.op === 'update' && !isCompletion(write, assigns, keepsHandles || isMadeWhenNeeded),
  );

  if (any([...assigns, ...inserts], isApi(TIMER))) return 'handle';
  if (isConstant(cell, parts)) return 'constant';
  if (isNeverFilled(cell, parts)) return 'constant';
  if (isCooldown(cell, parts))
    return isOnlyObserved(cell, parts)
      ? 'metrics'
      : isOwnTidying(cell, parts) || isAgeOfCopy(cell, parts)
        ? 'current'
        : 'cooldown';
  if (isOfOwnConnection(cell)) return 'current';
  if (isOwnWorkload(cell, parts)) return 'single-flight';
  if (isOneTurn(cell, parts) || isInitialisation(cell, parts) || isPace(cell, parts)) return 'current';
  if (isLoadedOnce(cell, writes, parts)) return 'handle';
  if (isAgedCopy(cell, writes, parts)) return 'cache';
  if (isTally(cell, writes, parts)) return 'metrics';
  const made = cell.init ? parts.values.of(cell.unit, cell.init).map(({ value }) => value) : [];
  if (made.length > 0 && made.every(isApi(/^global:Weak(?:Map|Set)\(\)$/))) return 'current';
  if (made.length > 0 && made.every((value) => value.kind === 'external' && isObserver(value.api))) return 'metrics';
  if (isOnlyObserved(cell, parts)) return 'metrics';
  const measures = (value: Value) => isApi(METRIC)(value) || wrapsMetric(value, parts);
  if (any([...assigns, ...inserts], measures) || made.some(isApi(METRIC))) return 'metrics';
  if (inserts.length === 0 && updates.length === 0 && assigns.length > 0 && removes.length === 0) {
    if (keepsHandles) return 'handle';
    if (isDoneFlag(cell, parts) || isSetUpFlag(cell, parts) || isSpent(cell, parts)) return 'handle';
    const isEmptied = ({ value }: StateAccess) => value?.k === 'array' && value.items.length === 0;
    const lazy = assigns.some((access) => !isReset(access) && isLazy(cell.name, access, parts));
    if (assigns.every((access) => isReset(access) || (lazy && isEmptied(access)) || isLazy(cell.name, access, parts))) {
      return lazy ? 'handle' : 'flag';
    }
    if (assigns.every((access) => access.value?.k === 'lit' && typeof access.value.v === 'boolean'))
      return nameShape(cell) === 'lock' ? 'lock' : 'flag';
    const named = nameShape(cell);
    if (assigns.some((access) => isDerived(access, parts)))
      return named ?? (assigns.some(({ value }) => value?.k === 'binary') ? 'counter' : 'map');
    if (isOwnMemory(cell, writes, parts)) return 'cache';
    // One value is no store of many: `sessionId`, `limit`, `token`; but the one code that was made is waited for.
    if (named === 'token-store') return assigns.some((access) => isCode(access, parts)) ? named : 'snapshot';
    return named && named !== 'session-store' && named !== 'limiter' ? named : 'snapshot';
  }
  if (
    inserts.length === 0 &&
    assigns.length === 0 &&
    removes.length === 0 &&
    updates.length > 0 &&
    updates.every((access) => 'operator' in access.fact && access.fact.operator !== undefined)
  ) {
    const keyed = updates.some(({ key }) => key !== undefined);
    return keyed ? (nameShape(cell) ?? 'map') : 'counter';
  }
  const isTransientWork = inserts.length > 0 && inserts.every((insert) => isTransient(insert, removes, parts));
  const isShared = isTransientWork && isLookedUpElsewhere(cell, inserts, parts);
  if (isTransientWork && !isShared) return inserts.every(isMark) ? 'lock' : 'single-flight';
  if (isTakenBack(cell, inserts, removes, parts)) return 'single-flight';
  if (any(inserts, isApi(/^global:AbortController\(\)/)))
    return isOfSocketsOnly(cell, parts) ? 'current' : 'task-handles';
  if (any(inserts, isApi(/^child_process:/))) return isPool(cell, inserts) ? 'handle' : 'task-handles';
  // A client or breaker for each key, made when it is missing: another process makes its own.
  const isMadeOnMiss = inserts.length > 0 && isMissThenSet(cell, inserts, parts);
  const isKeyedHandle = (insert: StateAccess) => {
    // What the lookup before gave stands in the same variable, and is not known by itself.
    const known = values(insert).filter((value) => isSolid(value) && value.kind !== 'undefined');
    return known.length > 0 && known.every((value) => isHandle(value) && !isApi(/^child_process:/)(value));
  };
  const isHandedOut = isMadeOnMiss || (inserts.length > 0 && isAskedFirst(cell, inserts, parts));
  if (isHandedOut && inserts.every(isKeyedHandle)) return 'handle';
  if (inserts.length > 0 && inserts.every((insert) => isSubscribed(insert, parts))) return 'handle';
  if (inserts.length > 0 && inserts.every((insert) => isServerSocket(insert, parts))) return 'handle';
  if (inserts.some((insert) => holdsConnection(insert, parts))) return 'connections';
  if (inserts.length > 0 && inserts.every((insert) => isCallback(insert, parts))) return 'handle';
  if (inserts.length > 0 && inserts.every((insert) => isCallbackEntry(cell, insert, parts))) return 'handle';
  if (inserts.length > 0 && isAnsweredByRelatives(cell, inserts, parts)) return 'handle';
  if (isShared) return 'progress';
  if (
    any(
      inserts,
      (value) =>
        (value.kind === 'instance' && [value.cls, ...parts.values.bases(value.cls)].some(isLive)) ||
        (value.kind === 'external' && LIVE.has(value.api)),
    )
  )
    return nameShape(cell) ?? 'map';
  if (inserts.some((insert) => isTimesKept(cell, insert, parts))) return 'limiter';
  if (isMadeOnMiss && inserts.some((insert) => isGathering(insert, parts))) return nameShape(cell) ?? 'map';
  // What only forgets its oldest entries holds no work, whatever it is called: `recentBuffer`.
  const isForgotten = (remove: StateAccess) =>
    isCut(remove, parts) && 'use' in remove.fact && remove.fact.use === 'dropped';
  const isRing = removes.length > 0 && removes.every(isForgotten);
  const named = isRing && nameShape(cell) === 'queue' ? undefined : nameShape(cell);
  if (isCounted(cell, writes) || inserts.some((insert) => isAccumulated(cell, insert, parts)))
    return named && named !== 'cache' ? named : inserts.some((insert) => isTimed(insert, parts)) ? 'limiter' : 'map';
  if ((!named || named === 'token-store') && isConsumed(cell, inserts, parts)) return 'token-store';
  if (inserts.some((insert) => isClaim(cell, insert, parts))) return named ?? 'map';
  // Whoever asks while the answer is on its way waits for the same one; it is thrown out some time after.
  const isPending = isNamedPending(cell) || inserts.every((insert) => isPromise(insert, parts));
  if (removes.length > 0 && isPending && isLookedUpFirst(cell, inserts, parts)) return 'single-flight';
  if (isMadeOnMiss) {
    if (inserts.every((insert) => isMoment(insert, parts))) return named && named !== 'cache' ? named : 'cooldown';
    if (isEditedElsewhere(inserts, updates, parts)) return named && named !== 'cache' ? named : 'map';
    if (inserts.some((insert) => isAnswered(insert, parts))) return 'token-store';
    const isCopy = inserts.every((insert) => isFetched(insert, parts) && !isCode(insert, parts));
    return named === 'token-store' && !isCopy ? 'token-store' : 'cache';
  }
  if (!named && isSeenBefore(cell, inserts)) return 'token-store';
  return named ?? (inserts.length || removes.length ? 'map' : updates.length ? 'snapshot' : 'value');
}
