/**
 * Names that every process finds on `globalThis` (https://nodejs.org/api/globals.html and ECMAScript). A project that assigns to
 * one of these replaces what is there; any other name is its own.
 */
export const platformNames: ReadonlySet<string> = new Set(
  (
    'Array ArrayBuffer AbortController AbortSignal Atomics BigInt Blob Boolean BroadcastChannel Buffer Bun CustomEvent DataView Date Deno Error ' +
    'Event EventSource EventTarget File FormData Function Headers Infinity Intl Iterator JSON Map Math MessageChannel MessagePort NaN Navigator Number ' +
    'Object Promise Proxy RangeError ReadableStream Reflect RegExp Request Response Set SharedArrayBuffer Storage String Symbol SyntaxError ' +
    'TextDecoder TextEncoder TransformStream TypeError URL URLSearchParams WeakMap WeakRef WeakSet WebAssembly WebSocket Worker WritableStream ' +
    'XMLHttpRequest __dirname __filename arguments atob btoa clearImmediate clearInterval clearTimeout console crypto decodeURI decodeURIComponent ' +
    'document encodeURI encodeURIComponent escape eval exports fetch gc import isFinite isNaN localStorage location module navigator parseFloat parseInt ' +
    'performance process queueMicrotask require self sessionStorage setImmediate setInterval setTimeout structuredClone undefined unescape window'
  ).split(' '),
);
