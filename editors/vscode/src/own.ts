// What the server says to this client besides LSP. Its texts come cleaned (`incoming.ts`) like all others.

import * as vscode from 'vscode';
import type { ClientCapabilities, FeatureState, LanguageClient, StaticFeature } from 'vscode-languageclient/node';
import { SHOW_FAILED } from './ids';
import { ResultPages } from './result-page';
import { showMarkdown } from './server-messages';
import { chooseOrgs, enterSecret, status, type OrgChoice, type SecretPrompt } from './window';

/** The names that the server looks for in `experimental.sforg`. */
const TAKES = ['showStatus', 'show', 'chooseOrgs', 'enterSecret', 'orgsChanged', 'messageButtons', 'runningLens', 'choiceSnippets'] as const;

/** Says in `initialize` what this client takes. */
export class OwnFeatures implements StaticFeature {
  fillClientCapabilities(capabilities: ClientCapabilities): void {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), sforg: TAKES };
  }

  initialize(): void {
    // It needs nothing of the server.
  }

  getState(): FeatureState {
    return { kind: 'static' };
  }

  clear(): void {
    // It keeps nothing.
  }
}

interface Show {
  readonly page: 'result' | 'results' | 'allowedHosts' | 'trust' | 'rule' | 'loginHistory' | 'save';
  readonly uri?: string;
  readonly rule?: string;
  readonly text?: string;
}

/** What comes with the news that the list of orgs has changed. */
export interface OrgsChanged {
  /** How far *Test All Logins* is, while it runs. */
  readonly testing?: string;
}

/** Takes what the server says, for as long as this client lives. */
export function takeOwnMessages(client: LanguageClient, pages: ResultPages, orgsChanged: (what: OrgsChanged) => void): void {
  client.onNotification('sforg/showStatus', ({ text }: { text: string }) => status(text));
  client.onNotification('sforg/orgsChanged', (what: OrgsChanged) => {
    pages.refresh(client);
    orgsChanged(what);
  });
  client.onNotification('sforg/show', (what: Show) => void show(client, pages, what));
  client.onRequest('sforg/chooseOrgs', (choice: OrgChoice) => chooseOrgs(choice));
  client.onRequest('sforg/enterSecret', (prompt: SecretPrompt) => enterSecret(prompt));
}

async function show(client: LanguageClient, pages: ResultPages, { page, uri, rule, text }: Show): Promise<void> {
  switch (page) {
    case 'result':
      if (uri !== undefined) {
        await pages.open(client, uri);
      }
      break;
    case 'results':
      await vscode.commands.executeCommand(SHOW_FAILED);
      break;
    case 'allowedHosts':
      await vscode.commands.executeCommand('workbench.action.openSettings', { query: '@id:sforg.allowedLoginHosts' });
      break;
    case 'trust':
      await vscode.commands.executeCommand('workbench.trust.manage');
      break;
    case 'rule':
      await showMarkdown(vscode.l10n.t('Rule {0}', rule ?? ''), text ?? '');
      break;
    case 'loginHistory':
      await showMarkdown(vscode.l10n.t('Who Uses This Login'), text ?? '');
      break;
    case 'save':
      await vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri)?.save();
      break;
  }
}
