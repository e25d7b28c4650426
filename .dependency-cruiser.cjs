// The rooms of the house, ground floor first. A room imports only itself and rooms below it.
const rooms = [
  'core',
  'words',
  'net',
  'doctor',
  'workers',
  'session',
  'report',
  'transfer',
  'engine',
  'bench',
  'ui',
  'commands',
];

/** Rooms that a room must not know although they are below it. */
const apart = {
  net: ['words'],
  session: ['net', 'doctor', 'workers'],
  workers: ['net', 'doctor', 'words'],
  report: ['net', 'doctor', 'workers'],
  transfer: ['doctor', 'workers', 'report'],
  ui: ['net', 'doctor', 'workers', 'session', 'report', 'transfer', 'engine', 'bench'],
};

const upward = rooms.map((room, floor) => ({
  name: `${room}-looks-only-down`,
  severity: 'error',
  from: { path: `^source/${room}/` },
  to: {
    path: `^source/(${[...rooms.slice(floor + 1), ...(apart[room] ?? [])].join('|') || 'nowhere'})/|^cli`,
  },
}));

module.exports = {
  forbidden: [
    ...upward,
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-is-pure',
      comment: 'time, randomness, files and sockets come in as arguments',
      severity: 'error',
      from: { path: '^source/(core|words)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'react-lives-in-ui',
      severity: 'error',
      from: { path: '^source/', pathNot: '^source/ui/' },
      to: { path: 'node_modules/(react|ink|ink-text-input)/' },
    },
    {
      name: 'ui-has-no-sockets-or-files',
      severity: 'error',
      from: { path: '^source/ui/' },
      to: { path: '^(dgram|net|worker_threads|fs/promises)$', dependencyTypes: ['core'] },
    },
    {
      name: 'no-orphans',
      comment: 'what nothing imports is no longer used',
      severity: 'error',
      from: { orphan: true, pathNot: '-thread\\.ts$|\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
