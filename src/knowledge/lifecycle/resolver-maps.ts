/**
 * Objects that hold a GraphQL server's resolvers, type by type. They are collected by file name and merged more often than they
 * are handed over by themselves; the names of GraphQL's own root types tell them.
 */
export const resolverMaps = {
  roots: ['Query', 'Mutation', 'Subscription'],
  packages:
    '{@apollo/server,apollo-server,apollo-server-express,apollo-server-koa,apollo-server-fastify,apollo-server-micro,apollo-server-hapi,graphql-yoga,mercurius,@graphql-tools/schema,graphql-tools,graphql-tag,express-graphql,graphql-http}',
  label: 'a GraphQL resolver',
  source: 'unchecked: https://www.apollographql.com/docs/apollo-server/data/resolvers',
} as const;
