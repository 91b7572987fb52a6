/*
 * What the rules about servers and connections ask besides the program.
 */
export { type ConnectionKnowledge, connectionCalls } from '../../knowledge/connection-calls.js';
export {
  HEALTH_FILE,
  ASKS_WHO,
  HEALTH_SEGMENT,
  SAYS_HEALTH,
  HTTP_CLIENT,
  healthCalls,
  healthPackages,
} from '../../knowledge/health.js';
export { type Database, databaseLimits, type PoolKnowledge, pools } from '../../knowledge/pools.js';
export {
  awaitedHooks,
  CLOSES_BY_NAME,
  CLOSING_FUNCTION,
  closingCalls,
  SERVER_BY_NAME,
  STOPPING_PACKAGE,
  type StopHandlerKnowledge,
  type StopHelperKnowledge,
  stopHandlers,
  stopHelpers,
  stopPackages,
} from '../../knowledge/servers.js';
export { pagesOnly } from './pages-only.js';
export { type Listening, type Server, serversOf } from './servers.js';
export {
  CLIENT_DECORATOR,
  CLIENT_PART,
  CLIENT_REQUEST,
  type ClientAddressKnowledge,
  clientAddressCalls,
  FORWARDED_HEADER,
} from '../../knowledge/client-address.js';
export { type TrustedProxy, trustedProxies } from './trusted-proxy.js';
