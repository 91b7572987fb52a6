/*
 * What the rules about servers and connections ask besides the program.
 */
export {
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
} from '../knowledge/servers.js';
export { type Listening, type Server, serversOf } from './servers.js';
