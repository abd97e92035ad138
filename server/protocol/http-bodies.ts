// Bodies of HTTP, for transports; everyone else takes their types from `index.ts`.
export * from './http-run-bodies.ts';
export * from './http-service-bodies.ts';
