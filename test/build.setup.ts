import { build } from '../scripts/build.js';

/** Tests of the built tool must not test yesterday's build; type errors are left to `npm run check`. */
export default function setup(): void {
  const { ok, output } = build({ ifStale: true, typeCheck: false });
  if (!ok) throw new Error(`dist/ could not be built.\n${output}`);
}
