import type { Registration } from '../types.js';

/** Bots and agents. */
export const botRegistrations: readonly Registration[] = [
  {
    api: 'telegraf:Telegraf().{on,command,hears,action,use,start,help,settings,inlineQuery,catch}',
    phase: 'consumer',
    label: 'bot {name} {0}',
    source: 'telegraf@4.16.3 typings/composer.d.ts:98',
  },
  {
    api: 'grammy:Bot().{on,command,hears,use,callbackQuery,inlineQuery,filter,reaction,catch}',
    phase: 'consumer',
    label: 'bot {name} {0}',
    source: 'grammy@1.46.0 out/bot.d.ts:293',
  },
  {
    api: 'node-telegram-bot-api:().{on,onText,onReplyToMessage}',
    phase: 'consumer',
    label: 'bot {name} {0}',
    source: 'unchecked: node-telegram-bot-api doc/api.md',
  },
  {
    api: '{discord.js,eris}:Client().{on,once}',
    phase: 'consumer',
    args: [1],
    label: 'bot event {0}',
    source: 'eris@0.18.0 index.d.ts:2285',
  },
  {
    api: '@slack/bolt:App().{message,command,event,action,view,shortcut,options,use,function}',
    phase: 'request',
    label: 'Slack {name} {0}',
    source: '@slack/bolt@5.1.0 dist/App.d.ts:142',
  },
  {
    api: '@modelcontextprotocol/sdk/server/{mcp,index}{.js,}:{McpServer,Server}().{tool,registerTool,resource,registerResource,prompt,registerPrompt,setRequestHandler}',
    phase: 'request',
    label: 'MCP {name} {0}',
    source: '@modelcontextprotocol/sdk@1.32.2 dist/cjs/client/index.d.ts:153',
  },
  {
    api: 'botbuilder:{ActivityHandler,TeamsActivityHandler}().{onMessage,onMembersAdded,onMembersRemoved,onConversationUpdate,onEvent,onTurn,onDialog,onMessageReaction,onTokenResponseEvent,onUnrecognizedActivityType}',
    phase: 'consumer',
    label: 'bot {name}',
    source: 'unchecked: botbuilder documentation',
  },
  {
    api: 'whatsapp-web.js:Client().{on,once}',
    phase: 'consumer',
    args: [1],
    label: 'bot event {0}',
    source: 'whatsapp-web.js@1.34.7 src/Client.js:1155',
  },
  {
    api: '{tmi.js,matrix-js-sdk,oceanic.js}:{,client,Client,createClient}().{on,once}',
    phase: 'consumer',
    args: [1],
    label: 'bot event {0}',
    source: 'oceanic.js@1.15.0 dist/lib/util/TypedEmitter.d.ts:10',
  },
  {
    api: '@slack/events-api:createEventAdapter().on',
    phase: 'request',
    args: [1],
    label: 'Slack {0}',
    source: '@slack/events-api@3.0.1 dist/verify.js:38',
  },
];
