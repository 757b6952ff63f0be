// Prepares what a story needs: the simulator, a copy of the example project that speaks to it, a window. Clears up behind it.

import path from 'node:path';
import { check } from './checks.mjs';
import { address, emptyFolder, vscodeLogs } from './rig.mjs';
import { copyProject, findSandbox, startSimulator } from './simulator.mjs';
import { openWindow } from './window.mjs';

/** Plays `story` on a copy of `project` below `target/rig/NAME`. */
export async function play({ name, vsix, simulatorProgram, project, trust = false, window = {} }, story) {
  const folder = emptyFolder(name);
  const copy = path.join(folder, path.basename(project));
  const simulator = await startSimulator(simulatorProgram);
  copyProject(project, copy, simulator.instanceUrl);
  const sandbox = findSandbox(copy, simulator);
  const { vscode, page, workbench, play: inTheWindow } = await openWindow({
    folder,
    vsix,
    trust,
    traced: true,
    browser: window,
    settings: { 'sforg.allowedLoginHosts': [simulator.instanceUrl] },
    env: { SFORG_UPGRADE_PROMPT: 'off' },
  });
  await inTheWindow(async () => {
    await workbench.open(address(vscode, copy));
    await story({ workbench, page, project: copy, sandbox, simulator });
    const logs = vscodeLogs(vscode);
    check(logs === '' || logs.includes("Sending notification 'textDocument/didOpen'"), 'the log names every message');
    check(!logs.includes(sandbox.account.clientSecret), 'no log has the secret');
    check(!logs.includes('Actual command not found'), 'every command that was chosen was run');
  });
  simulator.stop();
}
