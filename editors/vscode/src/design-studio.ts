// The files that Design Studio itself keeps. They stay XML for VS Code and for other extensions: ours adds findings,
// hovers, lenses, completion, symbols and places, and never changes anything there.

import * as vscode from 'vscode';
import type { DocumentSelector, FeatureState, LanguageClient, ServerCapabilities } from 'vscode-languageclient/node';
import { importOrgs } from './import';
import type { Server } from './client';
import { reportCommandFailure } from './messages';

/** As their paths look; the server knows which of them are Design Studio's. */
export const DESIGN_STUDIO_FILES = [
  { language: 'xml', scheme: 'file', pattern: '**/Data/SalesforceConnector/*.xml' },
  { language: 'xml', scheme: 'file', pattern: '**/project.xml' },
];

const ORG_FILES: DocumentSelector = [
  { language: 'salesforce-org', scheme: 'file' },
  { language: 'salesforce-org', scheme: 'untitled' },
];

/**
 * What is for org files alone. VS Code asks people which formatter they want when two extensions have one, and takes
 * the first that renames or colours: over XML files that is for others to do.
 */
const FOR_ORG_FILES_ALONE = [
  'textDocument/codeAction',
  'textDocument/documentHighlight',
  'textDocument/documentLink',
  'textDocument/foldingRange',
  'textDocument/formatting',
  'textDocument/inlayHint',
  'textDocument/onTypeFormatting',
  'textDocument/rangeFormatting',
  'textDocument/rename',
  'textDocument/selectionRange',
  'textDocument/semanticTokens',
] as const;

/** What becomes of a command's answer. */
export type FollowUp = (command: string, answer: unknown) => unknown;

interface Feature {
  getState(): FeatureState;
  initialize(capabilities: ServerCapabilities, selector: DocumentSelector | undefined): void;
}

/** Before the start: features that change files, or that compete with other extensions, are registered for org files. */
export function serveDesignStudioAloneWithReading(client: LanguageClient): void {
  for (const method of FOR_ORG_FILES_ALONE) {
    const feature = client.getFeature(method as 'textDocument/formatting') as unknown as Feature | undefined;
    if (feature !== undefined) {
      const initialize = feature.initialize.bind(feature);
      feature.initialize = (capabilities) => initialize(capabilities, ORG_FILES);
    }
  }
  client.registerFeature({
    fillClientCapabilities: (capabilities) => {
      capabilities.experimental = { ...(capabilities.experimental as object | undefined), followsUpCommands: true };
    },
    initialize: () => undefined,
    getState: () => ({ kind: 'static' }),
    clear: () => undefined,
  });
}

/** A place as LSP has it. */
interface Place {
  readonly line: number;
  readonly character: number;
}

interface Operations {
  readonly uri: string;
  readonly position: Place;
  readonly locations: readonly { readonly uri: string; readonly range: { readonly start: Place; readonly end: Place } }[];
}

/** The lenses *Used by … operations* and *Import into an org file*; every other answer goes on as it came. */
export function followUp(server: () => Server): FollowUp {
  return async (command, answer) => {
    if (answer === null || answer === undefined) {
      return answer;
    }
    if (command === 'sforg.showOperations') {
      const { uri, position, locations } = answer as Operations;
      const at = (place: Place) => new vscode.Position(place.line, place.character);
      const found = locations.map(({ uri: file, range }) => new vscode.Location(vscode.Uri.parse(file), new vscode.Range(at(range.start), at(range.end))));
      await vscode.commands.executeCommand('editor.action.showReferences', vscode.Uri.parse(uri), new vscode.Position(position.line, 0), found);
    } else if (command === 'sforg.importOrg') {
      const { source, org } = answer as { source: string; org: string | null };
      const named = { source: vscode.Uri.parse(source), ...(org === null ? {} : { org }) };
      await importOrgs(server(), named).catch((error: unknown) => reportCommandFailure(vscode.l10n.t('Import into an org file'), error));
    }
    return answer;
  };
}
