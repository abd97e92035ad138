import js from '@eslint/js';
import jsdoc from 'eslint-plugin-jsdoc';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const PURE_ROOMS = ['server/protocol/**/*.ts', 'server/core/**/*.ts'];
const NOT_THE_PRODUCT = ['test/**', 'bench/**', 'tools/**', '*.ts', '*.mjs', '.*.mjs'];

/** `f(true)` tells the reader nothing: an option with a name, or two functions, do. */
const NO_BOOLEAN_PARAMETER = {
  selector:
    'ExportNamedDeclaration > FunctionDeclaration > Identifier.params[typeAnnotation.typeAnnotation.type="TSBooleanKeyword"]',
  message: 'No boolean parameters in exported functions: use an option with a name.',
};

/** `import { z }` brings all of zod, 360 kB, into every start; the namespace brings what is used. */
const ZOD_AS_NAMESPACE = {
  selector:
    'ImportDeclaration[source.value="zod"][importKind!="type"] > :matches(ImportSpecifier, ImportDefaultSpecifier)',
  message: 'Write "import * as z from \'zod\'".',
};

/** Whoever reads a typed array in a hot loop has checked the index; everywhere else the type is right. */
const NON_NULL_ON_ELEMENT_READS_ONLY = {
  selector: 'TSNonNullExpression:not([expression.type="MemberExpression"][expression.computed=true])',
  message: '"!" is for element reads of typed arrays only.',
};

export default defineConfig(
  globalIgnores(['dist', 'coverage', 'out', '.types', 'tools/node/node_modules', 'test/fixtures']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    // Code is mended, not excused.
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
      'no-console': 'error',
      'no-param-reassign': 'error',
      'no-restricted-syntax': ['error', NO_BOOLEAN_PARAMETER, ZOD_AS_NAMESPACE],
      'no-warning-comments': 'error',
      // The type checker knows better.
      'no-undef': 'off',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // An async function may fulfil an interface without awaiting anything.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: PURE_ROOMS,
    plugins: { jsdoc },
    settings: { jsdoc: { mode: 'typescript' } },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          require: { ClassDeclaration: true, FunctionDeclaration: true },
          contexts: [
            'TSInterfaceDeclaration',
            'TSTypeAliasDeclaration',
            'ExportNamedDeclaration > VariableDeclaration',
          ],
        },
      ],
      'jsdoc/check-tag-names': ['error', { typed: true }],
      'jsdoc/check-param-names': ['error', { disableMissingParamChecks: true }],
      'jsdoc/no-types': 'error',
      // Clock, chance and the world are handed in.
      'no-restricted-globals': [
        'error',
        'Date',
        'globalThis',
        'console',
        'process',
        'Buffer',
        'performance',
        'crypto',
      ],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
    },
  },
  {
    files: ['server/core/**/*.ts'],
    rules: {
      // In a hot loop an options object per call costs more than a fourth parameter.
      'max-params': ['error', 4],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': ['error', NO_BOOLEAN_PARAMETER, NON_NULL_ON_ELEMENT_READS_ONLY],
    },
  },
  {
    // Columns of open logs are walked here, too.
    files: ['server/services/sessions/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': ['error', NO_BOOLEAN_PARAMETER, NON_NULL_ON_ELEMENT_READS_ONLY],
    },
  },
  {
    // Written by a script.
    files: ['server/core/schema/tables/**'],
    rules: { 'max-lines': 'off' },
  },
  {
    // ESLint does not see the casts of JSDoc; the type checker does.
    files: ['**/*.mjs'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-return': 'off' },
  },
  {
    files: NOT_THE_PRODUCT,
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'no-console': 'off' },
  },
);
