/*
 * What rules about starting, and about the database, are written with.
 */
export { seedCalls, seedCommands, setupCalls } from '../../knowledge/seeds.js';
export type { SeedCall, SeedCommand, SetupCall } from '../../knowledge/seeds.js';
export {
  busyFlag,
  busyHolder,
  busyState,
  idleState,
  olderThan,
  ownerField,
  stateField,
} from '../../knowledge/work-states.js';
export { goingRound, type Pause, pauses, rearms } from './loops.js';
export { contains, endsProcess, handlerOf, isCaught } from './handlers.js';
export { callAt, callIn, chainedBefore, chainedBehind } from '../chains.js';
export { askedAbsent, fieldsAsked, insertsRow, onlyForOwnFile, uniqueAmong } from './rows.js';
export { peerCalls, sidecarPorts } from '../../knowledge/peers.js';
export type { PeerCall, PeerTarget } from '../../knowledge/peers.js';
export { type Address, type Addresses, addressesAt, addressesOf } from './addresses.js';
export { connectCalls, errorEmitters } from '../../knowledge/connections.js';
export type { ConnectCall, ErrorEmitter } from '../../knowledge/connections.js';
export {
  connects,
  leadsTo,
  listens,
  type Order,
  orderOf,
  type Starting,
  type Swallowed,
  swallowed,
} from './starting.js';
export {
  migrationClasses,
  migrationFiles,
  newTableMethods,
  oldTableMethods,
  schemaChangeMethods,
} from '../../knowledge/schema-changes.js';
export type { SchemaChangeKind, SchemaChangeMethod } from '../../knowledge/schema-changes.js';
