import { type ResourceLimits, Worker } from 'node:worker_threads';
import { Decoder } from '../cache/codec.js';
import type { Input } from '../model/input.js';
import type { Encoded, Reading } from '../model/memory.js';
import type { Stopwatch } from '../model/timings.js';

/** What a worker made of the files that it was sent last. */
export interface Batch {
  /** A reading after the other, each of its length. */
  readonly bytes: Uint8Array;
  readonly lengths: readonly number[];
  /** What came to the worker's dictionary since the batch before. */
  readonly strings: readonly string[];
  readonly shapes: readonly (readonly string[])[];
  readonly took: Readonly<Record<string, number>>;
}

export interface ParallelOptions {
  /** How many threads read, this one among them. */
  readonly threads: number;
  readonly watch: Stopwatch;
  /** What reads a file in this thread; asked when the others have begun. */
  readonly here: () => Promise<(input: Input) => Reading>;
  /** Called as readings come, in any order; `encoded` is what a worker gave. */
  readonly onReading: (input: Input, reading: Reading, encoded?: Encoded) => void;
  /** For tests: what is run in place of our worker, how long it may say nothing, in milliseconds, and what memory it has. */
  readonly worker?: URL;
  readonly patience?: number;
  readonly limits?: ResourceLimits;
}

/** In characters: some hundred milliseconds of work, so that the last one keeps nobody waiting. */
const BATCH = 128 * 1024;
/** A worker has the next batch before it is done with one. */
const AHEAD = 2;
/** Longer than any file of the largest size takes on a slow machine. Whatever a worker did not answer is read here, so that no answer depends on it. */
const PATIENCE = 120_000;
const WORKER = new URL('./worker.js', import.meta.url);

/** Reads files in this thread and in others, from both ends of the list. What others fail to read is read here. */
export async function readParallel(inputs: readonly Input[], options: ParallelOptions): Promise<void> {
  const { threads, here, onReading } = options;
  const batches = batchesOf(inputs);
  const next = () => batches.shift();
  const wanted = Math.min(threads - 1, Math.ceil(batches.length / AHEAD));
  const helpers = Array.from({ length: wanted }).flatMap(() => helperOf(options, next));
  try {
    const read = await here();
    const readHere = async (batch: readonly Input[]) => {
      for (const input of batch) {
        onReading(input, read(input));
        // Here what helpers have sent comes in.
        await new Promise(setImmediate);
      }
    };
    for (let batch = batches.pop(); batch; batch = batches.pop()) await readHere(batch);
    for (const helper of helpers) await readHere(await helper.rest());
  } finally {
    for (const helper of helpers) helper.end();
  }
}

function batchesOf(inputs: readonly Input[]): Input[][] {
  const batches: Input[][] = [];
  let size = BATCH;
  for (const input of inputs) {
    if (size >= BATCH) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push(input);
    size += input.text.length;
  }
  return batches;
}

/** None where no worker may be started, as in a process with `--permission`. */
function helperOf(options: ParallelOptions, next: () => readonly Input[] | undefined): Helper[] {
  try {
    return [new Helper(options, next)];
  } catch {
    return [];
  }
}

/** A worker, and what it was given to read. */
class Helper {
  private readonly worker: Worker;
  private readonly waiting: (readonly Input[])[] = [];
  private readonly dictionary = { strings: [] as string[], shapes: [] as (readonly string[])[] };
  private readonly decoder = new Decoder(this.dictionary);
  private isOver = false;
  private onRest: (() => void) | undefined;

  constructor(
    private readonly options: ParallelOptions,
    private readonly next: () => readonly Input[] | undefined,
  ) {
    const { worker, limits } = options;
    this.worker = new Worker(worker ?? WORKER, limits ? { resourceLimits: limits } : {});
    this.worker.on('message', (batch: Batch) => this.take(batch));
    this.worker.on('error', () => this.stop());
    this.worker.on('messageerror', () => this.stop());
    this.worker.on('exit', () => this.stop());
    for (let at = 0; at < AHEAD; at++) this.give();
  }

  /** What it leaves to others when it is done: nothing, or what it failed to read. */
  async rest(): Promise<readonly Input[]> {
    while (!this.isOver && this.waiting.length > 0) {
      const before = this.waiting.length;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.options.patience ?? PATIENCE);
        this.onRest = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (this.waiting.length === before) this.stop();
    }
    return this.waiting.flat();
  }

  end(): void {
    this.isOver = true;
    void this.worker.terminate();
  }

  private give(): void {
    const batch = this.isOver ? undefined : this.next();
    if (!batch) return;
    this.waiting.push(batch);
    this.worker.postMessage(batch);
  }

  private take({ bytes, lengths, strings, shapes, took }: Batch): void {
    const inputs = this.waiting[0];
    if (this.isOver || !inputs) return;
    const { watch, onReading } = this.options;
    const began = watch.now();
    const readings: [Reading, Encoded][] = [];
    try {
      for (const text of strings) this.dictionary.strings.push(text);
      for (const shape of shapes) this.dictionary.shapes.push(shape);
      let at = 0;
      for (const length of lengths) {
        const own = bytes.subarray(at, at + length);
        readings.push([this.decoder.decode(own) as Reading, { bytes: own, dictionary: this.dictionary }]);
        at += length;
      }
      if (readings.length !== inputs.length) throw new RangeError('not as many as were asked for');
    } catch {
      return this.stop();
    }
    this.waiting.shift();
    this.give();
    watch.took('take over', watch.now() - began);
    for (const [stage, milliseconds] of Object.entries(took)) watch.took(stage, milliseconds);
    inputs.forEach((input, at) => onReading(input, ...(readings[at] as [Reading, Encoded])));
    this.onRest?.();
  }

  private stop(): void {
    this.end();
    this.onRest?.();
  }
}
