import { describe, expect, it } from 'vitest';
import { probed, programOf, type Sources } from '../../../test/in-memory.js';
describe('classes made by functions', () => {
  it.each<[string, string[]]>([
    ['function A() { this.b = 1; } probe(new A().b);', ['1']],
    ['function A() {} A.prototype.b = function () { return 1; }; probe(new A().b());', ['1']],
    [
      'function A() { this.c = 1; } A.prototype = { b: function () { return this.c; }, d() { probe(this.c); } };',
      ['1'],
    ],
    ['function A() { this.c = 1; } Object.assign(A.prototype, { b() { probe(this.c); } });', ['1']],
    ['function A() {} const proto = A.prototype; proto.b = function () { return 1; }; probe(new A().b());', ['1']],
    [
      'function A() { this.c = 1; } A.prototype.b = function () { const self = this; return () => { probe(self.c); }; };',
      ['1'],
    ],
    [
      'function A() { B.call(this, 2); } function B(x) { this.x = x; } A.prototype = Object.create(B.prototype); B.prototype.y = function () { return this.x; }; probe(new A().y());',
      ['2'],
    ],
    [
      "const util = require('util'); const { EventEmitter } = require('events'); function A() {} util.inherits(A, EventEmitter); A.prototype.go = function () { probe(this.emit); };",
      ['events:EventEmitter().emit'],
    ],
    [
      'function A() { if (!(this instanceof A)) return new A(); this.b = 1; } probe(A().b);',
      ['1 if !this instanceof A'],
    ],
    ['var A = function () { this.b = 1; }; probe(new A().b);', ['1']],
    ['exports.A = function () { this.b = 1; }; exports.A.prototype.c = function () { probe(this.b); };', ['1']],
    ['const A = (exports.A = function () { this.b = 1; }); A.prototype.c = function () { probe(this.b); };', ['1']],
    [
      'function A() {} A.make = function () { return new A(); }; A.prototype.b = function () { return 1; }; probe(A.make().b());',
      ['1'],
    ],
    ['class A { b = 1; } A.prototype.c = function () { probe(this.b); };', ['1']],
    ['function A() { this.b = function () { return this.c; }; this.c = 1; } probe(new A().b());', ['1']],
    [
      'function A() {} A.prototype.b = 1; Object.defineProperty(A.prototype, "c", { get() { return 1; } }); probe(new A().b);',
      ['1'],
    ],
    ['function handler(req) { this.b = 1; probe(this.b); }', ['unknown']],
  ])('`%s`', async (text, expected) => {
    expect(probed(await programOf(text))).toEqual(expected);
  });
  it.each<[string, Sources, string[]]>([
    [
      'an exported instance',
      {
        'server.js': "const d = require('./d'); probe(d.get());",
        'd.js':
          'function Drafts() { this.items = 1; } Drafts.prototype.get = function () { return this.items; }; module.exports = new Drafts();',
      },
      ['1'],
    ],
    [
      'inherits across files',
      {
        'server.js':
          "const A = require('./a'); const util = require('util'); function B() { A.call(this); } util.inherits(B, A); B.prototype.x = function () { probe(this.a); };",
        'a.js': 'module.exports = A; function A() { this.a = 1; }',
      },
      ['1'],
    ],
  ])('%s', async (_, sources, expected) => {
    expect(probed(await programOf(sources))).toEqual(expected);
  });
});
