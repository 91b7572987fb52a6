import type { Recipe } from './recipe.js';

/** A client or pool that is made for each request, made once instead. `{made}` is the call as it stands. */
export const connectionRecipes: readonly Recipe[] = [
  {
    needs: { package: '@nestjs/core' },
    text: "Make it a provider: `{ provide: 'DATABASE', useFactory: () => {made} }` is made once for the process; inject it here.",
    source: 'https://docs.nestjs.com/fundamentals/custom-providers#factory-providers-usefactory',
  },
  {
    text: 'Make it once, in a module of its own: `export const client = {made};`, and import it here. A pool opens and reuses connections by itself, and its size can be bounded.',
    source: 'https://node-postgres.com/features/pooling',
  },
];
