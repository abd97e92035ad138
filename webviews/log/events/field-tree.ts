import './field-tree.css';
import type { EventField } from '#protocol';
import { createFrameTask } from '../../shared/frame-task.ts';
import { makeElement } from '../../shared/element.ts';
import { clamp } from '../../shared/time-range.ts';
import { makeFieldRow } from './field-row.ts';
import { addService, findParent, isOpen, listSeenFields } from './open-fields.ts';

/** What the tree of fields tells. */
export interface FieldTreeOptions {
  readonly onPlot: (field: EventField) => void;
  /** Esc: back to the rows. */
  readonly onLeave: () => void;
}

const ROW = 22;

/** The fields of an event as a tree: one tab stop, arrows open and close, only what is seen is in the page. */
export class FieldTree {
  readonly element = makeElement('div', { className: 'field-tree', attributes: { role: 'tree' } });
  readonly #options: FieldTreeOptions;
  readonly #space = makeElement('div', {
    className: 'field-tree-space',
    attributes: { role: 'presentation' },
  });
  /** Paths that were opened or closed by hand, for every event of this kind. */
  readonly #turned = new Set<string>();
  #fields: readonly EventField[] = [];
  #seen: readonly number[] = [];
  /** Path of the selected field: kept from event to event. */
  #selected = '';
  #text = '';
  #marksChanges = true;
  readonly #draw = createFrameTask(() => {
    this.#drawNow();
  });

  constructor(options: FieldTreeOptions) {
    this.#options = options;
    this.element.append(this.#space);
    this.element.addEventListener('scroll', this.#draw);
    new ResizeObserver(this.#draw).observe(this.element);
    this.element.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (this.#press(event.key)) event.preventDefault();
    });
    this.element.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest<HTMLElement>('.field-row') : null;
      if (row !== null) this.#choose(Number(row.dataset['line']));
    });
  }

  /** Shows the fields of an event. */
  show(service: string, fields: readonly EventField[]): void {
    this.element.setAttribute('aria-label', `Fields of ${service}`);
    this.#fields = addService(service, fields);
    this.#list();
  }

  filter(text: string): void {
    this.#text = text;
    this.#list();
  }

  markChanges({ isOn }: { readonly isOn: boolean }): void {
    this.#marksChanges = isOn;
    this.#draw();
  }

  /** The selected field, where this event has it. */
  selected(): EventField | undefined {
    return this.#fields.find(({ path }) => path === this.#selected);
  }

  focus(): void {
    const line = Math.max(0, this.#selectedLine());
    this.#choose(line);
  }

  #list(): void {
    this.#seen = listSeenFields(this.#fields, { turned: this.#turned, text: this.#text });
    this.#draw();
  }

  #selectedLine(): number {
    return this.#seen.findIndex((place) => this.#fields[place]?.path === this.#selected);
  }

  #fieldIn(line: number): EventField | undefined {
    return this.#fields[this.#seen[line] ?? -1];
  }

  #drawNow(): void {
    this.#space.style.setProperty('height', `${this.#seen.length * ROW}px`);
    const { scrollTop, clientHeight } = this.element;
    const from = Math.max(0, Math.floor(scrollTop / ROW) - 4);
    const to = Math.min(this.#seen.length, Math.ceil((scrollTop + clientHeight) / ROW) + 4);
    const hadFocus = this.element.contains(document.activeElement);
    const rows: HTMLElement[] = [];
    for (let line = from; line < to; line += 1) rows.push(...this.#makeRow(line));
    this.element.replaceChildren(this.#space, ...rows);
    if (hadFocus) this.#focusSelected();
  }

  #makeRow(line: number): readonly HTMLElement[] {
    const place = this.#seen[line] ?? -1;
    const field = this.#fields[place];
    if (field === undefined) return [];
    const selectedLine = this.#selectedLine();
    const row = makeFieldRow(field, {
      isOpen: field.hasChildren && (this.#text !== '' || isOpen(this.#fields, place, this.#turned)),
      marksChange: this.#marksChanges,
      onTurn: () => {
        this.#turn(field);
      },
      onPlot: () => {
        this.#options.onPlot(field);
      },
    });
    row.dataset['line'] = String(line);
    row.tabIndex = line === Math.max(0, selectedLine) ? 0 : -1;
    row.setAttribute('aria-selected', String(line === selectedLine));
    row.style.setProperty('transform', `translateY(${line * ROW}px)`);
    return [row];
  }

  #turn({ path, hasChildren }: EventField): void {
    if (!hasChildren) return;
    if (!this.#turned.delete(path)) this.#turned.add(path);
    this.#list();
  }

  #choose(line: number): void {
    const field = this.#fieldIn(line);
    if (field === undefined) return;
    this.#selected = field.path;
    this.#reveal(line);
    this.#drawNow();
    this.#focusSelected();
  }

  #reveal(line: number): void {
    const { scrollTop, clientHeight } = this.element;
    const top = line * ROW;
    this.#space.style.setProperty('height', `${this.#seen.length * ROW}px`);
    this.element.scrollTop = clamp(scrollTop, top + ROW - clientHeight, top);
  }

  #focusSelected(): void {
    this.element.querySelector<HTMLElement>('.field-row[tabindex="0"]')?.focus({ preventScroll: true });
  }

  #press(key: string): boolean {
    const line = Math.max(0, this.#selectedLine());
    const field = this.#fieldIn(line);
    if (field === undefined) return false;
    const act = this.#actOf(key, line, field);
    act?.();
    return act !== undefined;
  }

  #actOf(key: string, line: number, field: EventField): (() => void) | undefined {
    const page = Math.max(1, Math.floor(this.element.clientHeight / ROW) - 1);
    const last = this.#seen.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ...{
        ArrowUp: line - 1,
        ArrowDown: line + 1,
        Home: 0,
        End: last,
        PageUp: line - page,
        PageDown: line + page,
      },
    };
    const next = moves[key];
    if (next !== undefined) return () => this.#choose(clamp(next, 0, last));
    const place = this.#seen[line] ?? 0;
    const isFieldOpen = field.hasChildren && isOpen(this.#fields, place, this.#turned);
    if (key === 'ArrowRight') return () => (isFieldOpen ? this.#choose(line + 1) : this.#turn(field));
    if (key === 'ArrowLeft') return () => this.#leave(field, place, isFieldOpen);
    if (key === 'Enter' || key === ' ') return () => this.#turn(field);
    if (key === 'Escape') return this.#options.onLeave;
    return undefined;
  }

  #leave(field: EventField, place: number, isFieldOpen: boolean): void {
    if (isFieldOpen) {
      this.#turn(field);
      return;
    }
    const parent = findParent(this.#fields, place);
    if (parent < 0) this.#options.onLeave();
    else this.#choose(this.#seen.indexOf(parent));
  }
}
