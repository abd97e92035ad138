import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CTS_VERSION, CtsError } from '#protocol';
import { DOCS_PAGE_POLICY, renderDocsPage } from '../openapi/docs-page.ts';
import { buildOpenApi, type OpenApiDocument } from '../openapi/openapi-document.ts';
import { describeApi } from './api-description.ts';
import { toMetricsBody } from './bodies/service-body.ts';
import type { HttpPorts } from './http-ports.ts';

/** Groups of metrics, which scripts of CTS-Lite look for in the text. */
const METRIC_GROUPS = ['execution_metrics', 'api_metrics', 'business_metrics', 'system_metrics'];

/** Adds the routes of `DOCUMENT_ROUTES`. */
export function registerDocuments(app: FastifyInstance, ports: HttpPorts): void {
  const documents = new Documents();
  const config = { isOpen: true };
  app.get('/openapi.json', { config }, () => documents.openApi);
  app.get('/docs', { config }, (_request, reply) =>
    reply
      .header('content-security-policy', DOCS_PAGE_POLICY)
      .type('text/html; charset=utf-8')
      .send(documents.page),
  );
  app.get('/redoc', { config }, (_request, reply) => reply.redirect('/docs'));
  app.get('/metrics', (request, reply) => answerMetrics(request, reply, ports));
}

/** Made when they are first asked for: most services are never asked, and start sooner. */
class Documents {
  #openApi: OpenApiDocument | undefined;
  #page: string | undefined;

  get openApi(): OpenApiDocument {
    return (this.#openApi ??= buildOpenApi(describeApi(), CTS_VERSION));
  }

  get page(): string {
    return (this.#page ??= renderDocsPage(this.openApi));
  }
}

async function answerMetrics(
  request: FastifyRequest,
  reply: FastifyReply,
  ports: HttpPorts,
): Promise<FastifyReply> {
  const { settings, handlers, prometheus } = ports;
  if (!settings.isMetricsEnabled)
    throw new CtsError(
      'ENDPOINT_NOT_FOUND',
      'There are no metrics: they are switched off in the configuration',
    );
  if (request.headers.accept?.includes('application/json') === true) {
    const context = { signal: new AbortController().signal, notify: () => undefined };
    return reply.send(toMetricsBody(await handlers['service/metrics']({}, context)));
  }
  const groups = METRIC_GROUPS.map((group) => `# group: ${group}\n`).join('');
  return reply.type('text/plain; version=0.0.4; charset=utf-8').send(groups + (await prometheus()));
}
