import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogOutputChannel } from 'vscode';
import { traceWithoutContent } from '../src/trace';

function traced(write: (channel: LogOutputChannel) => void): string[] {
  const lines: string[] = [];
  const take = (line: string) => lines.push(line);
  const log = { name: 'log', trace: take, debug: take, info: take, warn: take, error: take, append: take, appendLine: take, replace: take };
  write(traceWithoutContent(log as unknown as LogOutputChannel));
  return lines;
}

test('methods and durations are written', () => {
  const lines = [
    "Sending request 'textDocument/hover - (3)'.",
    "Received response 'textDocument/hover - (3)' in 2ms.",
    "Sending response 'workspace/configuration - (1)'. Processing request took 1ms.",
    "Received notification 'textDocument/publishDiagnostics'.",
  ];
  assert.deepEqual(traced((channel) => lines.forEach((line) => channel.trace(line))), lines);
});

test('content is not, whichever way it comes', () => {
  const lines = traced((channel) => {
    for (const write of ['trace', 'debug', 'info', 'warn', 'error', 'append', 'appendLine', 'replace'] as const) {
      channel[write]('Params: {\n    "text": "fake-password-1"\n}');
      channel[write]('{"text":"fake-password-1"}');
    }
    channel.trace("Sending notification 'textDocument/didChange'.\nParams: fake-password-1");
    channel.trace("Received response 'textDocument/hover - (3)' in 2ms. Request failed: no number: \"fake-password-1\" (-32602).");
  });
  assert.deepEqual(lines, ["Sending notification 'textDocument/didChange'.", "Received response 'textDocument/hover - (3)' in 2ms."]);
});
