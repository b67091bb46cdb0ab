const swc = [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      keepClassNames: true,
    },
    module: { type: 'es6' },
  },
];

/** An ES module that @fastify/static `require`s: Node can do that, Jest's loader only from Node 24 on. */
const ES_MODULE_REQUIRED = 'node_modules/content-disposition/';

const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  setupFiles: ['reflect-metadata'],
  transform: {
    '^.+\\.ts$': swc,
    [`${ES_MODULE_REQUIRED}.+\\.js$`]: ['@swc/jest', { module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!content-disposition/)`],
};

/** `unit`: pure functions, beside their source. `flow`: the running program with PostgreSQL and the simulator. */
export default {
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.ts'] },
    {
      ...shared,
      displayName: 'flow',
      testMatch: ['<rootDir>/test/**/*-spec.ts'],
      globalSetup: '<rootDir>/test/setup/start-postgres.js',
      globalTeardown: '<rootDir>/test/setup/stop-postgres.js',
    },
  ],
  testTimeout: 60_000,
  maxWorkers: 2,
};
