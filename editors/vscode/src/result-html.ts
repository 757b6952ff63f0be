// The page of one login as HTML. Every text is escaped: names and Salesforce's words are among them.
// Of `vscode` the words alone are in here, so that plain Node.js can test it.

import { l10n } from 'vscode';
import { plainLine } from './foreign-text';
import { FORM_SCRIPT, FORM_STYLE, formHtml, type Input } from './result-form';

/** The server's answer to `sforg/result`. */
export interface ResultPage {
  readonly uri: string;
  readonly name: string;
  readonly title: string;
  readonly outcome: 'ok' | 'warning' | 'failed' | 'notTested' | 'untested';
  readonly headline: string;
  readonly age?: string;
  readonly durationMs?: number;
  readonly host?: string;
  readonly setupUrl?: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly steps: readonly string[];
  /** Words of the steps that lead to a page of Setup. */
  readonly setupPaths?: readonly { readonly words: string; readonly url: string }[];
  readonly inputs?: readonly Input[];
  readonly warnings: readonly string[];
  readonly salesforce?: { readonly code?: string | null; readonly message?: string | null; readonly httpStatus?: number | null };
  readonly member?: { readonly name: string; readonly range: { start: { line: number; character: number }; end: { line: number; character: number } } };
  readonly actions: readonly { readonly title: string; readonly command: string; readonly arguments?: unknown[] }[];
  readonly testing?: number;
  /** What the project file would become. */
  readonly newText?: string;
}

/** What tests the login. */
export const TEST_LOGIN = 'sforg.testLogin';

/** Pages of Setup are at Salesforce's Setup hosts, wherever the server says that they are. */
const SETUP_PAGE = /^https:\/\/[a-z0-9.-]+\.my\.salesforce-setup\.(?:com|mil)\/lightning\/setup\/[A-Za-z]+\/home$/;

/** Each outcome has a shape of its own, for those who see no colours. */
const MARKS = { ok: '✓', warning: '!', failed: '✗', notTested: '–', untested: '○' } as const;

const STYLE = `
body { max-width: 46em; line-height: 1.5; padding: 0 1.5em 2em; }
h1 { font-size: 1.4em; font-weight: 600; overflow-wrap: anywhere; } h1 .mark { display: inline-block; width: 1.2em; }
.failed .mark { color: var(--vscode-errorForeground); } .warning .mark, .notTested .mark { color: var(--vscode-editorWarning-foreground); }
.ok .mark { color: var(--vscode-testing-iconPassed); }
.about { color: var(--vscode-descriptionForeground); } li { margin: 0.4em 0; }
code { font-family: var(--vscode-editor-font-family); }
button { color: var(--vscode-button-foreground); background: var(--vscode-button-background); border: 1px solid var(--vscode-button-border, transparent); padding: 0.4em 1em; margin: 0 0.6em 0.4em 0; cursor: pointer; }
button.secondary { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); }
button:focus-visible, a:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
td, th { padding: 0.1em 1.5em 0.1em 0; vertical-align: top; text-align: left; font-weight: normal; overflow-wrap: anywhere; } th { white-space: nowrap; } summary { cursor: pointer; }${FORM_STYLE}`;

const SCRIPT = `
const code = acquireVsCodeApi();
let { focused, isOpen } = code.getState() ?? {};
const said = document.querySelector('details');
if (said !== null) said.open = isOpen === true;
const keyOf = (element) => element.tagName + JSON.stringify(element.dataset);
const goBack = () => [...document.querySelectorAll('a, button, summary, input')].find((element) => keyOf(element) === focused)?.focus();
addEventListener('focus', goBack);
if (document.hasFocus()) goBack();
const keep = () => code.setState({ focused: (focused = keyOf(document.activeElement)), isOpen: said?.open });
document.addEventListener('focusin', keep);
said?.addEventListener('toggle', keep);
document.addEventListener('keydown', ({ key }) => key === 'Escape' && code.postMessage({ leave: true }));
const seconds = document.querySelector('[data-seconds]');
if (seconds !== null) setInterval(() => { seconds.textContent = ++seconds.dataset.seconds + ' s'; }, 1000);
document.addEventListener('click', ({ target }) => {
  const { run, goTo, copy } = target.closest('[data-run], [data-go-to], [data-copy]')?.dataset ?? {};
  if (run !== undefined) code.postMessage({ run: Number(run) });
  if (goTo !== undefined) code.postMessage({ goTo: true });
  if (copy !== undefined) code.postMessage({ copy: document.querySelector('main').innerText });
});${FORM_SCRIPT}`;

/** The whole page; it loads nothing, and the script of this nonce alone runs. */
export function resultHtml(result: ResultPage, nonce: string): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; form-action 'none'; base-uri 'none'`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${text(result.title)}</title><style nonce="${nonce}">${STYLE}</style></head>
<body><main class="${result.outcome}">${[header(result), testing(result), steps(result), warnings(result), facts(result), said(result)].join('')}</main>
${buttons(result)}<script nonce="${nonce}">${SCRIPT}</script></body></html>`;
}

function header({ outcome, headline, name, host, age, durationMs, setupUrl, member }: ResultPage): string {
  const took = durationMs === undefined ? [] : [`${(durationMs / 1000).toFixed(1)} s`];
  const about = [name, ...(host === undefined ? [] : [host]), ...(age === undefined ? [] : [age]), ...took].map(text).join(' · ');
  const links = [
    ...(setupUrl !== undefined && SETUP_PAGE.test(setupUrl) ? [`<a href="${text(setupUrl)}">${text(l10n.t('Open Setup'))}</a>`] : []),
    ...(member === undefined ? [] : [`<a href="#" data-go-to>${words(l10n.t('Go to `{0}`', member.name))}</a>`]),
  ];
  return `<h1><span class="mark" aria-hidden="true">${MARKS[outcome]}</span>${words(headline)}</h1><p class="about">${about}</p>${links.length === 0 ? '' : `<p>${links.join(' · ')}</p>`}`;
}

function testing({ testing: seconds }: ResultPage): string {
  return seconds === undefined ? '' : `<p><span role="status">${text(l10n.t('Testing…'))}</span> <span data-seconds="${seconds}">${seconds} s</span></p>`;
}

function steps({ steps: all, setupPaths = [] }: ResultPage): string {
  const link = linksTo(setupPaths);
  return all.length === 0 ? '' : `<ol>${all.map((step) => `<li>${words(step, link)}</li>`).join('')}</ol>`;
}

/** Makes text in which these words are links; a longer path counts before one that it begins with. */
function linksTo(paths: NonNullable<ResultPage['setupPaths']>): (value: string) => string {
  const urls = new Map(paths.filter(({ url }) => SETUP_PAGE.test(url)).map(({ words: path, url }) => [path, url]));
  if (urls.size === 0) {
    return text;
  }
  const longestFirst = [...urls.keys()].sort((one, other) => other.length - one.length);
  // Setup alone is a link where a path begins.
  const patterns = longestFirst.map((path) => `${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}${path.includes('>') ? '(?!\\w)' : '(?= > )'}`);
  const pieces = (value: string) => value.split(new RegExp(`(${patterns.join('|')})`));
  return (value) => pieces(value).map((piece) => (urls.has(piece) ? `<a href="${text(urls.get(piece) ?? '')}">${text(piece)}</a>` : text(piece))).join('');
}

function warnings({ warnings: all }: ResultPage): string {
  return all.length === 0 ? '' : `<h2>${text(l10n.t('Warnings'))}</h2><ul>${all.map((warning) => `<li>${words(warning)}</li>`).join('')}</ul>`;
}

function facts({ facts: all }: ResultPage): string {
  return all.length === 0 ? '' : `<table>${all.map(({ label, value }) => `<tr><th scope="row" class="about">${text(label)}</th><td>${text(value)}</td></tr>`).join('')}</table>`;
}

function said({ salesforce }: ResultPage): string {
  if (salesforce === undefined) {
    return '';
  }
  const parts = [salesforce.code, salesforce.message, salesforce.httpStatus].filter((part) => part !== null && part !== undefined);
  return `<details><summary>${text(l10n.t('Salesforce said'))}</summary><p>${parts.map((part) => text(String(part))).join('<br>')}</p></details>`;
}

function buttons({ actions, inputs = [] }: ResultPage): string {
  const copy = `<button type="button" class="secondary" data-copy>${text(l10n.t('Copy as Text'))}</button>`;
  const own = actions.map(({ title, command }, index) => ({ command, html: `<button type="button" data-run="${index}"${index === 0 ? '' : ' class="secondary"'}>${text(title)}</button>` }));
  const test = actions.find(({ command }) => command === TEST_LOGIN);
  if (inputs.length > 0 && test !== undefined) {
    const others = own.filter(({ command }) => command !== TEST_LOGIN).map(({ html }) => html);
    return formHtml(inputs, test.title, `${others.join('')}${copy}`, text);
  }
  return `<p role="group" aria-label="${text(l10n.t('Actions'))}">${own.map(({ html }) => html).join('')}${copy}</p>`;
}

/** Text with `code` in it. */
function words(value: string, plain = text): string {
  return value.split(/`([^`]*)`/).map((part, index) => (index % 2 === 1 ? code(part) : plain(part))).join('');
}

function code(value: string): string {
  return `<code>${text(value)}</code>`;
}

function text(value: string): string {
  return plainLineKeepingEnds(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Blanks at the ends belong to the sentence around. */
function plainLineKeepingEnds(value: string): string {
  const [, before = '', inner = '', after = ''] = /^( ?)(.*?)( ?)$/s.exec(value) ?? [];
  return `${before}${plainLine(inner, 4000)}${after}`;
}
