/*
 * Servers whose clients stay connected to one instance, and what looks at the clients of one instance only. What joins the
 * instances stands among the stores: keepers/sockets.ts.
 */
export { brokerCalls, localViews } from './sockets/local-views.js';
export { socketServers } from './sockets/servers.js';
