import type * as vscode from 'vscode';

/** The part of the editor's collection that is written to. */
export type Variables = Pick<
  vscode.EnvironmentVariableCollection,
  'replace' | 'prepend' | 'delete' | 'description'
>;

/** What terminals need so that `cts` in them reaches the runs of the editor. */
export interface TerminalPlace {
  /** Folder of the launcher. */
  readonly launcherFolder: string;
  /** Node, or the editor's own program, which is Node when it is told so. */
  readonly node: string;
  readonly dataFolder: string;
  /** The service that a setting names. */
  readonly serviceUrl: string | undefined;
  readonly pathSeparator: string;
}

/**
 * Sets up terminals: `cts` is found, and the data folder says where the backend answers and with which token, also
 * after it was started again elsewhere.
 */
export function describeTerminals(variables: Variables, place: TerminalPlace): void {
  Object.assign(variables, { description: 'The command `cts`, on the runs of the editor.' });
  variables.prepend('PATH', place.launcherFolder + place.pathSeparator);
  variables.replace('CTS_NODE', place.node);
  variables.replace('CTS_DATA_DIR', place.dataFolder);
  if (place.serviceUrl === undefined) variables.delete('CTS_URL');
  else variables.replace('CTS_URL', place.serviceUrl);
}
