// Makes what is shipped, after tsc: dist/bundle, the program in parts that are loaded when they are
// asked for, and dist/library, the library in one module with its types. Nothing is installed with it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { helpTexts } from './help-texts.mjs'
import { lazyBuiltins } from './lazy-builtins.mjs'
import { licences } from './licences.mjs'
import { typesFrom } from './reached-types.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

/**
 * What each bundle offers: modules of src/, or a package. Every `import()` of the program loads one of
 * them. A module that two need is in both: shared files took longer to open than they saved.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const bundles = {
  program: ['cli/program'],
  plan: ['cli/commands/plan-command'],
  details: ['render/details'],
  explain: ['cli/commands/explain-command', 'cli/commands/limits-command'],
  capture: [
    'cli/commands/capture-command',
    'cli/commands/import-command',
    'cli/commands/verify-command',
  ],
  collect: ['cli/commands/collect-command'],
  init: ['cli/commands/init-command'],
  layouts: ['cli/commands/layouts-command'],
  schema: ['cli/commands/schema-command'],
  completion: ['cli/commands/completion-command', 'cli/commands/complete-command'],
  issues: ['render/issues'],
  saved: ['saved/read-saved', 'scenario/read-gates'],
  edit: ['scenario/edit-scenario'],
  glob: ['tinyglobby'],
  xz: ['xz-decompress'],
}

/** @type {import('esbuild').BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  target: 'node20',
  // Names stay, so that a stack trace can be read.
  minifySyntax: true,
  minifyWhitespace: true,
  // Read as such when it starts: half the time that UTF-8 takes.
  charset: 'ascii',
  logLevel: 'warning',
  metafile: true,
  alias: {
    // As its other half, but in modules of which the unused ones are left out.
    yaml: join(root, 'node_modules/yaml/browser/dist/index.js'),
    // Asks the system for what a caller decides here.
    '#supports-color': join(root, '.ci/no-detection.cjs'),
  },
}

/** @type {import('esbuild').BuildOptions} */
const ofProgram = {
  ...shared,
  platform: 'node',
  // Loading ES modules would add a twelfth to every start.
  format: 'cjs',
  supported: { 'dynamic-import': false },
  define: { 'import.meta.dirname': '__dirname', 'import.meta.url': '__filename' },
  plugins: [lazyBuiltins, { name: 'bundles-apart', setup: keepBundlesApart }],
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
const made = await Promise.all([
  bundle('start', start),
  ...Object.entries(bundles).map(([name, parts]) =>
    bundle(name, parts.map((part) => `export * from '${moduleOf(part)}'`).join('\n')),
  ),
  build({
    ...shared,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'esm',
    entryPoints: ['src/index.ts'],
    outfile: join(dist, 'library/index.js'),
  }),
])

for (const path of typesFrom(join(dist, 'index.d.ts'))) {
  const copy = join(dist, 'library', relative(dist, path))
  mkdirSync(dirname(copy), { recursive: true })
  writeFileSync(copy, readFileSync(path, 'utf8').replace(/^\/\/# sourceMappingURL=.*\n?/m, ''))
}
const require = createRequire(import.meta.url)
const { program } = require(join(dist, 'bundle/program.cjs'))
writeFileSync(join(dist, 'bundle/help.json'), JSON.stringify(await helpTexts(program)))
writeFileSync(
  join(dist, 'LICENSES.txt'),
  licences(made.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}))),
)

/** @param {string} part */
function moduleOf(part) {
  return part.includes('/') ? join(root, `src/${part}.ts`) : part
}

/** @param {string} name @param {string} contents */
function bundle(name, contents) {
  return build({
    ...ofProgram,
    stdin: { contents, resolveDir: root, sourcefile: `${name}.js` },
    outfile: join(dist, 'bundle', `${name}.cjs`),
  })
}

/**
 * One bundle loads another by its name.
 * @param {import('esbuild').PluginBuild} building
 */
function keepBundlesApart(building) {
  const owners = new Map(
    Object.entries(bundles).flatMap(([name, parts]) => parts.map((part) => [moduleOf(part), name])),
  )
  building.onResolve({ filter: /./ }, ({ path, kind, resolveDir }) => {
    if (path === './program.cjs' || path === './help.json') return { path, external: true }
    if (kind !== 'dynamic-import') return undefined
    const name = owners.get(path.startsWith('.') ? join(resolveDir, path) : path)
    if (name === undefined) throw new Error(`${path} is in no bundle`)
    return { path: `./${name}.cjs`, external: true }
  })
}
