import type { OpenApiDocument, OpenApiOperation } from './openapi-document.ts';

/** One operation and where it is. */
export interface PlacedOperation {
  /** In lower case. */
  readonly verb: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
}

/** Operations in the order of the document. */
export function listOperations({ paths }: OpenApiDocument): readonly PlacedOperation[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([verb, operation]) => ({ verb, path, operation })),
  );
}
