/** Which folder may import which (its own folder is always allowed). The picture: CONTRIBUTING.md. */
const MAY_IMPORT = {
  crypto: [],
  ports: [],
  support: [],
  fhir: ['ports'],
  abdm: ['crypto', 'support'],
  persistence: ['ports', 'support'],
  jobs: ['persistence', 'support'],
  exchange: ['abdm', 'jobs', 'persistence', 'support'],
  hospital: ['ports', 'support'],
  matching: ['ports', 'support'],
  api: ['flows', 'hospital', 'ports', 'persistence', 'support'],
  flows: ['abdm', 'exchange', 'fhir', 'crypto', 'jobs', 'matching', 'persistence', 'ports', 'support'],
  simulator: ['crypto', 'support'], // never abdm/: it must not inherit our mistakes
};

const folderRules = Object.entries(MAY_IMPORT).map(([from, to]) => ({
  name: `${from}-imports`,
  severity: 'error',
  comment: `src/${from} may import only: ${to.join(', ') || 'nothing of ours'}`,
  from: { path: `^src/${from}/`, pathNot: '\\.spec\\.ts$' },
  to: { path: '^src/', pathNot: `^src/(${[from, ...to].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...folderRules,
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two decorated ESM classes that import each other compile and then die at start.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'flows-do-not-import-flows',
      severity: 'error',
      comment: 'Two flows talk through a job or an event.',
      from: { path: '^src/flows/([^/]+)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/flows/([^/]+)/', pathNot: '^src/flows/$1/' },
    },
    {
      name: 'pure-folders-know-no-framework',
      severity: 'error',
      comment: 'fhir/, crypto/ and ports/ have never heard of Nest, TypeORM or the network.',
      from: { path: '^src/(fhir|crypto|ports)/', pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules/(@nestjs|typeorm|axios|pg|fastify|graphile-worker)/' },
    },
    {
      name: 'sources-do-not-import-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '(\\.spec\\.ts$|^test/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
