import {
  provideVSCodeDesignSystem,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

/** A control of a form, whoever draws it. */
export interface FormControl<Value> {
  readonly element: HTMLElement;
  get(): Value;
  set(value: Value): void;
  onChange(listener: () => void): void;
}

/** What every control is told. */
export interface FormControlOptions {
  /** Read out; the label that is seen stands beside the control. */
  readonly label: string;
  /** Id of the element that explains the control or says what is wrong. */
  readonly describedBy?: string;
}

/** What a field for text is told besides. */
export interface TextControlOptions extends FormControlOptions {
  readonly placeholder?: string;
}

/** A choice of a drop-down. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Defines the controls, once per page that has a form. */
export function defineFormControls(): void {
  provideVSCodeDesignSystem().register(vsCodeCheckbox(), vsCodeDropdown(), vsCodeOption(), vsCodeTextField());
}

/** Makes a field for one line. */
export function makeTextControl(options: TextControlOptions): FormControl<string> {
  return makeValueControl('vscode-text-field', options);
}

/** Makes a drop-down. */
export function makeChoiceControl(
  options: FormControlOptions,
  choices: readonly Choice[],
): FormControl<string> {
  const control = makeValueControl('vscode-dropdown', options);
  control.element.append(...choices.map(makeChoice));
  return control;
}

/** Makes a box that is ticked or not. */
export function makeCheckControl(options: FormControlOptions): FormControl<boolean> {
  const element: HTMLElement & { checked?: boolean } = document.createElement('vscode-checkbox');
  describe(element, options);
  element.append(options.label);
  return {
    element,
    get: () => element.checked === true,
    set: (value) => {
      element.checked = value;
    },
    onChange: (listener) => {
      element.addEventListener('change', listener);
    },
  };
}

function makeValueControl(
  name: string,
  { placeholder, ...options }: TextControlOptions,
): FormControl<string> {
  const element: HTMLElement & { value?: string } = document.createElement(name);
  describe(element, options);
  // Once in the page, fields and boxes are called by their text, whatever they were called before.
  if (name !== 'vscode-dropdown') element.append(options.label);
  if (placeholder !== undefined) element.setAttribute('placeholder', placeholder);
  return {
    element,
    get: () => element.value ?? '',
    set: (value) => {
      element.value = value;
    },
    onChange: (listener) => {
      element.addEventListener('input', listener);
      element.addEventListener('change', listener);
    },
  };
}

function describe(element: HTMLElement, { label, describedBy }: FormControlOptions): void {
  element.setAttribute('aria-label', label);
  if (describedBy !== undefined) element.setAttribute('aria-describedby', describedBy);
}

function makeChoice({ value, label }: Choice): HTMLElement {
  const option = document.createElement('vscode-option');
  option.setAttribute('value', value);
  option.append(label);
  return option;
}
