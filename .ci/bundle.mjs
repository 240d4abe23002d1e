// Bundles the program into dist/bundle and compiles it ahead: one script, and beside it the code
// cache of the V8 that runs this build. Runs after tsc. All of it is CommonJS (and bin/ with it):
// loading ES modules would add a twelfth to every start.
import { rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { loadProgram } from '../dist/cli/code-cache.js'

const folder = fileURLToPath(new URL('../dist/bundle/', import.meta.url))
const beside = (name) => fileURLToPath(new URL(name, import.meta.url))
const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Names stay, so that a stack trace can be read.
  minifySyntax: true,
  minifyWhitespace: true,
  // Read as such when it starts: half the time that UTF-8 takes.
  charset: 'ascii',
  logLevel: 'warning',
}

await build({
  ...shared,
  entryPoints: ['src/cli/launch.ts'],
  outfile: `${folder}launch.cjs`,
})
await build({
  ...shared,
  entryPoints: ['src/cli/program.ts'],
  outfile: `${folder}program.cjs`,
  alias: {
    'node:child_process': beside('no-child-process.cjs'),
  },
  // fdir, below tinyglobby, asks for the address of its module.
  define: { 'import.meta.url': 'bundleAddress' },
  banner: { js: 'const bundleAddress = require("node:url").pathToFileURL(module.filename).href;' },
})

// V8 tells a cache of other sources by their length alone: the old one must not be loaded.
rmSync(`${folder}program.cjs.cache`, { force: true })
const { program, script } = loadProgram(`${folder}program.cjs`)
await warmUp(program)
writeFileSync(`${folder}program.cjs.cache`, script.createCachedData())

/** What has run once is in the cache in compiled form: an ordinary plan, and a faulty scenario. */
async function warmUp({ main, nodeWorld }) {
  const outlet = { isTerminal: false, write: async () => undefined }
  const reading = (text) => async () => ({ ok: true, content: new TextEncoder().encode(text) })
  const ordinary = `
version: 1
name: ordinary
host: { memory: 64 GiB }
regions:
  pool: { size: 16 GiB, mshare: true }
groups:
  clients: { processes: 100, private: 8 MiB, maps: [{ region: pool }] }
gates: { risk: oom }
`
  const cases = [
    { text: ordinary, expected: 0 },
    { text: 'version: 1\nhots: {}\n', expected: 2 },
  ]
  for (const format of ['json', 'table']) {
    for (const { text, expected } of cases) {
      const world = { ...nodeWorld(), stdout: outlet, stderr: outlet, readInput: reading(text) }
      const status = await main(['plan', '-', '--format', format], world)
      if (status !== expected) throw new Error(`the warm-up ended with ${status}, not ${expected}`)
    }
  }
}
