import type { Recipe } from './recipe.js';

const GIVE = 'Give all instances the same secret, and refuse to start without it:';
const SNIPPET = "const secret = process.env.{setting}; if (!secret) throw new Error('{setting} is not set');";

/** Secrets that each instance makes for itself. `{setting}` is a name for the environment variable. */
export const secretRecipes: readonly Recipe[] = [
  {
    needs: { package: '@nestjs/config' },
    text: `${GIVE} \`const secret = config.getOrThrow('{setting}');\` with the \`ConfigService\` this project has.`,
    source: '@nestjs/config@12.0.1 dist/config.service.d.ts, getOrThrow',
  },
  {
    needs: { package: 'convict' },
    text: `${GIVE} \`{setting}: { format: String, default: null, env: '{setting}' }\` in the \`convict\` schema, whose \`validate\` refuses \`null\`.`,
    source: 'unchecked: convict@6 README.md, default',
  },
  { text: `${GIVE} \`${SNIPPET}\`.`, source: 'https://12factor.net/config' },
];
