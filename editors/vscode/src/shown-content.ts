// What the server answers to be shown in the editor: hovers, documentation, links. Nothing in it is loaded or run.

import * as vscode from 'vscode';
import { ResponseError, type Middleware, type ShowDocumentParams } from 'vscode-languageclient';
import { inertMarkdown, plainLine } from './foreign-text';
import { lensTitle } from './lenses';

/** Addresses that a link in a file may lead to. */
const LINK_SCHEMES = ['https', 'http', 'file'];

/** The part of the client's middleware that is about what is shown. */
export const shownContent: Middleware = {
  provideHover: async (document, position, token, next) => {
    const hover = await next(document, position, token);
    return hover && new vscode.Hover(hover.contents.map(inert), hover.range);
  },
  provideCompletionItem: async (document, position, context, token, next) => {
    const offered = await next(document, position, context, token);
    (Array.isArray(offered) ? offered : (offered?.items ?? [])).forEach(cleanDocumentation);
    return offered;
  },
  resolveCompletionItem: async (item, token, next) => {
    const resolved = await next(item, token);
    if (resolved) {
      cleanDocumentation(resolved);
    }
    return resolved;
  },
  provideInlayHints: async (document, range, token, next) => {
    const hints = await next(document, range, token);
    for (const hint of hints ?? []) {
      for (const part of [hint, ...(Array.isArray(hint.label) ? hint.label : [])]) {
        if (part.tooltip instanceof vscode.MarkdownString) {
          part.tooltip = inert(part.tooltip);
        }
      }
    }
    return hints;
  },
  provideCodeLenses: async (document, token, next) => {
    const lenses = await next(document, token);
    for (const { command } of lenses ?? []) {
      if (command !== undefined) {
        command.title = lensTitle(plainLine(command.title));
      }
    }
    return lenses;
  },
  provideDocumentLinks: async (document, token, next) => (await next(document, token))?.filter(mayBeOpened),
  resolveDocumentLink: async (link, token, next) => {
    const resolved = await next(link, token);
    return resolved && mayBeOpened(resolved) ? resolved : undefined;
  },
  window: {
    showDocument: async (params, token, next) => {
      const shown = mayBeShown(params) ? await next(params, token) : undefined;
      return shown === undefined || shown instanceof ResponseError ? { success: false } : shown;
    },
  },
};

function inert(content: vscode.MarkdownString | vscode.MarkedString): vscode.MarkdownString {
  const value = typeof content === 'string' || content instanceof vscode.MarkdownString ? content : new vscode.MarkdownString().appendCodeblock(content.value, content.language);
  const markdown = new vscode.MarkdownString(inertMarkdown(typeof value === 'string' ? value : value.value));
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}

function cleanDocumentation(item: vscode.CompletionItem): void {
  if (item.documentation instanceof vscode.MarkdownString) {
    item.documentation = inert(item.documentation);
  } else if (item.documentation !== undefined) {
    item.documentation = inertMarkdown(item.documentation);
  }
}

/** VS Code runs a link whose target is `command:…`. */
function mayBeOpened(link: vscode.DocumentLink): boolean {
  if (link.tooltip !== undefined) {
    link.tooltip = plainLine(link.tooltip);
  }
  return link.target === undefined || LINK_SCHEMES.includes(link.target.scheme);
}

/** The server shows files of the workspace and pages in the browser, nothing else. */
function mayBeShown({ uri, external }: ShowDocumentParams): boolean {
  const { scheme } = vscode.Uri.parse(uri);
  return external === true ? scheme === 'https' || scheme === 'http' : scheme === 'file' || scheme === 'untitled';
}
