import type { Source } from '../model/knowledge.js';

/*
 * How clients come to hear what an emitter or a broker within the process says, beside plain listeners (emitters.ts).
 */

/** A call that makes something which waits for events, to be handed to a client: an iterator, an observable, a promise. */
export interface EventTap {
  readonly api: string;
  /** Where the emitter stands. */
  readonly emitter: 'receiver' | number;
  readonly source: Source;
}

export const eventTaps: readonly EventTap[] = [
  {
    api: 'events:{on,once,EventEmitter.on,EventEmitter.once}',
    emitter: 0,
    source: 'Node.js API documentation, events.on',
  },
  {
    api: 'rxjs:{fromEvent,fromEventPattern}',
    emitter: 0,
    source: 'unchecked: https://rxjs.dev/api/index/function/fromEvent',
  },
  {
    api: 'rxjs:{Subject,BehaviorSubject,ReplaySubject}().{asObservable,pipe,subscribe,forEach}',
    emitter: 'receiver',
    source: 'unchecked: https://rxjs.dev/guide/subject',
  },
  { api: 'emittery:().{events,anyEvent}', emitter: 'receiver', source: 'emittery@1.2.1 readme.md' },
];

/** What is said and heard on a broker of the table of keepers, by the path of the call that makes it. */
export interface BrokerUse {
  readonly made: string;
  readonly says: readonly string[];
  readonly source: Source;
}

export const brokerUses: readonly BrokerUse[] = [
  {
    made: '{graphql-subscriptions,apollo-server,apollo-server-express,apollo-server-koa}:PubSub',
    says: ['{graphql-subscriptions,apollo-server,apollo-server-express,apollo-server-koa}:PubSub().publish'],
    source: 'graphql-subscriptions@3.0.0 dist/pubsub.d.ts:14',
  },
  {
    made: '{@graphql-yoga/subscription,graphql-yoga}:createPubSub',
    says: ['{@graphql-yoga/subscription,graphql-yoga}:createPubSub().publish'],
    source: '@graphql-yoga/subscription@5.1.1 typings/create-pub-sub.d.ts',
  },
  {
    made: 'aedes:{,Aedes,createBroker,Aedes.createBroker}',
    says: ['aedes:{(),Aedes(),createBroker(),Aedes.createBroker()}.publish'],
    source: 'aedes@1.2.0 aedes.js',
  },
  {
    made: 'better-sse:createChannel',
    says: ['better-sse:createChannel().broadcast'],
    source: 'better-sse@0.16.1 README.md',
  },
  {
    made: '{express-sse,express-sse-ts,sse-channel}:',
    says: ['{express-sse,express-sse-ts,sse-channel}:().{send,updateInit,serialize}'],
    source: 'express-sse@1.0.0 README.md:39; sse-channel@4.0.2 README.md',
  },
];
