import type { ParameterValues, ToolManifest, ToolParameter } from '#protocol';
import { makeElement, setText } from '../shared/element.ts';
import { type FormControl, makeCheckControl, makeChoiceControl, makeTextControl } from '../shared/toolkit.ts';
import { isDefault, readFieldText, writeFieldText } from './field-value.ts';

/** The fields of a tool's parameters. */
export interface FormFields {
  readonly element: HTMLElement;
  /** Values that differ from what the tool takes anyway; null where a field holds none, which says so then. */
  read(): ParameterValues | null;
  onChange(listener: () => void): void;
}

interface Field {
  readonly parameter: ToolParameter;
  readonly control: FormControl<string>;
  readonly problem: HTMLElement;
}

/** Makes the fields of a tool, filled with the values of the last time. The input has a field of its own. */
export function makeFormFields(
  { parameters, parametersSchema, input }: ToolManifest,
  values: Readonly<Record<string, unknown>>,
): FormFields {
  const former = listFormer(parametersSchema);
  const own = parameters.filter(({ name }) => name !== input.parameter);
  const fields = own.map((parameter) =>
    makeField(parameter, Object.hasOwn(values, parameter.name) ? values[parameter.name] : undefined),
  );
  const rowsOf = (isFormer: boolean): readonly HTMLElement[] =>
    fields.filter(({ parameter }) => former.has(parameter.name) === isFormer).map(({ row }) => row);
  const element = makeElement(
    'div',
    { className: 'form-fields' },
    ...rowsOf(false),
    ...foldAway(rowsOf(true)),
  );
  return {
    element,
    read: () => readFields(fields),
    onChange: (listener) => {
      for (const { control } of fields) control.onChange(listener);
    },
  };
}

/** Names of parameters that a tool takes only because scripts give them. */
function listFormer({ properties }: ToolManifest['parametersSchema']): ReadonlySet<string> {
  const members = Object.entries(
    (properties ?? {}) as Readonly<Record<string, { readonly deprecated?: unknown }>>,
  );
  return new Set(members.filter(([, { deprecated }]) => deprecated === true).map(([name]) => name));
}

function foldAway(rows: readonly HTMLElement[]): readonly HTMLElement[] {
  if (rows.length === 0) return [];
  const title = makeElement('summary', {}, 'Kept for old scripts');
  const body = makeElement('div', { className: 'form-fields' }, ...rows);
  return [makeElement('details', { className: 'form-former' }, title, body)];
}

function readFields(fields: readonly Field[]): ParameterValues | null {
  const values: [string, ParameterValues[string]][] = [];
  let isWhole = true;
  for (const { parameter, control, problem } of fields) {
    const reading = readFieldText(parameter, control.get());
    setText(problem, reading.kind === 'problem' ? reading.problem : '');
    if (reading.kind === 'problem') isWhole = false;
    if (reading.kind === 'value' && !isDefault(parameter, reading.value))
      values.push([parameter.name, reading.value]);
  }
  return isWhole ? Object.fromEntries(values) : null;
}

function makeField(parameter: ToolParameter, value: unknown): Field & { readonly row: HTMLElement } {
  const id = `field-${parameter.name}`;
  const help = makeElement('p', { className: 'form-help', id: `${id}-help` }, describeParameter(parameter));
  const problem = makeElement('p', { className: 'form-problem', attributes: { role: 'alert' } });
  const control = makeControl(parameter, help.id);
  control.set(writeFieldText(value ?? parameter.default));
  const label = makeElement('span', { className: 'form-label' }, parameter.name.replaceAll('_', ' '));
  const row = makeElement('div', { className: 'form-row' }, label, control.element, help, problem);
  return { parameter, control, problem, row };
}

function makeControl(parameter: ToolParameter, describedBy: string): FormControl<string> {
  const { name, type, choices, accepts, byBus } = parameter;
  const label = name.replaceAll('_', ' ');
  if (type === 'boolean') return makeTextOfCheck(makeCheckControl({ label, describedBy }));
  if (choices !== undefined && type !== 'list') {
    const none = parameter.default === undefined ? [{ value: '', label: '–' }] : [];
    return makeChoiceControl({ label, describedBy }, [
      ...none,
      ...choices.map((choice) => ({ value: choice, label: choice })),
    ]);
  }
  const files = accepts === undefined ? '' : byBus === true ? 'FILE, or 0=FILE, 1=FILE' : 'FILE';
  const placeholder = type === 'list' && accepts === undefined ? 'several with commas' : files;
  return makeTextControl({ label, describedBy, placeholder });
}

/** A box that is ticked, read as the text of its value. */
function makeTextOfCheck(control: FormControl<boolean>): FormControl<string> {
  return {
    element: control.element,
    get: () => String(control.get()),
    set: (text) => {
      control.set(text === 'true');
    },
    onChange: (listener) => {
      control.onChange(listener);
    },
  };
}

function describeParameter({ description, minimum, maximum, choices, type }: ToolParameter): string {
  const range =
    minimum !== undefined && maximum !== undefined
      ? `${String(minimum)} to ${String(maximum)}`
      : minimum !== undefined
        ? `at least ${String(minimum)}`
        : maximum !== undefined
          ? `at most ${String(maximum)}`
          : '';
  const known = choices !== undefined && type === 'list' ? `any of ${choices.join(', ')}` : '';
  const end = [range, known].filter((part) => part !== '').join('; ');
  return end === '' ? description : `${description.replace(/\.$/, '')} (${end})`;
}
