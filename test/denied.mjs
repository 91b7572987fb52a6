// Loaded before the tool in a test: whoever opens a connection, starts a program or evaluates a text is told of.
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import module from 'node:module';
import net from 'node:net';
import tls from 'node:tls';
import vm from 'node:vm';

const denied = (name) => () => {
  process.stderr.write(`DENIED ${name}\n`);
  throw new Error(`${name} is denied`);
};

const doors = {
  net: [net, ['connect', 'createConnection', 'createServer']],
  tls: [tls, ['connect', 'createServer']],
  dgram: [dgram, ['createSocket']],
  dns: [dns, ['lookup', 'resolve', 'resolve4', 'resolve6']],
  'dns.promises': [dns.promises, ['lookup', 'resolve', 'resolve4', 'resolve6']],
  http: [http, ['request', 'get', 'createServer']],
  https: [https, ['request', 'get', 'createServer']],
  child_process: [childProcess, ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']],
  vm: [vm, ['runInContext', 'runInNewContext', 'runInThisContext']],
};
for (const [name, [door, methods]] of Object.entries(doors))
  for (const method of methods) door[method] = denied(`${name}.${method}`);
net.Socket.prototype.connect = denied('a socket');
globalThis.fetch = denied('fetch');
globalThis.WebSocket = denied('WebSocket');
globalThis.eval = denied('eval');
module.syncBuiltinESMExports();
