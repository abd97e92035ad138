import { createHash } from 'node:crypto';
import { ERROR_TRAITS } from '#protocol';
import { writeCurlExample } from './curl-example.ts';
import { DOCS_STYLE } from './docs-style.ts';
import { html, type Html, writeInlineCode } from './html-text.ts';
import type { JsonSchema } from './json-schema.ts';
import type {
  OpenApiContent,
  OpenApiDocument,
  OpenApiParameter,
  OpenApiResponse,
} from './openapi-document.ts';
import { listOperations, type PlacedOperation } from './placed-operations.ts';
import { listMembers, writeDescription, writeType } from './schema-text.ts';

/** What the page may do: show its own style. Nothing is loaded, nothing runs. */
export const DOCS_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(DOCS_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Without a blank around the style: its hash is what the policy allows. */
const STYLE_ELEMENT: Html = { markup: `<style>${DOCS_STYLE}</style>` };

/** Shows the document as one page that needs nothing else. */
export function renderDocsPage(document: OpenApiDocument): string {
  const { title, version, description } = document.info;
  const operations = listOperations(document);
  const groups = document.tags.map(({ name }) => ({
    name,
    operations: operations.filter(({ operation }) => operation.tags.includes(name)),
  }));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} ${version}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <nav aria-label="Contents">
          <a href="#top"><strong>${title}</strong></a> <span class="note">${version}</span>
          ${groups.map(
            ({ name, operations: members }) =>
              html`<h2>${name}</h2>
                <ul>
                  ${members.map(renderEntry)}
                </ul>`,
          )}
          <h2>Reference</h2>
          <ul>
            <li><a href="#schemas">Schemas</a></li>
            <li><a href="#errors">Errors</a></li>
          </ul>
        </nav>
        <main id="top">
          <h1>${title}</h1>
          <p class="note">Version ${version} · <a href="/openapi.json">openapi.json</a></p>
          <p>${String(description)}</p>
          ${groups.map(
            ({ name, operations: members }) =>
              html`<h2 id="${name}">${name}</h2>
                ${members.map(renderOperation)}`,
          )}
          <h2 id="schemas">Schemas</h2>
          ${Object.entries(document.components.schemas).map(([id, schema]) => renderSchema(id, schema))}
          <h2 id="errors">Errors</h2>
          <p>
            Every failure is a <a href="#ProblemBody">ProblemBody</a>. Switch on its <code>code</code>, never
            on its text.
          </p>
          <table>
            <tr>
              <th>Code</th>
              <th>Status</th>
              <th>Category</th>
            </tr>
            ${Object.entries(ERROR_TRAITS).map(
              ([code, traits]) =>
                html`<tr id="${code}">
                  <td><code>${code}</code></td>
                  <td>${traits.httpStatus}</td>
                  <td>${traits.category}</td>
                </tr>`,
            )}
          </table>
        </main>
      </body>
    </html> `;
  return page.markup;
}

function renderEntry({ verb, path, operation }: PlacedOperation): Html {
  return html`<li>
    <a href="#${operation.operationId}" title="${operation.summary}"
      ><span class="verb ${verb}">${verb.toUpperCase()}</span>${path}</a
    >
  </li>`;
}

function renderOperation({ verb, path, operation }: PlacedOperation): Html {
  const { operationId, summary, description, parameters, requestBody, security } = operation;
  const curl = writeCurlExample(verb, path, operation);
  return html`<section class="operation" id="${operationId}">
    <h3><span class="verb ${verb}">${verb.toUpperCase()}</span><a href="#${operationId}">${path}</a></h3>
    <p class="summary">
      ${summary}${security.length === 0 ? html`<span class="open" title="Needs no key">open</span>` : undefined}
    </p>
    ${description === undefined ? undefined : html`<p>${writeInlineCode(description)}</p>`}
    ${
      parameters.length === 0
        ? undefined
        : html`<h4>Parameters</h4>
            <table>
              ${parameters.map(renderParameter)}
            </table>`
    }
    ${
      requestBody === undefined
        ? undefined
        : html`<h4>Body</h4>
            ${renderContent(requestBody.content)}`
    }
    <h4>Answers</h4>
    <table class="answers">
      ${Object.entries(operation.responses).map(renderResponse)}
    </table>
    ${
      curl === undefined
        ? undefined
        : html`<h4>Example</h4>
            <pre>${curl}</pre>`
    }
  </section> `;
}

/** That anything else may go wrong goes without saying. */
function renderResponse([status, { description, content, headers = {} }]: [string, OpenApiResponse]): Html {
  if (status === 'default') return html``;
  const lines = Object.entries(headers).map(
    ([name, header]) =>
      html`<br /><span class="note"><code>${name}</code> ${writeInlineCode(header.description)}</span>`,
  );
  const codes = description.split(', ').map((code) => html`<a href="#${code}"><code>${code}</code></a> `);
  const isFailure = content?.['application/problem+json'] !== undefined;
  const text = isFailure ? html`${codes}` : html`${writeInlineCode(description)}${renderTypes(content)}`;
  return html`<tr>
    <td>${status}</td>
    <td>${text}${lines}</td>
  </tr>`;
}

function renderParameter({ name, in: place, required, description, schema }: OpenApiParameter): Html {
  const text = writeDescription({ ...schema, ...(description !== undefined && { description }) });
  return html`<tr>
    <td><code>${name}</code> <span class="note">${place}${required ? ', required' : ''}</span></td>
    <td><span class="type">${renderType(schema)}</span>${writeInlineCode(text)}</td>
  </tr>`;
}

function renderContent(content: OpenApiContent): Html {
  const bodies = Object.entries(content).map(([mediaType, { schema = {}, example }]) => {
    const shown = example === undefined ? undefined : html`<pre>${JSON.stringify(example, null, 2)}</pre>`;
    return html`<p>
        ${renderType(schema)}
        <span class="note">${mediaType}</span> ${writeInlineCode(schema.description ?? '')}
      </p>
      ${shown}`;
  });
  return html`${bodies}`;
}

/** Types of an answer. */
function renderTypes(content: OpenApiContent = {}): Html {
  const types = Object.entries(content).map(
    ([mediaType, { schema = {} }]) =>
      html` · ${isSaid(schema) ? renderType(schema) : undefined} <span class="note">${mediaType}</span>`,
  );
  return html`${types}`;
}

/** Whether a schema says of what form a body is. */
function isSaid(schema: JsonSchema): boolean {
  return Object.keys(schema).some((key) => key !== 'description');
}

function renderSchema(id: string, schema: JsonSchema): Html {
  const members = listMembers(schema);
  const rows = members.map(
    ({ name, isRequired, schema: member, description }) =>
      html`<tr>
        <td><code>${name}</code>${isRequired ? undefined : html` <span class="note">optional</span>`}</td>
        <td><span class="type">${renderType(member)}</span>${writeInlineCode(description)}</td>
      </tr>`,
  );
  return html`<section class="schema" id="${id}">
    <h3><a href="#${id}">${id}</a></h3>
    ${
      members.length === 0
        ? html`<p>${renderType(schema)} ${schema.description}</p>`
        : html`<table>
            ${rows}
          </table>`
    }
  </section> `;
}

/** A type whose components lead to where they are described: names that begin with a capital and are not quoted. */
function renderType(schema: JsonSchema): Html {
  const pieces = writeType(schema)
    .split(/(?<!")\b([A-Z]\w*)\b(?!")/)
    .map((piece, index) => (index % 2 === 1 ? html`<a href="#${piece}">${piece}</a>` : html`${piece}`));
  return html`${pieces}`;
}
