import type { Registration } from '../types.js';

/** Bots and agents. */
export const botRegistrations: readonly Registration[] = [
  {
    api: 'telegraf:Telegraf().{on,command,hears,action,use,start,help,settings,inlineQuery,catch}',
    phase: 'consumer',
    label: 'bot {name} {0}',
    source: 'unchecked: Telegraf documentation',
  },
  {
    api: 'grammy:Bot().{on,command,hears,use,callbackQuery,inlineQuery,filter,reaction,catch}',
    phase: 'consumer',
    label: 'bot {name} {0}',
    source: 'unchecked: grammY documentation',
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
    source: 'unchecked: discord.js documentation',
  },
  {
    api: '@slack/bolt:App().{message,command,event,action,view,shortcut,options,use,function}',
    phase: 'request',
    label: 'Slack {name} {0}',
    source: 'unchecked: Bolt documentation',
  },
  {
    api: '@modelcontextprotocol/sdk/server/{mcp,index}{.js,}:{McpServer,Server}().{tool,registerTool,resource,registerResource,prompt,registerPrompt,setRequestHandler}',
    phase: 'request',
    label: 'MCP {name} {0}',
    source: 'unchecked: @modelcontextprotocol/sdk README.md',
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
    source: 'unchecked: whatsapp-web.js documentation',
  },
  {
    api: '{tmi.js,matrix-js-sdk,oceanic.js}:{,client,Client,createClient}().{on,once}',
    phase: 'consumer',
    args: [1],
    label: 'bot event {0}',
    source: 'unchecked: README of the package',
  },
  {
    api: '@slack/events-api:createEventAdapter().on',
    phase: 'request',
    args: [1],
    label: 'Slack {0}',
    source: 'unchecked: @slack/events-api README.md',
  },
];
