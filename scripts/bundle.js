// Makes one file of all that a short answer takes, in place of dist/src/cli/quick.js: `node scripts/bundle.js DIST`.
// Loading a hundred small files takes longer than what they do. Everything else stays as it is compiled, and the whole command loads
// nothing of this, so that plugins meet one copy of the interface.
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';

const dist = path.resolve(process.argv[2] ?? 'dist');
const folder = path.join(dist, 'src', 'cli');
const scratch = path.join(dist, '.quick');
/** What most runs print; other formats are loaded as they are. */
const TOGETHER = /\/(?:pretty|json)\.js$/;

/**
 * Modules that are not loaded as they are: importing `process` makes its streams, wanted or not, and starting programs, which
 * nothing here does, takes half of the network along. Which colours a terminal knows is always said.
 */
const INSTEAD = new Map([
  ['node:process', 'export default globalThis.process;'],
  ['node:child_process', 'export default {};'],
  ['#supports-color', 'export default { stdout: false, stderr: false };'],
]);

const bundle = await rolldown({
  input: path.join(folder, 'quick.js'),
  platform: 'node',
  plugins: [
    {
      name: 'later',
      resolveId(source, importer, { kind }) {
        if (INSTEAD.has(source)) return `\0${source}`;
        if (kind !== 'dynamic-import' || TOGETHER.test(source) || !importer) return null;
        // Seen from where the result will stand.
        const file = path
          .relative(folder, path.resolve(path.dirname(importer), source))
          .split(path.sep)
          .join('/');
        return { id: file.startsWith('.') ? file : `./${file}`, external: true };
      },
      load: (id) => INSTEAD.get(id.slice(1)) ?? null,
    },
  ],
});
const { output } = await bundle.write({
  dir: scratch,
  format: 'esm',
  codeSplitting: false,
  comments: false,
  minify: true,
});
await bundle.close();

const packages = new Set(
  output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : [])).flatMap((id) => packageOf(id) ?? []),
);
renameSync(path.join(scratch, 'quick.js'), path.join(folder, 'quick.js'));
writeFileSync(path.join(folder, 'quick.licenses.txt'), [...packages].sort().map(license).join('\n\n'));
rmSync(scratch, { recursive: true });

/** The folder of the package that a module is of; none for our own. */
function packageOf(/** @type {string} */ id) {
  const [, found] = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id) ?? [];
  return found;
}

/** The notice that a package wants to be kept with every copy of it. */
function license(/** @type {string} */ of) {
  const file = readdirSync(of).find((name) => /^licen[cs]e(?:\.\w+)?$/i.test(name));
  if (!file || !existsSync(path.join(of, file))) throw new Error(`${of} has no licence`);
  return `${path.basename(of)}\n\n${readFileSync(path.join(of, file), 'utf8').trim()}`;
}
