import { builtinModules } from 'node:module'

/**
 * Modules of Node, and packages in bundles of their own, that few runs need. A CommonJS bundle would
 * load them all as it starts; with this plugin of esbuild each is loaded when something of it is
 * first used.
 */
const slow = [
  'node:child_process',
  'node:os',
  'node:readline',
  'node:stream',
  'node:v8',
  'node:worker_threads',
  'node:zlib',
]
/** @type {Readonly<Record<string, readonly string[]>>} package → what is used of it */
const packages = { chalk: ['Chalk'] }
/** Becomes `require`, which esbuild would replace by a function of its own. */
export const lateRequire = 'late_require'
const slowNames = new Set(slow.flatMap((name) => [name, name.replace('node:', '')]))

/** @type {import('esbuild').Plugin} */
export const lazyBuiltins = {
  name: 'lazy-builtins',
  setup(build) {
    build.onResolve({ filter: /^[a-z0-9:_]+$/ }, ({ path, namespace }) =>
      namespace !== 'lazy' && slowNames.has(path) && builtinModules.includes(bare(path))
        ? { path: bare(path), namespace: 'lazy', sideEffects: false }
        : undefined,
    )
    build.onResolve({ filter: /^[a-z]+$/ }, ({ path, importer }) =>
      path in packages && /[/]src[/]/.test(importer)
        ? { path, namespace: 'lazy-package', sideEffects: false }
        : undefined,
    )
    build.onLoad({ filter: /./, namespace: 'lazy-package' }, ({ path }) => {
      const names = packages[path] ?? []
      const getters = names.map(
        (name) => `get ${name}(){return ${lateRequire}("./${path}.cjs").${name}}`,
      )
      return { contents: `module.exports={${getters.join()}}`, loader: 'js' }
    })
    build.onResolve({ filter: /./, namespace: 'lazy-package' }, ({ path }) => ({
      path,
      external: true,
    }))
    // It has no names of its own, which an import would copy, but what it inherits from asks the module.
    build.onLoad({ filter: /./, namespace: 'lazy' }, ({ path }) => {
      const ask = `(_,name)=>name==="__esModule"?undefined:${lateRequire}("node:${path}")[name]`
      const contents = `module.exports=Object.create(new Proxy({},{get:${ask}}))`
      return { contents, loader: 'js' }
    })
    build.onResolve({ filter: /./, namespace: 'lazy' }, ({ path }) => ({ path, external: true }))
  },
}

/** @param {string} name */
function bare(name) {
  return name.replace('node:', '')
}
