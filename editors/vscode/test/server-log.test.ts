import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { test } from 'node:test';
import { logServerErrors } from '../src/server-log';

test('an entry of the server has its level in the log, everything else is an error', async () => {
  const lines: string[] = [];
  const at = (level: string) => (text: string | Error) => void lines.push(`${level}: ${String(text)}`);
  const said = Readable.from([
    '2026-11-24T10:00:00.000000Z  INFO sforg_logins: Acme: log',
    'ged in\n2026-11-24T10:00:01Z DEBUG sforg: looked\r\n2026-11-24T10:00:02Z  WARN sforg: odd\n',
    "thread 'main' panicked\n2026-11-24T10:00:02Z ERROR sforg: bad",
  ]);
  logServerErrors(said, { trace: at('trace'), debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') });
  await finished(said);
  await new Promise(setImmediate);
  assert.deepEqual(lines, ['info: sforg_logins: Acme: logged in', 'debug: sforg: looked', 'warn: sforg: odd', "error: thread 'main' panicked", 'error: sforg: bad']);
});
