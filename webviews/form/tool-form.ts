import './form.css';
import { type PageInput, type Run, type ToolManifest, writeRunCommand } from '#protocol';
import { makeBannerStack } from '../shared/banners.ts';
import { makeButton, makeElement, makeIconButton, setText } from '../shared/element.ts';
import type { PageHost } from '../shared/host/page-host.ts';
import { describeFailure } from '../shared/host/request-failure.ts';
import { makeTextControl } from '../shared/toolkit.ts';
import { type FormFields, makeFormFields } from './form-fields.ts';

/** What is run on what. */
type AskedRun = Pick<Run, 'toolId' | 'input' | 'parameters'>;

/** What the form is opened on. */
export type FormInput = Extract<PageInput, { readonly page: 'form' }>;

/** The form of a tool: what it reads, its parameters, the command that does the same, and the button that runs it. */
export class ToolForm {
  readonly element: HTMLElement;
  readonly #host: PageHost;
  readonly #tool: ToolManifest;
  readonly #fields: FormFields;
  readonly #path = makeTextControl({ label: 'Log', placeholder: 'File, folder or route' });
  readonly #pathProblem = makeElement('p', { className: 'form-problem', attributes: { role: 'alert' } });
  readonly #command = makeElement('code', { className: 'mono' });
  readonly #banners = makeBannerStack();
  readonly #run: HTMLButtonElement;

  constructor(host: PageHost, tool: ToolManifest, input: FormInput) {
    this.#host = host;
    this.#tool = tool;
    this.#fields = makeFormFields(tool, input.values);
    this.#path.set(input.path ?? '');
    this.#run = makeButton({
      label: `Run ${tool.title}`,
      kind: 'primary',
      icon: 'play',
      act: () => void this.#start(),
    });
    this.element = this.#makeElement();
    this.#fields.onChange(() => this.#draw());
    this.#path.onChange(() => this.#draw());
    this.#draw();
  }

  #makeElement(): HTMLElement {
    const { title, description } = this.#tool;
    const head = makeElement(
      'header',
      {},
      makeElement('h1', {}, title),
      makeElement('p', { className: 'dim' }, description),
    );
    const buttons = makeElement(
      'div',
      { className: 'button-row' },
      this.#run,
      makeButton({ label: 'Cancel', act: () => void this.#host.act({ action: 'close' }) }),
    );
    const main = makeElement(
      'main',
      {},
      head,
      this.#banners.element,
      this.#makeInput(),
      this.#fields.element,
    );
    main.append(this.#makeCommand(), buttons);
    main.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void this.#start();
    });
    return makeElement('div', { className: 'form-page' }, main);
  }

  #makeInput(): HTMLElement {
    const choose = makeButton({ label: 'Choose…', kind: 'small', act: () => void this.#choose() });
    const { isRequired, kinds } = this.#tool.input;
    const help = `What is read: ${kinds.join(' or ')}${isRequired ? '' : ', or nothing'}.`;
    return makeElement(
      'div',
      { className: 'form-row' },
      makeElement('span', { className: 'form-label' }, 'Log'),
      makeElement('div', { className: 'form-input' }, this.#path.element, choose),
      makeElement('p', { className: 'form-help' }, help),
      this.#pathProblem,
    );
  }

  #makeCommand(): HTMLElement {
    const copy = makeIconButton({
      label: 'Copy as cts command',
      icon: 'copy',
      act: () => void this.#host.act({ action: 'copyText', text: this.#command.textContent }),
    });
    return makeElement('div', { className: 'form-command' }, this.#command, copy);
  }

  async #choose(): Promise<void> {
    const { path } = await this.#host.act({ action: 'chooseInput' });
    if (path !== null) this.#path.set(path);
    this.#draw();
  }

  #draw(): void {
    const asked = this.#read();
    if (asked !== null) setText(this.#command, writeRunCommand(asked, this.#tool, 'posix'));
  }

  /** Null where a field says what is wrong with it. */
  #read(): AskedRun | null {
    const parameters = this.#fields.read();
    if (parameters === null) return null;
    const path = this.#path.get().trim();
    return { toolId: this.#tool.id, input: path === '' ? null : { type: 'path', path }, parameters };
  }

  async #start(): Promise<void> {
    const asked = this.#read();
    const isMissing = this.#tool.input.isRequired && this.#path.get().trim() === '';
    setText(this.#pathProblem, isMissing ? 'Say which log is to be read' : '');
    if (asked === null || isMissing || this.#run.disabled) return;
    this.#run.disabled = true;
    try {
      await this.#send(asked);
    } catch (error) {
      const { message, actions } = describeFailure(error);
      this.#banners.show([
        {
          id: message,
          tone: 'error',
          title: `${this.#tool.title} was not started.`,
          text: [message, ...actions].join(' '),
        },
      ]);
    } finally {
      this.#run.disabled = false;
    }
  }

  async #send({ toolId, input, parameters }: AskedRun): Promise<void> {
    const run = await this.#host.request('runs/start', {
      toolId,
      parameters,
      ...(input === null ? {} : { input }),
    });
    await this.#host.act({ action: 'rememberValues', tool: toolId, values: parameters });
    await this.#host.act({ action: 'openRun', runId: run.id });
    if (this.#host.kind === 'editor') await this.#host.act({ action: 'close' });
  }
}
