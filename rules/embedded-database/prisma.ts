import type { Call, Place, Program, RuleContext, Unit } from '../../src/api/index.js';
import { report } from './report.js';

const CLIENT = /(?:^|\.)PrismaClient$/;

/** A Prisma schema on SQLite that a serving process makes a client of; what an adapter opens is looked at where it is made. */
export function checkPrisma(context: RuleContext, serves: (unit: Unit) => boolean): void {
  const { program } = context;
  const { prisma } = program.schema;
  if (!prisma.some(({ sources }) => sources.some(({ provider }) => provider?.text === 'sqlite'))) return;
  const clients = clientsOf(program, serves);
  for (const { file, sources } of prisma)
    for (const { provider, url } of sources) {
      if (provider?.text !== 'sqlite') continue;
      const place = { file, span: provider.span };
      const own = clients.filter(({ unit }) => nearest(program, unit.file) === file);
      const [client] = own.filter(({ unit, call }) => !call || !isGiven(program, unit, call));
      const [first] = own;
      if (!client) {
        if (first) context.safe({ ...place, reason: 'its client is told another database, or an adapter opens it' });
        continue;
      }
      // Which of several schemas is used is decided when the client is generated.
      const rival = prisma.find(
        (one) =>
          one.file !== file && one.sources.some((source) => source.provider && source.provider.text !== 'sqlite'),
      );
      if (rival) {
        context.safe({ ...place, reason: `there is another schema for another database: ${rival.file}` });
        continue;
      }
      const settings = own.map(({ call }) => program.setting(call ? program.conditions(call) : []));
      if (settings.every(({ developmentOnly, never }) => developmentOnly || never)) {
        context.safe({ ...place, reason: 'used only outside production' });
        continue;
      }
      report(context, client.unit, place, program.setting([]), {
        name: 'Prisma on SQLite',
        path: url?.text?.replace(/^file:/, ''),
        inMemory: false,
        isCache: false,
        evidence: [
          { role: 'registered', file: client.unit.file, span: client.span, note: 'the client is made' },
          ...(url?.variable === undefined ? [] : [addressOf(file, url)]),
        ],
      });
    }
}

function addressOf(file: string, { span, variable }: { readonly span: Place['span']; readonly variable?: string }) {
  // With this provider any address names a file.
  return { role: 'condition' as const, file, span, note: `\`${variable}\` says which file, and can say nothing else` };
}

/** A call or a class that makes clients. */
interface Client {
  readonly unit: Unit;
  readonly span: Place['span'];
  readonly call?: Call;
}

/** By the name: what is generated into a folder of the project is mostly not there to be followed. */
function clientsOf(program: Program, serves: (unit: Unit) => boolean): Client[] {
  const clients: Client[] = [];
  for (const unit of program.units.filter(serves)) {
    const made = new Set(
      unit.facts.classes.filter((cls) => cls.extends && CLIENT.test(program.text(unit, cls.extends))),
    );
    // Without a constructor of its own it is told nothing.
    for (const cls of made) if (cls.ctor === undefined) clients.push({ unit, span: cls.nameSpan });
  }
  for (const call of program.calls) {
    const { unit, fact } = call;
    const { callee } = fact;
    if (!fact.new && callee.k !== 'super') continue;
    const isNew = fact.new && CLIENT.test(program.text(unit, callee));
    const base = callee.k === 'super' && callee.cls !== undefined ? unit.facts.classes[callee.cls]?.extends : undefined;
    if ((isNew || (base && CLIENT.test(program.text(unit, base)))) && serves(unit))
      clients.push({ unit, span: fact.span, call });
  }
  return clients;
}

function isGiven(program: Program, unit: Unit, { fact }: Call): boolean {
  const [options] = fact.args;
  return ['adapter', 'datasourceUrl', 'datasources', 'accelerateUrl'].some((name) =>
    options === undefined
      ? false
      : program
          .property(unit, options, [name])
          .some(({ value }) => value.kind !== 'undefined' && value.kind !== 'unknown'),
  );
}

/** The schema that stands nearest to a file: most folders in common, fewest below. */
function nearest(program: Program, file: string): string | undefined {
  const folders = file.split('/').slice(0, -1);
  const shared = (other: string) => {
    const parts = other.split('/').slice(0, -1);
    const at = parts.findIndex((part, index) => part !== folders[index]);
    return at < 0 ? parts.length : at;
  };
  const sources = program.schema.prisma.filter((one) => one.sources.length > 0);
  return [...sources].sort((a, b) => shared(b.file) - shared(a.file) || a.file.length - b.file.length)[0]?.file;
}
