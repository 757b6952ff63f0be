// Counting checks. The last line of every test is `N passed, N failed`, the exit code says the same.

const started = Date.now();
const count = { passed: 0, failed: 0 };

export function say(text) {
  console.log(`[${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s] ${text}`);
}

export function check(ok, what, got) {
  count[ok ? 'passed' : 'failed'] += 1;
  say(`${ok ? 'ok  ' : 'FAIL'} ${what}${ok || got === undefined ? '' : `\n          got: ${typeof got === 'string' ? got : JSON.stringify(got)}`}`);
  return ok;
}

/** Ends the process. Nothing checked is a failure too. */
export function finish() {
  console.log(`${count.passed} passed, ${count.failed} failed`);
  process.exit(count.failed === 0 && count.passed > 0 ? 0 : 1);
}
