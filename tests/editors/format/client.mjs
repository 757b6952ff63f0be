// As much of a language client as formatting needs.

import { spawn } from 'node:child_process';

/** No answer takes this long. */
const GUARD = 120_000;

export class Client {
  #child;
  #next = 1;
  #waiting = new Map();
  #received = Buffer.alloc(0);
  #version = 0;

  /** Starts the server; positions count in `encoding`. */
  static async start(program, encoding) {
    const client = new Client();
    client.encoding = encoding;
    client.#child = spawn(program, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
    client.#child.once('error', (error) => client.#fail(`${program} does not start: ${error.message}`));
    client.#child.once('exit', (code) => client.#fail(`${program} ended with ${code}`));
    client.#child.stdout.on('data', (data) => client.#receive(data));
    const answer = await client.request('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: { general: { positionEncodings: [encoding] } },
    });
    client.capabilities = answer.capabilities;
    client.notify('initialized', {});
    return client;
  }

  /** Ends the server; gives its exit code, or null when it had to be killed. */
  async stop() {
    await this.request('shutdown');
    this.#child.removeAllListeners('exit');
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    const guard = setTimeout(() => this.#child.kill('SIGKILL'), GUARD);
    this.notify('exit');
    const code = await ended;
    clearTimeout(guard);
    return code;
  }

  notify(method, params) {
    this.#send({ jsonrpc: '2.0', method, params });
  }

  request(method, params) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const guard = setTimeout(() => reject(new Error(`${method} was not answered`)), GUARD);
      this.#waiting.set(id, { resolve, reject, guard });
      this.#send({ jsonrpc: '2.0', id, method, params });
    });
  }

  /** Opens the text, asks, and closes it again. `range` is a pair of offsets into the text. */
  async format(text, options, range) {
    const uri = `file:///format/${++this.#version}.sforg.json`;
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'salesforce-org', version: 1, text } });
    const lines = lineStarts(text);
    const params = { textDocument: { uri }, options };
    if (range) params.range = { start: this.#position(text, lines, range[0]), end: this.#position(text, lines, range[1]) };
    const edits = await this.request(range ? 'textDocument/rangeFormatting' : 'textDocument/formatting', params);
    this.notify('textDocument/didClose', { textDocument: { uri } });
    return this.#apply(text, lines, edits);
  }

  #apply(text, lines, edits) {
    let result = '';
    let done = 0;
    for (const { range, newText } of edits) {
      const [start, end] = [this.#offset(text, lines, range.start), this.#offset(text, lines, range.end)];
      if (start < done || end < start) throw new Error(`edits overlap: ${JSON.stringify(edits)}`);
      result += text.slice(done, start) + newText;
      done = end;
    }
    return result + text.slice(done);
  }

  #position(text, lines, offset) {
    const line = lines.findLastIndex((start) => start <= offset);
    return { line, character: this.#units(text.slice(lines[line], offset)) };
  }

  #offset(text, lines, { line, character }) {
    if (line >= lines.length) throw new Error(`there is no line ${line}`);
    let offset = lines[line];
    for (let units = 0; units < character; ) {
      const symbol = String.fromCodePoint(text.codePointAt(offset) ?? 0);
      units += this.#units(symbol);
      offset += symbol.length;
      if (offset > text.length) throw new Error(`line ${line} has no character ${character}`);
    }
    return offset;
  }

  #units(text) {
    return this.encoding === 'utf-8' ? Buffer.byteLength(text) : text.length;
  }

  #send(message) {
    const body = Buffer.from(JSON.stringify(message));
    this.#child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#child.stdin.write(body);
  }

  #receive(data) {
    this.#received = Buffer.concat([this.#received, data]);
    for (;;) {
      const header = this.#received.indexOf('\r\n\r\n');
      if (header < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#received.subarray(0, header).toString())[1]);
      const end = header + 4 + length;
      if (this.#received.length < end) return;
      this.#take(JSON.parse(this.#received.subarray(header + 4, end).toString()));
      this.#received = this.#received.subarray(end);
    }
  }

  #take(message) {
    const waiting = this.#waiting.get(message.id);
    if (message.method !== undefined || waiting === undefined) return;
    this.#waiting.delete(message.id);
    clearTimeout(waiting.guard);
    if (message.error) waiting.reject(new Error(JSON.stringify(message.error)));
    else waiting.resolve(message.result);
  }

  #fail(reason) {
    for (const { reject, guard } of this.#waiting.values()) {
      clearTimeout(guard);
      reject(new Error(reason));
    }
    this.#waiting.clear();
  }
}

/** Where the lines begin, as LSP counts them. */
export function lineStarts(text) {
  return [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((found) => found.index + found[0].length)];
}
