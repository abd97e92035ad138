import * as z from 'zod';

/**
 * What SARIF 2.1.0 (OASIS, sarif-schema-2.1.0.json) says of the objects that we write: which members there may be, which
 * must be, and what they hold. Members of the standard that we never write are left out, so they are refused.
 */
const message = z.strictObject({ text: z.string().min(1) });

const artifactLocation = z.strictObject({
  uri: z.string().regex(/^[^\s\\]+$/),
  uriBaseId: z.string().optional(),
  index: z.int().min(0).optional(),
});

const region = z
  .strictObject({
    startLine: z.int().min(1),
    startColumn: z.int().min(1),
    endLine: z.int().min(1),
    endColumn: z.int().min(1),
  })
  .refine(
    ({ startLine, endLine, startColumn, endColumn }) =>
      startLine < endLine || (startLine === endLine && startColumn <= endColumn),
    'ends before it starts',
  );

const location = z.strictObject({
  id: z.int().min(0).optional(),
  message: message.optional(),
  physicalLocation: z.strictObject({ artifactLocation, region: region.optional() }),
});

const level = z.enum(['none', 'note', 'warning', 'error']);

const rule = z.strictObject({
  id: z.string().min(1),
  shortDescription: message,
  help: message,
  defaultConfiguration: z.strictObject({ level: level.optional(), enabled: z.boolean().optional() }),
});

const fix = z.strictObject({
  description: message,
  artifactChanges: z
    .array(
      z.strictObject({
        artifactLocation,
        replacements: z
          .array(z.strictObject({ deletedRegion: region, insertedContent: message.optional() }))
          .min(1),
      }),
    )
    .min(1),
});

const result = z.strictObject({
  ruleId: z.string(),
  ruleIndex: z.int().min(0).optional(),
  level,
  message,
  locations: z.array(location).min(1),
  relatedLocations: z.array(location).min(1).optional(),
  fixes: z.array(fix).min(1).optional(),
});

const run = z.strictObject({
  tool: z.strictObject({
    driver: z.strictObject({ name: z.string().min(1), version: z.string().min(1), rules: z.array(rule) }),
  }),
  columnKind: z.literal('utf16CodeUnits'),
  originalUriBaseIds: z.record(z.string(), z.strictObject({ uri: z.string().regex(/^file:\/\/.*\/$/) })),
  invocations: z.array(
    z.strictObject({
      executionSuccessful: z.boolean(),
      toolExecutionNotifications: z.array(
        z.strictObject({ level, message, locations: z.array(location).min(1) }),
      ),
    }),
  ),
  artifacts: z.array(
    z.strictObject({ location: artifactLocation, encoding: z.string(), sourceLanguage: z.literal('dbc') }),
  ),
  results: z.array(result),
});

/** A SARIF document as we write it. */
export const SarifLog = z
  .strictObject({
    $schema: z.literal('https://json.schemastore.org/sarif-2.1.0.json'),
    version: z.literal('2.1.0'),
    runs: z.array(run).length(1),
  })
  .superRefine(({ runs }, context) => {
    for (const { tool, results, artifacts } of runs)
      for (const { ruleId, ruleIndex, locations } of results) {
        const place = locations[0]?.physicalLocation.artifactLocation;
        const isNamed = ruleIndex === undefined || tool.driver.rules[ruleIndex]?.id === ruleId;
        const isListed = artifacts[place?.index ?? -1]?.location.uri === place?.uri;
        if (!isNamed) context.addIssue(`ruleIndex ${String(ruleIndex)} is not ${ruleId}`);
        if (!isListed) context.addIssue(`${String(place?.uri)} is not the artifact ${String(place?.index)}`);
      }
  });

/** A SARIF document as we write it. */
export type SarifLog = z.infer<typeof SarifLog>;
