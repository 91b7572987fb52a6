import type { Call, Program } from '../../src/api/index.js';

/** How to log to the standard output with the logger that is there. */
export function hint(program: Program, call: Call, what: string): string {
  const stack = program.stack(call.unit);
  const apis = program.apis(call);
  const of = (name: string) => apis.some((api) => api.startsWith(name)) || what.includes(name.replace(/:$/, ''));
  const instead = () => {
    if (of('winston')) return 'Log with `new winston.transports.Console()` instead';
    if (of('log4js:')) return "Use the appender `{ type: 'stdout' }` instead";
    if (of('bunyan')) return 'Use the stream `{ stream: process.stdout }` instead';
    if (of('fastify:')) return 'Leave `file` and `stream` out of `logger`: fastify then logs to the standard output';
    if (of('pino') || of('sonic-boom') || of('nestjs-pino:'))
      return 'Let pino write to the standard output, which it does without a destination';
    if (of('moleculer:')) return "Use `logger: 'Console'` instead";
    if (of('tracer:')) return "Use tracer's `console()` instead";
    if (of('simple-node-logger:')) return 'Use `createSimpleLogger()` without a file, which logs to the console';
    if (of('@adonisjs/')) return 'Use `targets.file({ destination: 1 })`, which is the standard output';
    if (stack.has('morgan') && /Stream|stream|rotat/.test(what))
      return 'Leave the `stream` option of the logger out, so that it writes to the standard output';
    if (stack.has('pino')) return 'Log it with the `pino` logger this project has, to the standard output';
    if (stack.has('winston'))
      return 'Log it with the `winston` logger this project has, through its `Console` transport';
    return 'Write the line to the standard output (`console.log`, or a logger such as `pino`) instead';
  };
  return `${instead()}, and let the platform collect the output of all instances in one place.`;
}
