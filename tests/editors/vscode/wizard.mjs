// The boxes of New Salesforce Org…, as a person goes through them.

export class Wizard {
  constructor(workbench, page) {
    this.workbench = workbench;
    this.page = page;
    this.widget = page.locator('.quick-input-widget:visible');
    this.rows = page.locator('.quick-input-list .monaco-list-row');
    this.box = page.locator('.quick-input-widget input:focus');
    /** Keys besides those of the values. */
    this.keys = 0;
  }

  async press(key) {
    this.keys += 1;
    await this.page.keyboard.press(key);
  }

  /** From the palette. */
  async begin() {
    await this.workbench.typeIntoPalette('F1', 'New Salesforce Org');
    this.keys += 1;
    await this.workbench.commandRow('Salesforce Org (sforg): New Salesforce Org…').waitFor();
    await this.press('Enter');
  }

  /** Waits for a step by its place and a word of it. */
  async step(number, words) {
    const ofPlace = this.widget.filter({ hasText: `(${number}/` });
    await ofPlace.filter({ has: this.page.locator(`text=${words}`).or(this.page.locator(`[placeholder*="${words}"]`)) }).first().waitFor();
    await this.workbench.quiet();
  }

  /** Types a value, once the box has the focus, and waits for what is said about it. */
  async enter(value, said) {
    await this.box.first().waitFor();
    await this.page.keyboard.insertText(value);
    if (said !== undefined) {
      await this.widget.filter({ hasText: said }).first().waitFor();
    }
  }

  /** Takes back what was typed. */
  async clear() {
    await this.box.fill('');
  }
}
