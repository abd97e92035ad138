/** Ends a subscription. */
export type Unsubscribe = () => void;

/** A value that can be looked at and followed. */
export interface Readable<Value> {
  readonly get: () => Value;
  /** Calls back after every change, not at once. */
  readonly subscribe: (listener: (value: Value) => void) => Unsubscribe;
}

/** A value that is shared, and told to all who follow it when it changes. */
export interface Store<Value> extends Readable<Value> {
  /** Tells nobody where the value stays the same. */
  readonly set: (value: Value) => void;
}

/** How a store tells that a value stays the same. */
export type Equality<Value> = (a: Value, b: Value) => boolean;

/** Makes a store. */
export function createStore<Value>(initial: Value, isEqual: Equality<Value> = Object.is): Store<Value> {
  let current = initial;
  const listeners = createListeners<Value>();
  return {
    get: () => current,
    set: (value) => {
      if (isEqual(current, value)) return;
      current = value;
      listeners.tell(value);
    },
    subscribe: listeners.add,
  };
}

/** Those who want to be told something. */
export interface Listeners<Value> {
  readonly add: (listener: (value: Value) => void) => Unsubscribe;
  readonly tell: (value: Value) => void;
}

/** Makes a set of listeners; one that is added or removed while they are told changes only the next time. */
export function createListeners<Value>(): Listeners<Value> {
  const listeners = new Set<{ readonly listener: (value: Value) => void }>();
  return {
    add: (listener) => {
      const entry = { listener };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
    tell: (value) => {
      for (const { listener } of [...listeners]) listener(value);
    },
  };
}
