// A window of VS Code for a test: VS Code with a folder of its own, a browser, and what a test looks at them with.

import path from 'node:path';
import { check, say } from './checks.mjs';
import { openBrowser, startVSCode } from './rig.mjs';
import { Workbench } from './workbench.mjs';

/**
 * Opens one on 24 November 2026: what is retiring depends on the day. `browser` is the size of the browser, `traced` sets the
 * extension's log to its lowest level, everything else goes to VS Code (startVSCode). `play` plays a story in it, in which an
 * error is one failed check with a picture, and closes it.
 */
export async function openWindow({ env = {}, browser: size = {}, traced = false, ...options }) {
  const vscode = { ...(await startVSCode({ ...options, env: { SFORG_TODAY: '2026-11-24', ...env } })), traced };
  const browser = await openBrowser(vscode, size);
  const { page } = browser;
  const workbench = new Workbench(vscode, page, path.join(options.folder, 'shots'));
  const shot = async (name) => say(`     screenshot: ${path.relative(process.cwd(), await workbench.screenshot(name))}`);
  async function play(story) {
    try {
      await story();
      check(browser.refused.size === 0, 'the window asked no other machine for anything', [...browser.refused]);
    } catch (error) {
      check(false, error.message);
      await shot('0-failure').catch(() => undefined);
    } finally {
      await browser.context.close().catch(() => undefined);
      vscode.stop();
    }
  }
  return { vscode, page, workbench, shot, play };
}
