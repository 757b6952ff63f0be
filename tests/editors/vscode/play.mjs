// Prepares what a story needs: the simulator, a copy of the example project that speaks to it, VS Code, a browser. Clears up behind it.

import path from 'node:path';
import { check, say } from './checks.mjs';
import { address, emptyFolder, openBrowser, startVSCode, vscodeLogs } from './rig.mjs';
import { copyProject, findSandbox, startSimulator } from './simulator.mjs';
import { Workbench } from './workbench.mjs';

/**
 * Plays `story` on a copy of `project` below `target/rig/NAME`.
 * An error counts as one failed check, with a screenshot.
 */
export async function play({ name, vsix, simulatorProgram, project, trust = false, window = {} }, story) {
  const folder = emptyFolder(name);
  const copy = path.join(folder, path.basename(project));
  const simulator = await startSimulator(simulatorProgram);
  copyProject(project, copy, simulator.instanceUrl);
  const sandbox = findSandbox(copy, simulator);
  const vscode = await startVSCode({
    folder,
    vsix,
    trust,
    settings: { 'sforg.allowedLoginHosts': [simulator.instanceUrl], 'sforg.trace.server': 'messages' },
    env: { SFORG_TODAY: '2026-11-24', SFORG_UPGRADE_PROMPT: 'off' }, // what is retiring depends on the day
  });
  const browser = await openBrowser(vscode, window);
  const workbench = new Workbench(vscode, browser.page, path.join(folder, 'shots'));
  try {
    await workbench.open(address(vscode, copy));
    await story({ workbench, page: browser.page, project: copy, sandbox, simulator });
    check(!vscodeLogs(vscode).includes(sandbox.account.clientSecret), 'no log has the secret');
    check(!vscodeLogs(vscode).includes('Actual command not found'), 'every command that was chosen was run');
    check(browser.refused.size === 0, 'the window asked no other machine for anything', [...browser.refused]);
  } catch (error) {
    check(false, error.message);
    say(`     screenshot: ${await workbench.screenshot('0-failure').catch(() => 'none')}`);
  } finally {
    await browser.context.close().catch(() => undefined);
    vscode.stop();
    simulator.stop();
  }
}
