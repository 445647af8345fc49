import { z } from 'zod';
import type { AnyEndpoint } from './endpoint.js';
import { problemSchema } from './problem.js';

type Json = Record<string, unknown>;

const toSchema = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

const jsonContent = (schema: Json): Json => ({ 'application/json': { schema } });

const PROBLEM = { $ref: '#/components/schemas/Problem' };
const problem = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: PROBLEM } },
});

/** The OpenAPI 3.1 document, made of the very schemas that check requests and answers. */
export function openApiOf(endpoints: readonly AnyEndpoint[]): Json {
  const paths: Record<string, Json> = {};
  for (const declared of endpoints) {
    const known = paths[declared.path] ?? {};
    paths[declared.path] = { ...known, [declared.method]: operationOf(declared) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Numéro unique — staff API',
      version: '1',
      description:
        'The same services and permissions as the console. Nothing here tells who a caller is. Lists are read by cursor, edits carry If-Match.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Problem: toSchema(problemSchema, 'output') },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Made under “Mon compte”, lasts 90 days.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-console',
          description: 'The session of the console; changes also carry X-CSRF-Token, from /me.',
        },
      },
    },
  };
}

function operationOf(declared: AnyEndpoint): Json {
  const { method, path, permission, summary, body, answer, edits } = declared;
  return {
    operationId: operationId(method, path),
    summary,
    tags: [path.split('/')[1] ?? ''],
    description: `Permission: ${permission}.`,
    'x-permission': permission,
    parameters: parametersOf(declared),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: jsonContent(toSchema(body, 'input')) } }),
    responses: {
      200: { description: 'Done.', content: jsonContent(toSchema(answer, 'output')) },
      400: problem('The request will not do.'),
      401: problem('No session and no token.'),
      403: problem('The account does not allow it.'),
      404: problem('Unknown.'),
      409: problem('Somebody else was faster, or its state does not allow it.'),
      ...(edits === true
        ? {
            412: problem('It was changed since it was read: `current` and `given` show both.'),
            428: problem('If-Match is missing.'),
          }
        : {}),
    },
  };
}

const operationId = (method: string, path: string): string =>
  [method, ...path.split('/').map((part) => part.replace(/[{}]/g, ''))]
    .filter((part) => part !== '')
    .join('-');

function parametersOf({ params, query, edits }: AnyEndpoint): Json[] {
  const match = { in: 'header', name: 'If-Match', required: true, schema: { type: 'string' } };
  return [
    ...fieldsOf(params, 'path'),
    ...fieldsOf(query, 'query'),
    ...(edits === true ? [{ ...match, description: 'The ETag of what was read.' }] : []),
  ];
}

function fieldsOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = toSchema(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, field]) => ({
    ...{ in: place, name, schema: field },
    required: place === 'path' || required.includes(name),
  }));
}
