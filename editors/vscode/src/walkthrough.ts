// What the walkthrough's buttons do.

import * as vscode from 'vscode';
import type { Server } from './client';
import { reportCommandFailure } from './messages';
import type { ServerMessages } from './server-messages';
import { status } from './window';

/** A workflow that fails when an org file has a warning. */
const WORKFLOW = `name: Salesforce orgs
on: [push, pull_request]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: cargo install --locked --git https://github.com/sforg/sforg sforg
      - run: sforg check --deny warning --format github
`;

export function registerWalkthrough(server: Server, messages: ServerMessages, extensionId: string): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('salesforceOrg.getStarted', () => vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#start`, false)),
    vscode.commands.registerCommand('salesforceOrg.showSetupSteps', async () => {
      try {
        const steps = await server.request<{ message: string }>('sforg/setupSteps', {});
        if (steps !== undefined) {
          await messages.showPage(steps.message);
        }
      } catch (error) {
        reportCommandFailure(vscode.l10n.t('Show Steps in Salesforce'), error);
      }
    }),
    vscode.commands.registerCommand('salesforceOrg.copyGitHubWorkflow', async () => {
      await vscode.env.clipboard.writeText(WORKFLOW);
      status(vscode.l10n.t('Workflow copied: paste it into .github/workflows/sforg.yml'));
    }),
  ];
}
