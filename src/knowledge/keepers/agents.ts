import type { KeeperKnowledge, StoreKnowledge } from '../../model/knowledge.js';

/* Conversations of agents, bots and model clients, and the sessions of those who connect to them. */

const conversation = (entry: Omit<KeeperKnowledge, 'concern'>): KeeperKnowledge => ({
  concern: 'conversation',
  ...entry,
});
const MEMORY =
  '{BufferMemory,BufferWindowMemory,ConversationSummaryMemory,ConversationSummaryBufferMemory,ConversationTokenBufferMemory}';
const HISTORIES =
  '{@langchain/core/chat_history:{InMemoryChatMessageHistory,FakeListChatMessageHistory},langchain/memory:ChatMessageHistory,langchain/stores/message/in_memory:ChatMessageHistory,@langchain/classic/memory:ChatMessageHistory,@langchain/classic/stores/message/in_memory:ChatMessageHistory}';
const CHECKPOINTS =
  'Compile the graph with a saver that all instances share: `PostgresSaver.fromConnString(url)` of `@langchain/langgraph-checkpoint-postgres`, or the one for Redis or MongoDB.';

export const agents: readonly KeeperKnowledge[] = [
  {
    concern: 'session',
    api: '@modelcontextprotocol/sdk/server/streamableHttp{,.js}:StreamableHTTPServerTransport',
    options: 0,
    only: ['sessionIdGenerator'],
    default: 'memory',
    note: 'a transport with `sessionIdGenerator` is the session of one client, and answers only in the process that made it',
    remedy:
      'Serve without sessions, a server and a transport for each request (`sessionIdGenerator: undefined`), or route by the header `mcp-session-id` so that a client stays with one instance.',
    docs: 'https://github.com/modelcontextprotocol/typescript-sdk#with-session-management',
    source:
      '@modelcontextprotocol/sdk@1.32.2 dist/esm/server/webStandardStreamableHttp.d.ts:48 "sessionIdGenerator?", :142 "Stateful mode"',
  },
  {
    concern: 'session',
    api: '@modelcontextprotocol/sdk/server/webStandardStreamableHttp{,.js}:WebStandardStreamableHTTPServerTransport',
    options: 0,
    only: ['sessionIdGenerator'],
    default: 'memory',
    note: 'a transport with `sessionIdGenerator` is the session of one client, and answers only in the process that made it',
    remedy:
      'Serve without sessions, a server and a transport for each request (`sessionIdGenerator: undefined`), or route by the header `mcp-session-id` so that a client stays with one instance.',
    source: '@modelcontextprotocol/sdk@1.32.2 dist/esm/server/webStandardStreamableHttp.d.ts:48, :142',
  },
  {
    concern: 'session',
    api: '@modelcontextprotocol/sdk/server/sse{,.js}:SSEServerTransport',
    options: -1,
    default: 'memory',
    note: 'the messages of a client must reach the process that holds its event stream',
    remedy:
      'Use `StreamableHTTPServerTransport` without sessions (`sessionIdGenerator: undefined`), or route by the `sessionId` in the query so that a client stays with one instance.',
    source: '@modelcontextprotocol/sdk@1.32.2 dist/esm/server/sse.d.ts',
  },
  {
    concern: 'session',
    api: 'fastmcp:FastMCP().start',
    options: 0,
    only: ['httpStream'],
    off: [
      { path: 'httpStream.stateless', is: [true] },
      { path: 'transportType', is: ['stdio'] },
    ],
    default: 'memory',
    note: 'the server holds the session of each client in this process unless `httpStream.stateless` is set',
    remedy:
      'Serve without sessions, `httpStream: { stateless: true }`, or route by the header `mcp-session-id` so that a client stays with one instance.',
    source: 'fastmcp@4.20.16 dist/FastMCP.d.ts:1139 "stateless?: boolean"',
  },
  conversation({
    api: '{@langchain/langgraph,@langchain/langgraph/web,@langchain/langgraph-checkpoint}:MemorySaver',
    options: -1,
    default: 'memory',
    note: '`MemorySaver` keeps the threads of a graph in the memory of this process',
    remedy: CHECKPOINTS,
    source: '@langchain/langgraph-checkpoint@1.2.2 dist/memory.d.ts',
  }),
  conversation({
    api: '{@langchain/langgraph,@langchain/langgraph/web,@langchain/langgraph-checkpoint}:{InMemoryStore,MemoryStore}',
    options: -1,
    default: 'memory',
    note: '`InMemoryStore` keeps what a graph remembers of users in the memory of this process',
    remedy: 'Use a store over a database: `PostgresStore` of `@langchain/langgraph-checkpoint-postgres/store`.',
    source: '@langchain/langgraph-checkpoint@1.2.2 dist/store',
  }),
  conversation({
    api: `{langchain,@langchain/classic}/memory:${MEMORY}`,
    options: 0,
    stores: ['chatHistory'],
    default: 'memory',
    note: 'the memory keeps the messages in this process unless it is given a `chatHistory`',
    remedy:
      'Give it a `chatHistory` over a store that all instances share, made for the conversation: `new RedisChatMessageHistory({ sessionId, client })`.',
    source:
      '@langchain/classic@1.0.50 dist/memory/chat_memory.js:19 "fields?.chatHistory ?? new InMemoryChatMessageHistory()"',
  }),
  conversation({
    api: HISTORIES,
    options: -1,
    default: 'memory',
    note: 'the history keeps its messages in the memory of this process',
    remedy:
      'Keep the messages where all instances look: `RedisChatMessageHistory`, `PostgresChatMessageHistory` and others of the `@langchain/…` packages.',
    source: '@langchain/classic@1.0.50 dist/memory/chat_memory.js:19; @langchain/core package.json "./chat_history"',
  }),
  conversation({
    api: '{@openai/agents,@openai/agents-core}:MemorySession',
    options: 0,
    default: 'memory',
    note: '`MemorySession` keeps the conversation in the memory of this process',
    remedy:
      'Use `OpenAIConversationsSession`, or a class of your own with `getItems` and `addItems` over the database.',
    source: '@openai/agents-core@0.20.0 dist/memory/memorySession.d.ts:10 "intended for demos or tests"',
  }),
  conversation({
    api: '{@mastra/core/storage,@mastra/core}:{InMemoryStore,MockStore}',
    options: 0,
    default: 'memory',
    note: '`InMemoryStore` keeps threads and runs in the memory of this process',
    remedy: 'Use a store over a database, `new PostgresStore({ connectionString })` of `@mastra/pg`.',
    source: '@mastra/core@0.24.9 dist/storage/mock.d.ts:10',
  }),
  conversation({
    api: '{botbuilder,botbuilder-core}:MemoryStorage',
    options: -1,
    default: 'memory',
    note: '`MemoryStorage` keeps the state of conversations and users in the memory of this process',
    remedy: 'Use `CosmosDbPartitionedStorage` of `botbuilder-azure` or `BlobsStorage` of `botbuilder-azure-blobs`.',
    source: 'botbuilder-core@4.23.3 lib/memoryStorage.d.ts:29',
  }),
  conversation({
    api: 'matrix-bot-sdk:MemoryStorageProvider',
    options: -1,
    default: 'memory',
    note: '`MemoryStorageProvider` keeps what the bot knows of rooms, and how far it has read, in the memory of this process',
    remedy:
      'Use a storage provider of your own over the database: `setSyncToken`, `getSyncToken`, `storeValue`, `readValue`.',
    source: 'matrix-bot-sdk@0.7.1 lib/storage/MemoryStorageProvider.d.ts:8',
  }),
  conversation({
    api: '@grammyjs/conversations:conversations',
    versions: '>=2',
    options: 0,
    stores: ['storage', 'storage.adapter'],
    default: 'memory',
    note: '`conversations` keeps where each of them is in the memory of this process unless a `storage` is given',
    remedy: 'Give it a `storage` from one of the `@grammyjs/storage-…` packages.',
    source: '@grammyjs/conversations@2.1.1 out/plugin.d.ts:61 "Defaults to an in-memory implementation of the storage"',
  }),
];

export const agentStores: readonly StoreKnowledge[] = [
  {
    api: `${HISTORIES}()`,
    keeps: 'memory',
    source: '@langchain/classic@1.0.50 dist/memory/chat_memory.js:19',
  },
];
