import type { FastifyInstance } from 'fastify';

/** A route that Fastify answers. */
export interface RegisteredRoute {
  readonly verb: string;
  /** As Fastify writes it: `/v1/runs/:runId`. */
  readonly path: string;
}

/** Keeps the list of routes as they are registered. HEAD is left out where it follows from GET. */
export class RegisteredRoutes {
  readonly #routes: RegisteredRoute[] = [];

  /** Listens to what is registered from now on. */
  listen(app: FastifyInstance): void {
    app.addHook('onRoute', ({ method, url }) => {
      // The plugin of CORS answers preflights everywhere.
      if (url !== '*') this.#routes.push(...[method].flat().map((verb) => ({ verb, path: url })));
    });
  }

  /** All of them, each once. */
  list(): readonly RegisteredRoute[] {
    const gets = new Set(this.#routes.filter(({ verb }) => verb === 'GET').map(({ path }) => path));
    const routes = this.#routes.filter(({ verb, path }) => verb !== 'HEAD' || !gets.has(path));
    return [...new Map(routes.map((route) => [`${route.verb} ${route.path}`, route])).values()];
  }

  /** Verbs that are answered at an address, sorted. */
  listVerbs(url: string): readonly string[] {
    const parts = splitPath(url.split('?')[0] ?? '');
    const matching = this.#routes.filter(({ path }) => isSamePath(splitPath(path), parts));
    return [...new Set(matching.map(({ verb }) => verb))].sort();
  }
}

function splitPath(path: string): readonly string[] {
  return path.replace(/\/$/, '').split('/');
}

function isSamePath(pattern: readonly string[], parts: readonly string[]): boolean {
  return (
    pattern.length === parts.length &&
    pattern.every((name, index) => (name.startsWith(':') ? parts[index] !== '' : name === parts[index]))
  );
}
