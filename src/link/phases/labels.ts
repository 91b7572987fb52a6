import type { ApiTable } from '../../knowledge/api-table.js';
import type { Call } from '../../model/program.js';
import type { Tables } from '../tables.js';
import type { Values } from '../values/values.js';
import { Routes } from './routes.js';
import type { RouteRow } from './rows.js';

/** What is said of a registration: `POST /orders/:id`, `cron`, `event ready`. */
export class Labels {
  private readonly routes: Routes;

  constructor(
    private readonly tables: Tables,
    private readonly values: Values,
    private readonly decorated: Pick<ApiTable<unknown>, 'first'>,
  ) {
    this.routes = new Routes(tables, values);
  }

  /** A pattern of the tables with its words put in: `{name} {0}` gives `POST /orders`. */
  of(pattern: string, call: Call, api: string): string {
    // `router[method](path, handler)` in a helper is every route of the application.
    if (this.isRoute(pattern) && call.fact.callee.k === 'index' && this.values.calleeApis(call).length > 1)
      return 'a route';
    const name = /(?<![\w$])([\w$]+?)(?:Async)?(?:\(\))?$/.exec(api)?.[1] ?? '';
    const isRoute = /^\{name\} /.test(pattern) && /^(?:get|post|put|patch|delete|del|head|options|all)$/i.test(name);
    const word = (index: number) => {
      const own = this.literal(call, index);
      return isRoute && index === 0 ? this.routes.path(call, own) : (own ?? '');
    };
    const words = pattern.replace(/\{(\d)\}/g, (_, index: string) => word(Number(index))).trim();
    return words.replace('{path}', this.path(call)).replace('{name}', isRoute ? name.toUpperCase() : name);
  }

  /** The words begin with the method by which a client asks. */
  isRoute(pattern: string): boolean {
    return /^\{name\} /.test(pattern);
  }

  ofRow({ method, path }: RouteRow, call: Call): string {
    return `${method.toUpperCase()} ${this.routes.path(call, path)}`;
  }

  /** What a method's decorator is given behind what its class's is: `@Controller('users')`, `@Get(':id')`. */
  private path({ unit, fact }: Call): string {
    const cls = fact.decorates?.fn === undefined ? undefined : unit.facts.functions[fact.decorates.fn]?.cls;
    const decorators = cls === undefined ? [] : (unit.facts.classes[cls]?.decorators ?? []);
    // What else a class is decorated with may be given a text as well: `@ApiTags('Users')`.
    const routed = decorators.flatMap((id) => {
      const decorator = this.tables.call(unit, id);
      return this.values.calleeApis(decorator).some((api) => this.decorated.first(api)) ? [decorator.fact] : [];
    });
    const parts = [...routed, fact].map((decorator) => {
      const [arg] = decorator.args;
      const path = arg?.k === 'object' ? arg.props.find(({ name }) => name === 'path')?.value : arg;
      const value = path && this.values.of(unit, path)[0]?.value;
      return value?.kind === 'literal' && typeof value.value === 'string' ? value.value.split('/') : [];
    });
    return `/${parts.flat().filter(Boolean).join('/')}`;
  }

  /** The text that an argument is, as far as that is one. */
  literal(call: Call, index: number): string | undefined {
    const arg = call.fact.args[index];
    if (!arg) return undefined;
    for (const { value } of this.values.of(call.unit, arg)) if (value.kind === 'literal') return String(value.value);
    return undefined;
  }
}
