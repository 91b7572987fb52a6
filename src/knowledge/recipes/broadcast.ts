import { IOREDIS, type Recipe } from './recipe.js';

const IN_REDIS = '{lead}: publish it to the Redis channel `{name}` with the `{redis}` client this project has, and let';
const THERE = 'on every instance, where `receive` {act}';

/** Telling all instances something. `{lead}` begins the sentence, `{name}` names the channel, `{act}` is what is done where it arrives. */
export const broadcastRecipes: readonly Recipe[] = [
  {
    needs: { redis: IOREDIS },
    text: `${IN_REDIS} \`const sub = redis.duplicate(); await sub.subscribe('{name}'); sub.on('message', (channel, text) => receive(JSON.parse(text)));\` listen ${THERE}.`,
    source: 'ioredis@6.0.0 README.md "Pub/Sub"; iovalkey@0.4.0 README.md',
  },
  {
    needs: { redis: ['redis'], version: ['redis', '<4'] },
    text: `${IN_REDIS} \`const sub = client.duplicate(); sub.subscribe('{name}'); sub.on('message', (channel, text) => receive(JSON.parse(text)));\` listen ${THERE}.`,
    source: 'redis@3.1.2 README.md "Publish / Subscribe"',
  },
  {
    needs: { redis: ['redis'] },
    text: `${IN_REDIS} \`const sub = client.duplicate(); await sub.connect(); await sub.subscribe('{name}', (text) => receive(JSON.parse(text)));\` listen ${THERE}.`,
    source: 'redis@4.7.1 README.md "Pub/Sub"; redis@6.3.1',
  },
  {
    needs: { database: 'postgres', package: 'postgres' },
    text: `{lead}: send it with \`sql.notify\` of the \`postgres\` client this project has, and let \`await sql.listen('{name}', (text) => receive(JSON.parse(text)));\` listen ${THERE}.`,
    source: 'postgres@3.4.9 README.md "Listen & notify"',
  },
  {
    needs: { database: 'postgres' },
    text: `{lead}: send it with \`SELECT pg_notify('{name}', $1)\` in the PostgreSQL this project has, and let, on a \`pg\` connection of its own, \`await client.query('LISTEN "{name}"'); client.on('notification', ({ payload = '' }) => receive(JSON.parse(payload)));\` listen ${THERE}.`,
    source:
      'PostgreSQL manual, NOTIFY (a name without quotes is folded to lower case); pg@8.23.0 lib/client.js notification',
  },
  {
    needs: { database: 'mongodb' },
    text: `{lead}: write it to a collection of the MongoDB this project has, and let \`collection.watch().on('change', (change) => receive(change));\` follow it ${THERE} (a replica set is needed).`,
    source: 'mongodb@7.8.0 mongodb.d.ts, ChangeStream',
  },
  {
    text: `{lead}: with a Redis (\`ioredis\`), publish it to the channel \`{name}\`, and let \`const sub = redis.duplicate(); await sub.subscribe('{name}'); sub.on('message', (channel, text) => receive(JSON.parse(text)));\` listen ${THERE}.`,
    source: 'ioredis@6.0.0 README.md "Pub/Sub"',
  },
];
