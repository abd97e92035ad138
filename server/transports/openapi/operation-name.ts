/** Name of an operation, also its anchor: `GET /v1/runs/:runId/logs` is `getRunsByRunIdLogs`. */
export function nameOperation(verb: string, path: string): string {
  const isAtRoot = !path.startsWith('/v1/');
  const words = path
    .replace(/^\/v1\//, '/')
    .split(/[/._-]/)
    .filter((word) => word !== '');
  const name = words
    .map((word) => capitalize(word.startsWith(':') ? `by${capitalize(word.slice(1))}` : word))
    .join('');
  return `${verb.toLowerCase()}${isAtRoot ? 'Root' : ''}${name}`;
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
