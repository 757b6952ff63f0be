import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutputChannel } from 'vscode';
import { traceWithoutContent } from '../src/trace';

function traced(write: (channel: OutputChannel) => void): string[] {
  const lines: string[] = [];
  const log = { name: 'log', appendLine: (line: string) => lines.push(line), append: (part: string) => lines.push(part) };
  write(traceWithoutContent(log as unknown as OutputChannel));
  return lines;
}

test('methods and durations are written', () => {
  const lines = [
    "[Trace - 10:15:00 AM] Sending request 'textDocument/hover - (3)'.",
    "[Trace - 10:15:00 AM] Received response 'textDocument/hover - (3)' in 2ms.",
    "[Trace - 10:15:01 AM] Received notification 'textDocument/publishDiagnostics'.",
  ];
  assert.deepEqual(traced((channel) => lines.forEach((line) => channel.appendLine(line))), lines);
});

test('content is not, whichever way it comes', () => {
  const lines = traced((channel) => {
    channel.appendLine('Params: {\n    "text": "fake-password-1"\n}');
    channel.append('[LSP   - 10:15:00 AM] ');
    channel.appendLine('{"text":"fake-password-1"}');
    channel.replace('fake-password-1');
    channel.appendLine("[Trace - 10:15:00 AM] Sending notification 'textDocument/didChange'.\nParams: fake-password-1");
  });
  assert.deepEqual(lines, ["[Trace - 10:15:00 AM] Sending notification 'textDocument/didChange'."]);
});
