import type { Registration } from '../types.js';

const ORPC = '@orpc/server@1.16.1 dist/index.d.ts:473-597 (os), 743-759 (implement)';
const SAFE_ACTION = 'next-safe-action@8.7.3 dist/index.types-BHm65NPq.d.mts';

/** Builders of procedures: a chain of schemas and middleware that ends with the function which answers. */
export const procedureRegistrations: readonly Registration[] = [
  { api: '@orpc/server:os.handler', phase: 'request', args: [0], label: 'oRPC procedure', source: ORPC },
  { api: '@orpc/server:os.{use,middleware}', phase: 'request', args: [0], label: 'oRPC middleware', source: ORPC },
  // A contract's procedures are reached by their names: `implement(contract).planets.list.handler(…)`.
  {
    api: '@orpc/server:implement(){.*,.*.*,.*.*.*}.handler',
    phase: 'request',
    args: [0],
    label: 'oRPC procedure',
    source: ORPC,
  },
  {
    api: '@orpc/server:implement(){,.*,.*.*,.*.*.*}.{use,middleware}',
    phase: 'request',
    args: [0],
    label: 'oRPC middleware',
    source: ORPC,
  },
  {
    api: 'next-safe-action:createSafeActionClient().{action,stateAction}',
    phase: 'request',
    args: [0],
    label: 'server action',
    source: SAFE_ACTION,
  },
  {
    api: 'next-safe-action:createSafeActionClient().{use,useValidated}',
    phase: 'request',
    args: [0],
    label: 'middleware of server actions',
    source: SAFE_ACTION,
  },
  {
    api: 'next-safe-action:createMiddleware().define',
    phase: 'request',
    args: [0],
    label: 'middleware of server actions',
    source: SAFE_ACTION,
  },
  {
    api: '{@tanstack/react-start,@tanstack/solid-start,@tanstack/start,@tanstack/start-client-core}:createServerFn().handler',
    phase: 'request',
    args: [0],
    label: 'server function',
    source: '@tanstack/start-client-core@1.131.50 dist/esm/createServerFn.d.ts:108',
  },
];
