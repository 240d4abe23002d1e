/** Lowest storey first. A storey imports itself and the storeys below it, never one above. */
const storeys = ['units', 'geometry', 'space', 'accounting', 'workload', 'sharing', 'host', 'plan']
const wings = ['scenario', 'saved', 'render', 'report', 'cli', 'capture', 'importers']
/**
 * Folders inside a room, lowest first; '.' is the room itself, where its main modules are. A folder
 * imports itself and the folders before it.
 */
export const folders = {
  plan: [
    ...['result', 'strategy', 'gates', 'limits', 'programs', 'advice', 'findings', 'postmortem'],
    ...['timeline', 'cases', '.', 'explain', 'verify', 'sweep', 'diff', 'ranges'],
  ],
  sharing: ['pools', '.'],
  capture: ['files', 'machine', 'printed', 'archive', 'estimate', 'host', 'draft', 'collect', '.'],
  scenario: ['yaml', 'schema', 'zod', 'resolve', 'candidates', 'vary', 'ranges', '.'],
  'importers/postgresql': ['guc', '.'],
  'importers/oom-report': ['log', '.'],
  render: ['text', 'words', 'sections', 'screen', 'limits', 'sweep', 'timeline', '.', 'formats'],
  report: ['markup', 'scenario', 'pictures', 'sections', '.', 'page'],
  cli: ['machine', 'output', 'arguments', 'scenarios', 'pages', 'completion', 'commands', '.'],
}
/** Packages that are part of the program. */
const bundledPackages = 'chalk|cli-table3|commander|picomatch|xz-decompress|yaml|zod'
const strategy =
  '^src/sharing/(as-described|base-pages|threads|hugetlb|pmd-sharing|thp|mshare)[.]ts$'

const looksDownOnly = storeys.map((storey, floor) => ({
  name: `${storey}-looks-down-only`,
  comment: 'A lower storey must not know that a higher one, or a wing, exists.',
  severity: 'error',
  from: { path: `^src/${storey}/` },
  to: { path: `^src/(${[...storeys.slice(floor + 1), ...wings].join('|')})/` },
}))

const foldersInOrder = Object.entries(folders).flatMap(([room, order]) =>
  order.slice(0, -1).map((folder, floor) => ({
    name: `${room}-${folder === '.' ? 'main' : folder}-looks-down-only`,
    comment: 'Inside a room too, a folder must not know the folders above it.',
    severity: 'error',
    from: { path: within(room, folder) },
    to: { path: order.slice(floor + 1).map((above) => within(room, above)) },
  })),
)

function within(room, folder) {
  return folder === '.' ? `^src/${room}/[^/]+$` : `^src/${room}/${folder}/`
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...looksDownOnly,
    ...foldersInOrder,
    {
      name: 'strategies-are-strangers',
      comment: 'What two strategies share belongs in accounting.',
      severity: 'error',
      from: { path: strategy },
      to: { path: strategy },
    },
    {
      name: 'scenario-makes-workloads-only',
      comment: 'Reading a scenario never plans, renders or touches the machine.',
      severity: 'error',
      from: { path: '^src/scenario/' },
      to: { path: '^src/', pathNot: '^src/(scenario|units|geometry|space|accounting|workload)/' },
    },
    {
      name: 'saved-reads-results-back',
      comment: 'What was planned once is read, never planned again.',
      severity: 'error',
      from: { path: '^src/saved/' },
      to: {
        path: '^src/',
        pathNot: '^src/(saved|scenario|units|geometry|space|accounting|workload)/',
      },
    },
    {
      name: 'importers-make-scenarios-only',
      comment:
        'An importer is handed text and writes a scenario; it never plans, and knows no machine. What tables span is geometry.',
      severity: 'error',
      from: { path: '^src/importers/' },
      to: { path: '^src/', pathNot: '^src/(importers|units|scenario|geometry)/' },
    },
    {
      name: 'capture-writes-scenarios',
      comment:
        'It reads a machine and writes text. What tables span is geometry, sets of spans are intervals of space; what they cost, cli asks the plan.',
      severity: 'error',
      from: { path: '^src/capture/' },
      to: { path: '^src/', pathNot: '^src/(capture|scenario|space|geometry|units)/' },
    },
    {
      name: 'render-reads-results-only',
      comment: 'A renderer sees the published result and the units, never the model behind them.',
      severity: 'error',
      from: { path: '^src/render/' },
      to: {
        path: '^src/',
        pathNot: '^src/(render|units|plan/result)/',
      },
    },
    {
      name: 'report-runs-in-a-browser',
      comment:
        'What draws a report works in the page too: it plans and renders, and reads no text.',
      severity: 'error',
      from: { path: '^src/report/' },
      to: {
        path: [
          '^src/(cli|capture|importers|saved)/',
          '^src/scenario/[^/]+$',
          '^src/scenario/yaml/(read-|build-|edit-|flow-|overrides)',
        ],
      },
    },
    {
      name: 'only-cli-knows-the-machine',
      comment: 'node: modules are imported by cli. The rest is handed text.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'parsers-at-the-border',
      comment: 'zod and yaml guard the border; inside it, types are already true.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(scenario|saved)/' },
      to: { path: 'node_modules/(zod|yaml)/' },
    },
    {
      name: 'ink-in-render-only',
      comment: 'Colour and table drawing belong to render.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/render/' },
      to: { path: 'node_modules/(chalk|cli-table3)/' },
    },
    {
      name: 'commander-in-cli-only',
      comment: 'Only cli knows the command line.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: 'node_modules/commander/' },
    },
    {
      name: 'cli-is-opened-by-bin-only',
      comment: 'Nobody inside imports the command line.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'bin-opens-cli-only',
      comment: 'bin is a shebang and an import of the bundled command line.',
      severity: 'error',
      from: { path: '^bin/' },
      to: { path: '^(src|dist)/', pathNot: '^dist/bundle/' },
    },
    {
      name: 'src-knows-no-test',
      comment: 'What ships never depends on a test.',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: { path: '^test/' },
    },
    {
      name: 'bundles-no-tool',
      comment:
        'Packages are bundled and none is installed with the program: these few, and no tool of the workshop.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm'],
        dependencyTypesNot: ['type-only'],
        pathNot: `node_modules/(${bundledPackages})/`,
      },
    },
    {
      name: 'no-cycle',
      comment: 'Two modules that need each other are one module, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment: 'A module that nobody imports is dead.',
      severity: 'error',
      from: { orphan: true, path: '^src/' },
      to: {},
    },
  ],
  options: {
    // Bundles are what becomes of src; one may load another late that has loaded it.
    doNotFollow: { path: ['node_modules', '^dist/bundle/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
}
