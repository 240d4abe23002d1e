// Makes what is shipped, after tsc: dist/bundle, the program and the library in parts that are loaded
// when they are asked for, and dist/library, the door of the library with its types.
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeBundles } from './bundles.mjs'
import { compileAtOnce } from './compile-at-once.mjs'
import { helpTexts } from './help-texts.mjs'
import { licences } from './licences.mjs'
import { typesFrom } from './reached-types.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

/**
 * What each bundle offers: modules of src/, or a package.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const offers = {
  program: [
    ...['cli/program', 'cli/output/delivery', 'cli/machine/read-input'],
    'render/sections/detail-names',
  ],
  options: ['cli/arguments/command-line'],
  // What capture needs of the model.
  base: [
    ...['plan/verify/planned-demand', 'scenario/resolve/resolve-workload', 'plan/result/tool'],
    ...['units/format', 'units/printable', 'scenario/yaml/double-quoted'],
  ],
  model: [
    ...['plan/plan', 'plan/check', 'plan/gates/re-judge'],
    ...['workload/first-regions', 'plan/limits/reasons'],
  ],
  steps: [
    ...['plan/timeline/timeline', 'scenario/resolve/timeline/resolve-timeline'],
    ...['scenario/resolve/timeline/set-values'],
  ],
  oom: ['plan/postmortem/postmortem'],
  // What the screen shares with a report, whose page carries it.
  screen: [
    ...['render/screen/heading', 'render/screen/verdict', 'render/screen/gate-lines'],
    ...['render/screen/strategy-table', 'render/screen/first-steps', 'render/screen/assumed'],
    ...['render/screen/brief-findings', 'render/words/finding-words'],
    ...['render/sections/fleet-row', 'render/words/fleet-words'],
    ...['render/screen/timeline-lines'],
  ],
  oomscreen: ['render/screen/postmortem-screen'],
  stepspart: ['report/sections/timeline-part'],
  report: [
    ...['report/report-parts', 'report/sections/fleet-part', 'report/scenario/replan'],
    ...['report/scenario/changed-data', 'report/markup/markup'],
  ],
  html: ['cli/pages/report-page', 'report/pictures/filling-chart'],
  sweeppage: ['report/sweep/write-sweep'],
  diffpage: ['report/diff/write-diff'],
  item: ['cli/pages/page-item'],
  playground: ['cli/pages/playground'],
  core: ['scenario/read-scenario', 'saved/saved-mark', 'importers/databases'],
  yaml: ['scenario/yaml/read-yaml'],
  complaining: ['scenario/zod/schema-complaints'],
  ranging: ['scenario/ranges/unplanned-ranges'],
  explaining: ['plan/explain/explain'],
  limiting: ['plan/limits/find-limits'],
  growing: [
    ...['scenario/resolve/growth/resolve-growth', 'plan/limits/growth/grow'],
    ...['render/screen/growth-lines', 'render/limits/growth-part'],
  ],
  casing: [
    ...['scenario/resolve/cases/resolve-cases', 'plan/cases/cases', 'render/screen/case-table'],
  ],
  writing: ['scenario/write-scenario', 'scenario/annotated-scenario'],
  schemas: ['scenario/zod/json-schema'],
  verifying: ['plan/verify/verify', 'plan/verify/verify-forecast'],
  tables: ['render/text/grid'],
  terms: ['render/words/terms/terms'],
  rows: ['render/text/csv', 'render/text/markdown'],
  charts: ['render/limits/limit-chart'],
  unpacking: ['cli/commands/import-files'],
  importing: ['importers/import-scenario'],
  plan: ['cli/commands/plan-command', 'render/screen/screen', 'render/fleet'],
  details: ['render/details'],
  explain: ['cli/commands/explain-command'],
  formats: [
    ...['render/formats/plan-csv', 'render/formats/markdown-page', 'render/formats/junit'],
    ...['render/formats/sarif', 'render/formats/github', 'render/formats/open-metrics'],
  ],
  places: ['cli/scenarios/places'],
  limits: ['cli/commands/limits-command'],
  diff: ['cli/commands/diff/diff-command'],
  sweep: ['cli/commands/sweep/sweep-command'],
  timeline: ['cli/commands/timeline/timeline-command'],
  ranges: ['cli/scenarios/ranged-plan'],
  spread: ['render/screen/range-lines'],
  capture: ['cli/commands/capture-command'],
  verify: ['cli/commands/verify-command'],
  import: ['cli/commands/import-command'],
  postmortem: ['cli/commands/postmortem-command'],
  collect: ['cli/commands/collect-command'],
  init: ['cli/commands/init-command'],
  layouts: ['cli/commands/layouts-command'],
  schema: ['cli/commands/schema-command'],
  completion: ['cli/commands/completion-command', 'cli/commands/complete-command'],
  issues: ['render/issues'],
  saved: ['saved/read-saved', 'scenario/read-gates'],
  edit: ['scenario/edit-scenario'],
  bases: ['cli/scenarios/extending/bases'],
  whole: ['cli/scenarios/extending/whole-scenario'],
  chalk: ['chalk'],
  glob: ['picomatch'],
  xz: ['xz-decompress'],
}

/** @type {import('esbuild').BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  // Read as such when it starts: half the time that UTF-8 takes.
  charset: 'ascii',
  logLevel: 'warning',
  alias: {
    // As its other half, but in modules of which the unused ones are left out.
    yaml: join(root, 'node_modules/yaml/browser/dist/index.js'),
    // Asks the system for what a caller decides here.
    '#supports-color': join(root, '.ci/no-detection.cjs'),
    '@colors/colors/safe': join(root, '.ci/no-colours.cjs'),
    'emoji-regex': join(root, '.ci/emoji.cjs'),
  },
}

rmSync(join(dist, 'bundle'), { recursive: true, force: true })
rmSync(join(dist, 'library'), { recursive: true, force: true })
mkdirSync(join(dist, 'bundle'), { recursive: true })

const start = `
import { start } from './src/cli/start.ts'
start(process.argv.slice(2), {
  help: () => require('./help.json'),
  program: () => require('./program.cjs').program,
})
`
const worker = `
import { work } from './src/cli/worker.ts'
work()
`
const page = `
import { start } from './src/report/page/page.ts'
start()
`
// They are CommonJS, of which `export *` offers nothing.
const glob = "export { default } from 'picomatch'"
const xz = "export { XzReadableStream } from 'xz-decompress'"
const modules = await makeBundles({
  root,
  folder: join(dist, 'bundle'),
  options: {
    ...shared,
    platform: 'node',
    // As CommonJS, because loading ES modules would add a twelfth to every start.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.dirname': '__dirname', 'import.meta.url': '__filename' },
  },
  offers,
  texts: { start, worker, page, glob, xz, library: "export * from './src/index.ts'" },
  layers: [
    ...['base', 'model', 'steps', 'oom', 'core', 'yaml', 'complaining', 'ranging', 'explaining'],
    ...['limiting', 'writing', 'schemas', 'verifying', 'importing', 'saved', 'screen', 'oomscreen'],
    ...['spread', 'report', 'stepspart', 'program', 'plan', 'tables'],
    ...['details', 'terms', 'html', 'rows', 'charts', 'unpacking'],
    ...['options', 'capture', 'growing', 'casing', 'diff', 'sweep'],
  ],
  late: [
    ...['yaml', 'complaining', 'ranging', 'steps', 'oom', 'oomscreen', 'spread', 'stepspart'],
    ...['growing', 'casing'],
  ],
  alone: ['start', 'program', 'worker', 'chalk', 'glob', 'xz'],
})
// The library is an ES module, whose parts are those of the program.
mkdirSync(join(dist, 'library'), { recursive: true })
const require = createRequire(import.meta.url)
/** @param {string} name */
const offeredBy = (name) => Object.keys(require(join(dist, `bundle/${name}.cjs`))).sort()
for (const name of ['library', ...Object.keys(offers)]) {
  if (offeredBy(name).length === 0) throw new Error(`the bundle ${name} offers nothing`)
}
const exported = offeredBy('library')
writeFileSync(
  join(dist, 'library/index.js'),
  `export {\n${exported.map((name) => `  ${name},\n`).join('')}} from '../bundle/library.cjs'\n`,
)
// By this Node knows the names before it runs the bundle.
appendFileSync(join(dist, 'bundle/library.cjs'), `0 && (module.exports = { ${exported} })\n`)
writeFileSync(join(dist, 'library/index.d.ts'), typesFrom(join(dist, 'index.d.ts')))
const { program } = require(join(dist, 'bundle/program.cjs'))
writeFileSync(join(dist, 'bundle/help.json'), JSON.stringify(await helpTexts(program)))
writeFileSync(join(dist, 'LICENSES.txt'), licences(modules))
const server = mkdtempSync(join(tmpdir(), 'mshare-plan-build-'))
try {
  const archive = join(root, 'test/fixtures/proc/postgres-base-pages/tree.tar.gz')
  execFileSync('tar', ['-xzf', archive, '-C', server])
  const path = join(root, 'bin/mshare-plan.js')
  compileAtOnce(join(dist, 'bundle'), [
    { words: [path, join(root, 'scenarios/oracle-sga-300g.yaml')], shortest: 25 },
    { words: [path, 'capture', '--root', server], shortest: 60 },
  ])
} finally {
  rmSync(server, { recursive: true })
}
