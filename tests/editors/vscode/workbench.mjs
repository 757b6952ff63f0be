// VS Code's window as a person uses it: keys, clicks, and reading what is shown.

import fs from 'node:fs';
import path from 'node:path';
import { poll, vscodeLogs } from './rig.mjs';

const EDITOR = '.editor-instance';

export class Workbench {
  constructor(vscode, page, shots) {
    this.vscode = vscode;
    this.page = page;
    this.shots = shots;
    fs.mkdirSync(shots, { recursive: true });
  }

  /**
   * Shows the page and waits until extensions have started: before that, providers come and go and open menus may close again.
   * That the browser has loaded everything is not waited for: what has to be there is.
   */
  async open(url) {
    await this.page.goto(url, { waitUntil: 'commit' });
    await this.page.locator('.monaco-workbench').waitFor();
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    if (vscodeLogs(this.vscode) !== '') {
      await poll('the extension host has started', () => vscodeLogs(this.vscode).includes('Eager extensions activated'));
    }
    await this.quiet();
  }

  /** Waits until nothing on the page has changed for half a second (cursor blinking aside). */
  async quiet(ms = 500) {
    await this.page.evaluate(
      (quietMs) =>
        new Promise((resolve) => {
          const done = () => { observer.disconnect(); resolve(); };
          let timer = setTimeout(done, quietMs);
          const observer = new MutationObserver((changes) => {
            if (changes.some((change) => !(change.target.closest ?? (() => null)).call(change.target, '.cursors-layer'))) {
              clearTimeout(timer);
              timer = setTimeout(done, quietMs);
            }
          });
          observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
          setTimeout(done, 10_000);
        }),
      ms,
    );
  }

  async screenshot(name) {
    await this.quiet(300);
    const file = path.join(this.shots, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  // --- files and commands

  /** Opens a file by its absolute path. */
  async openFile(file) {
    const name = path.basename(file);
    await this.repeat(
      async () => {
        await this.typeIntoPalette('Control+P', file);
        await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor();
        // What was found first is replaced when the search of the disk comes back, and Enter is lost in between.
        await this.quiet(300);
        await this.page.keyboard.press('Enter');
      },
      this.page.locator('.tab.active', { hasText: name }),
    );
    await this.focusEditor();
  }

  async runCommand(title) {
    // What had the focus before may take it back, which closes the palette.
    const choose = async () => {
      await this.typeIntoPalette('F1', title);
      await this.click(this.commandRow(title), { timeout: 10_000 });
    };
    await this.repeat(choose, this.page.locator('body'));
  }

  /** The titles that the command palette offers for `filter`. */
  async offeredCommands(filter) {
    await this.repeat(() => this.typeIntoPalette('F1', filter), this.page.locator('.quick-input-list .monaco-list-row'));
    // Only the rows in sight exist: it is looked at a page at a time, until nothing new comes.
    const titles = new Set();
    // The first key only goes to the end of the page in sight.
    for (let known = -1, idle = 0; idle < 2; idle = known < titles.size ? 0 : idle + 1) {
      known = titles.size;
      await this.quiet();
      const shown = await this.page.locator('.quick-input-list .monaco-list-row .label-name').allTextContents();
      shown.forEach((title) => titles.add(title));
      await this.page.keyboard.press('PageDown');
    }
    await this.page.keyboard.press('Escape');
    return [...titles];
  }

  /** Opens a quick input with `key` and writes into it, once it has the focus: keys might go elsewhere by then. */
  async typeIntoPalette(key, text) {
    await this.press(key);
    await this.page.locator('.quick-input-widget input:focus').first().waitFor({ timeout: 15_000 });
    const box = this.page.locator('.quick-input-widget:visible input').first();
    await box.fill((await box.inputValue({ timeout: 1000 })) + text, { timeout: 4000 });
  }

  /** Chooses how much a log says. */
  async setLogLevel(log, level) {
    await this.runCommand('Developer: Set Log Level...');
    for (const choice of [log, level]) {
      await this.page.locator('.quick-input-widget input:focus').first().waitFor();
      await this.page.keyboard.insertText(choice);
      await this.click(this.page.locator('.quick-input-list .monaco-list-row', { hasText: choice }).first());
    }
  }

  commandRow(title) {
    return this.page.locator('.quick-input-list .monaco-list-row').filter({ has: this.page.getByText(title, { exact: true }) }).first();
  }

  async save() {
    await this.repeat(() => this.press('Control+S'), this.page.locator('.tab.active:not(.dirty)'));
  }

  // --- the editor

  async focusEditor() {
    const focused = this.page.locator(`${EDITOR} .monaco-editor.focused, ${EDITOR}.monaco-editor.focused`);
    await this.repeat(() => this.press('Control+1'), focused);
  }

  /** The text in the editor (short files are shown whole), without the inlay hints in it. */
  async text() {
    const rows = await this.page.evaluate((editor) => {
      const all = (selector) => [...document.querySelectorAll(`${editor} ${selector}`)];
      const isHint = (span) => span.className.includes('dyn-rule-');
      const textOf = (line) => [...line.querySelectorAll('span > span')].filter((span) => !isHint(span)).map((span) => span.textContent).join('');
      const numbered = all('.margin-view-overlays > div').filter((row) => row.querySelector('.line-numbers')?.textContent.trim());
      const begins = new Set(numbered.map((row) => parseFloat(row.style.top)));
      return all('.view-line').map((line) => ({ top: parseFloat(line.style.top), begins: begins.has(parseFloat(line.style.top)), text: textOf(line).replaceAll('\u00a0', ' ') }));
    }, EDITOR);
    rows.sort((a, b) => a.top - b.top);
    // A long line goes on below, without a number, as far indented as it begins.
    return rows.reduce((lines, { begins, text }) => {
      const last = lines.at(-1);
      return begins || last === undefined ? [...lines, text] : [...lines.slice(0, -1), last + text.slice(/^ */.exec(last)[0].length)];
    }, []).join('\n');
  }

  /** Puts the cursor before `part`, or behind it; `part` stands on one line and occurs once. */
  async goTo(part, { behind = false, inside = 0 } = {}) {
    const lines = (await this.text()).split('\n');
    const line = lines.findIndex((candidate) => candidate.includes(part));
    if (line < 0) {
      throw new Error(`"${part}" is not in the editor:\n${lines.join('\n')}`);
    }
    const column = lines[line].indexOf(part) + (behind ? part.length : inside);
    const wanted = `Ln ${line + 1}, Col ${column + 1}`;
    await this.repeat(
      async () => {
        await this.focusEditor();
        await this.typeIntoPalette('Control+G', `${line + 1}:${column + 1}`);
        await this.press('Enter');
      },
      // `Ln 1, Col 1`, and behind it how much is selected.
      this.page.locator('[id="status.editor.selection"]', { hasText: new RegExp(`^\\s*${wanted}( \\(.*\\))?\\s*$`) }),
    );
  }

  /** The status bar's `Ln 1, Col 1`. */
  async cursor() {
    return ((await this.page.locator('[id="status.editor.selection"]').textContent()) ?? '').replace(/ \(.*\)$/, '').trim();
  }

  type(text) {
    return this.page.keyboard.type(text, { delay: 10 });
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  squiggles(severity) {
    return this.page.locator(`${EDITOR} .squiggly-${severity}`);
  }

  /** The text that the squiggles of this severity underline, by comparing boxes. */
  async underlined(severity) {
    return this.page.evaluate(
      ([editor, kind]) =>
        [...document.querySelectorAll(`${editor} .squiggly-${kind}`)].map((squiggle) => {
          const box = squiggle.getBoundingClientRect();
          const middle = (box.top + box.bottom) / 2;
          const line = [...document.querySelectorAll(`${editor} .view-line`)].find((candidate) => {
            const lineBox = candidate.getBoundingClientRect();
            return lineBox.top <= middle && middle <= lineBox.bottom;
          });
          if (line === undefined) {
            return '';
          }
          const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
          let text = '';
          for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
            for (let offset = 0; offset < node.length; offset++) {
              const range = document.createRange();
              range.setStart(node, offset);
              range.setEnd(node, offset + 1);
              const letter = range.getBoundingClientRect();
              const centre = (letter.left + letter.right) / 2;
              if (box.left <= centre && centre <= box.right) {
                text += node.data[offset];
              }
            }
          }
          return text.replace(/\u00a0/g, ' ');
        }),
      [EDITOR, severity],
    );
  }

  /** The rows that the problems panel shows for a filter, as text. The panel stays open. */
  async problems(filter) {
    await this.runCommand('Problems: Focus on Problems View');
    const input = this.page.locator('.viewpane-filter-container input').first();
    await this.repeat(() => this.press('Control+F'), this.page.locator('.viewpane-filter-container input:focus'));
    await input.fill(filter);
    await this.quiet();
    const rows = await this.page.locator('.markers-panel .monaco-list-row').allTextContents();
    return rows.map((row) => row.replace(/\s+/g, ' ').trim());
  }

  async closePanel() {
    await this.runCommand('View: Hide Panel');
    await this.focusEditor();
  }

  /** A code lens that does something when it is clicked. */
  lens(text) {
    return this.page.locator(`${EDITOR} .codelens-decoration a`, { hasText: text });
  }

  /** Opens the light bulb's menu at the cursor and gives the row with this title. */
  async codeAction(title) {
    const row = this.page.locator('.action-widget .monaco-list-row.action', { hasText: title });
    await this.repeat(() => this.press('Control+.'), row);
    return row;
  }

  suggestion(text) {
    return this.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: text }).first();
  }

  /** Shows the hover at the cursor, which has to have this text. */
  async showHover(text) {
    await this.repeat(async () => {
      await this.press('Control+K');
      await this.press('Control+I');
    }, this.page.locator('.monaco-hover:not(.hidden)', { hasText: text }));
  }

  /** The text of the page of a login, once it says something. */
  async pageText(something) {
    return poll(`a page says ${something}`, async () => {
      for (const frame of this.page.frames()) {
        const text = await frame.evaluate(() => document.querySelector('main')?.innerText ?? '').catch(() => '');
        if (text.includes(something)) {
          return text;
        }
      }
      return undefined;
    });
  }

  /** The text of the Markdown preview (a frame in a frame), list items with their numbers. */
  async previewText() {
    return poll('the preview has text', async () => {
      for (const frame of this.page.frames()) {
        const read = () => {
          const blocks = [...document.querySelectorAll('.markdown-body h3, .markdown-body p, .markdown-body ol > li')];
          const number = (block) => (block.matches('ol > li') ? `${[...block.parentElement.children].indexOf(block) + 1}. ` : '');
          return blocks.map((block) => number(block) + block.textContent.trim()).join('\n');
        };
        const text = await frame.evaluate(read).catch(() => ''); // it may go while it is looked at
        if (text !== '') {
          return text;
        }
      }
      return undefined;
    });
  }

  /** What is shown in the status bar for some seconds. */
  status(text) {
    return this.page.locator('.statusbar-item', { hasText: text }).first();
  }

  async statusText(text) {
    await this.status(text).waitFor();
  }

  /** It goes by itself. */
  async statusGoes(text) {
    await this.status(text).waitFor({ state: 'detached' });
  }

  // --- messages

  toast(text) {
    return this.page.locator('.notification-toast', { hasText: text }).first();
  }

  async waitForToast(text) {
    await this.toast(text).waitFor();
    return ((await this.toast(text).locator('.notification-list-item-message').textContent()) ?? '').trim();
  }

  async pressButton(toastText, button) {
    await this.click(this.toast(toastText).locator('.monaco-button', { hasText: button }));
  }

  /** A question that has to be answered before anything else. */
  dialog(text = /./) {
    return this.page.locator('.monaco-dialog-box', { hasText: text }).first();
  }

  /** Waits for the question, and gives its words and buttons, the one that has the focus marked with `>`. */
  async waitForDialog(text) {
    await this.dialog(text).waitFor();
    await this.quiet();
    return this.dialog(text).evaluate((box) => ({
      text: box.querySelector('.dialog-message-container')?.textContent?.trim() ?? '',
      buttons: [...box.querySelectorAll('.dialog-buttons .monaco-button')].map((button) => (button === document.activeElement ? '>' : '') + button.textContent.trim()),
      links: box.querySelectorAll('a[href], a[data-href], img').length,
    }));
  }

  /** Presses a button of the question, which goes. */
  async answerDialog(button) {
    await this.click(this.dialog().locator('.dialog-buttons .monaco-button', { hasText: button }));
    await this.page.locator('.monaco-dialog-box').first().waitFor({ state: 'detached' });
  }

  /** What messages and questions could be clicked or load: links and pictures beside the buttons, and characters that do something. */
  async activeContent() {
    return this.page.evaluate(() => {
      const boxes = [...document.querySelectorAll('.notification-toast, .notifications-list-container .monaco-list-row, .monaco-dialog-box, .statusbar-item, .monaco-hover-content, .hover-contents')];
      const links = boxes.flatMap((box) => [...box.querySelectorAll('a[href], a[data-href], img')].map((element) => element.getAttribute('data-href') || element.getAttribute('href') || element.getAttribute('src') || ''));
      const odd = boxes.map((box) => box.textContent ?? '').filter((text) => /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/.test(text.replace(/[\u200b\u200c\u200d]+$/, '')));
      return { links: links.filter((link) => !/^(https:|#|$)/.test(link) || /evil/.test(link)), odd };
    });
  }

  async clearToasts() {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.page.locator('.notification-toast').first().waitFor({ state: 'detached' });
  }

  /** Clicks, and takes the mouse to where nothing pops up below it. */
  async click(locator, options) {
    await locator.click(options);
    const { width, height } = this.page.viewportSize();
    await this.page.mouse.move(width / 2, height - 2);
  }

  /** Chooses in the menu that is open: one that has only just opened takes no click, and it closes with the one that counts. */
  async chooseInMenu(title) {
    const item = this.page.locator('.monaco-menu .action-label', { hasText: title });
    await item.waitFor();
    await poll(`${title} is chosen`, async () => {
      await item.click({ timeout: 1000 }).catch(() => undefined);
      await this.quiet(200);
      return !(await item.isVisible());
    });
  }

  /** Does `gesture` and waits for what it should show; does it again, five times at most: one during a redraw may get lost. */
  async repeat(gesture, locator, betweenAttempts = () => this.press('Escape')) {
    for (let attempt = 1; ; attempt++) {
      try {
        await gesture();
        await locator.first().waitFor({ timeout: 4000 * attempt });
        return;
      } catch (error) {
        if (attempt === 5) {
          throw error;
        }
        await betweenAttempts();
      }
    }
  }
}
