// The boxes on the page of a login: what a person enters there, and what the page then sends.
// Of `vscode` the words alone are in here, so that plain Node.js can test it.

import { l10n } from 'vscode';

/** A value that can be entered. */
export interface Input {
  readonly member: string;
  readonly label: string;
  readonly placeholder: string;
  /** Where a secret may be kept; of what is none there are none. */
  readonly places?: readonly Place[];
}

interface Place {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
}

/** What `sforg/enterValues` takes besides the file. */
export type Entered = Record<string, string | { readonly place: string; readonly value: string }>;

/** What is wrong with a value. */
export interface Problem {
  readonly member: string;
  readonly message: string;
}

export const FORM_STYLE = `
form { border-top: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent)); padding-top: 0.6em; }
form p { margin: 0.8em 0; } label.of { display: block; } fieldset { border: 0; padding: 0; margin: 0.8em 0; } legend { padding: 0; } fieldset label { display: block; padding-left: 1.8em; text-indent: -1.8em; } fieldset .about { display: block; text-indent: 0; }
input[data-input] { box-sizing: border-box; width: 100%; max-width: 36em; padding: 0.3em 0.5em; font: inherit; color: var(--vscode-input-foreground); background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent)); }
input::placeholder { color: var(--vscode-input-placeholderForeground); }
input:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: -1px; }
.bad { display: block; color: var(--vscode-errorForeground); white-space: pre-line; overflow-wrap: anywhere; }`;

/** Values stand in the boxes alone and go out in one message; the page keeps none of them. */
export const FORM_SCRIPT = `
const form = document.querySelector('form');
const boxes = [...document.querySelectorAll('[data-input]')];
const send = (test) => {
  const enter = Object.fromEntries(boxes.filter((box) => box.value.trim() !== '').map((box) => {
    const place = form.elements.namedItem('place');
    return [box.dataset.input, box.type === 'password' ? { place: place.value, value: box.value } : box.value];
  }));
  code.postMessage({ enter, test });
};
const complain = (problems) => {
  for (const box of boxes) {
    const problem = problems.find(({ member }) => member === box.dataset.input);
    document.getElementById('bad-' + box.dataset.input).textContent = problem?.message ?? '';
    box.setAttribute('aria-invalid', String(problem !== undefined));
  }
  boxes.find((box) => problems.some(({ member }) => member === box.dataset.input))?.focus();
};
form?.addEventListener('submit', (event) => { event.preventDefault(); send(true); });
form?.querySelector('[data-save]').addEventListener('click', () => send(false));
form?.addEventListener('input', () => code.postMessage({ isEntering: boxes.some((box) => box.value !== '') }));
// A page that was hidden is read anew, and its boxes are empty.
code.postMessage({ isEntering: false });
addEventListener('message', ({ data }) => Array.isArray(data?.problems) && complain(data.problems));`;

type Escape = (value: string) => string;

/** The boxes with the buttons below them; `text` escapes. */
export function formHtml(inputs: readonly Input[], testLogin: string, buttons: string, text: Escape): string {
  const submit = `<button type="submit">${text(testLogin)}</button><button type="button" class="secondary" data-save>${text(l10n.t('Save'))}</button>`;
  return `<form>${inputs.map((input) => inputHtml(input, text)).join('')}<p role="group" aria-label="${text(l10n.t('Actions'))}">${submit}${buttons}</p></form>`;
}

function inputHtml({ member, label, placeholder, places }: Input, text: Escape): string {
  const id = text(member);
  const type = places === undefined ? 'text' : 'password';
  const box = `<input id="box-${id}" data-input="${id}" type="${type}" placeholder="${text(placeholder)}" aria-describedby="bad-${id}" autocomplete="off" autocapitalize="off" spellcheck="false" required>`;
  return `<p><label class="of" for="box-${id}">${text(label)}</label>${box}<span class="bad" id="bad-${id}" role="alert"></span></p>${places === undefined ? '' : placesHtml(places, text)}`;
}

function placesHtml(places: readonly Place[], text: Escape): string {
  const choices = places.map(({ id, label, detail }, index) => {
    const radio = `<input type="radio" name="place" value="${text(id)}" data-place="${text(id)}"${index === 0 ? ' checked' : ''}>`;
    return `<label>${radio} ${text(label)} <span class="about">${text(detail)}</span></label>`;
  });
  return `<fieldset><legend>${text(l10n.t('Where do you keep it?'))}</legend>${choices.join('')}</fieldset>`;
}

/** What the page has sent, as far as it was asked for; undefined when there is nothing in it. */
export function enteredOf(sent: unknown, inputs: readonly Input[]): Entered | undefined {
  if (typeof sent !== 'object' || sent === null) {
    return undefined;
  }
  const entered: Entered = {};
  for (const { member, places } of inputs) {
    const value: unknown = (sent as Record<string, unknown>)[member];
    if (places === undefined && typeof value === 'string') {
      entered[member] = value;
    } else if (places !== undefined && isSecret(value) && places.some(({ id }) => id === value.place)) {
      entered[member] = { place: value.place, value: value.value };
    }
  }
  return Object.keys(entered).length === 0 ? undefined : entered;
}

function isSecret(value: unknown): value is { place: string; value: string } {
  const { place, value: secret } = (value ?? {}) as { place?: unknown; value?: unknown };
  return typeof place === 'string' && typeof secret === 'string';
}
