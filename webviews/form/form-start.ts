import '../shared/tokens.css';
import '../shared/base.css';
import '../shared/components.css';
import { makeEmptyState } from '../shared/empty-state.ts';
import { makeElement } from '../shared/element.ts';
import type { PageHost } from '../shared/host/page-host.ts';
import { describeFailure } from '../shared/host/request-failure.ts';
import { defineFormControls } from '../shared/toolkit.ts';
import { type FormInput, ToolForm } from './tool-form.ts';
import { makeToolChoice } from './tool-choice.ts';

/** Shows the form in a host, and again when the workspace becomes trusted. */
export async function startForm(host: PageHost): Promise<void> {
  document.documentElement.lang = 'en';
  defineFormControls();
  host.onTrusted(() => {
    document.body.replaceChildren();
    void showForm(host);
  });
  await showForm(host);
}

/** Shows the form of the tool that the page was opened on; without one, all tools to choose from. */
async function showForm(host: PageHost): Promise<void> {
  const { input, isTrusted } = await host.begun;
  if (input.page !== 'form') throw new TypeError(`A form was opened on "${input.page}".`);
  if (!isTrusted) {
    document.body.append(makeUntrusted(host));
    return;
  }
  try {
    document.body.append(await makePage(host, input));
  } catch (error) {
    document.body.append(makeFailed(describeFailure(error).message));
  }
}

async function makePage(host: PageHost, input: FormInput): Promise<HTMLElement> {
  if (input.tool === '') {
    document.title = 'Run Analyzer';
    return makeToolChoice(host, await host.request('tools/list', {}), input);
  }
  const tool = await host.request('tools/get', { toolId: input.tool });
  document.title = tool.title;
  return new ToolForm(host, tool, input).element;
}

function makeUntrusted(host: PageHost): HTMLElement {
  const state = makeEmptyState({
    icon: 'warning',
    title: 'This workspace is not trusted',
    text: ['Logs can be viewed; analyzers do not run.'],
    actions: [{ label: 'Manage Trust', act: () => void host.act({ action: 'manageTrust' }) }],
  });
  return wrapState('Run analyzer', state);
}

function makeFailed(message: string): HTMLElement {
  return wrapState(
    'Run analyzer',
    makeEmptyState({ icon: 'warning', title: 'The form cannot be shown', text: [message], isError: true }),
  );
}

function wrapState(title: string, state: HTMLElement): HTMLElement {
  return makeElement('main', {}, makeElement('h1', { className: 'unseen' }, title), state);
}
