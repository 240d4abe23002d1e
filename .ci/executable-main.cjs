// What runs in the executable: the bundles of dist/bundle and the pages of docs are its assets, and
// this loads them in place of files.
const { getAsset } = require('node:sea')
const { Script } = require('node:vm')
const threads = require('node:worker_threads')

const index = JSON.parse(getAsset('index.json', 'utf8'))
/** No such folder exists: what is below it are assets. */
const folder = '/mshare-plan-executable/dist/bundle'
const docs = '/mshare-plan-executable/docs/'
const loaded = new Map()

function load(name) {
  if (!name.startsWith('./')) return name === 'node:worker_threads' ? withWorkers : require(name)
  const known = loaded.get(name)
  if (known !== undefined) return known.exports
  const module = { exports: {} }
  loaded.set(name, module)
  const text = getAsset(name.slice(2), 'utf8')
  if (name.endsWith('.json')) module.exports = JSON.parse(text)
  else run(name, text, module)
  if (name === './program.cjs') module.exports = withPages(module.exports)
  return module.exports
}

function run(name, text, module) {
  const filename = folder + name.slice(1)
  const source = `(function (exports, require, module, __filename, __dirname) {${text}\n})`
  const start = new Script(source, { filename }).runInThisContext()
  start(module.exports, load, module, filename, folder)
}

/** A thread is started from this script. */
const withWorkers = {
  ...threads,
  Worker: class extends threads.Worker {
    constructor(_, options) {
      super(getAsset('main.cjs', 'utf8'), { ...options, eval: true })
    }
  },
}

function withPages({ program, ...others }) {
  const nodeWorld = () => {
    const world = program.nodeWorld()
    const readFile = (path, ...more) =>
      path.startsWith(docs) || path.startsWith(folder) ? asset(path) : world.readFile(path, ...more)
    const bundleOf = (name) => `${folder}/${name}.cjs`
    return { ...world, readFile, pageOf, bundleOf, resultSchema: `${docs}result.schema.json` }
  }
  return { ...others, program: { ...program, nodeWorld } }
}

function pageOf(id) {
  const name = index.find((one) => one.startsWith(`docs/findings/${id}-`))
  return docs + (name ?? `docs/findings/${id}.md`).slice('docs/'.length)
}

function asset(path) {
  if (path.startsWith(folder)) {
    return { ok: true, content: new Uint8Array(getAsset(path.slice(folder.length + 1))) }
  }
  const name = `docs/${path.slice(docs.length)}`
  if (!index.includes(name)) return { ok: false, path, reason: 'missing' }
  return { ok: true, content: new Uint8Array(getAsset(name)) }
}

load(threads.isMainThread ? './start.cjs' : './worker.cjs')
