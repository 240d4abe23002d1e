import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { build, transform } from 'esbuild'
import { minify } from 'terser'
import { lateRequire, lazyBuiltins } from './lazy-builtins.mjs'

/*
 * What is shipped as a set of CommonJS bundles that load each other. Every `import()` of the sources
 * names one. Some are layers: a module that is part of a layer is in no later bundle, which takes it
 * from there.
 */

/**
 * @typedef {object} Bundles
 * @property {string} root
 * @property {string} folder
 * @property {import('esbuild').BuildOptions} options
 * @property {Readonly<Record<string, readonly string[]>>} offers bundle → modules, or a package
 * @property {Readonly<Record<string, string>>} texts bundle → source of its own
 * @property {readonly string[]} layers bundles that others stand on, the lowest first
 * @property {readonly string[]} late layers of one module, loaded when something of it is first used
 * @property {readonly string[]} alone bundles that stand on none
 */

/**
 * The layer that a module is part of, by its path.
 * @typedef {ReadonlyMap<string, string>} Owners
 */

/**
 * @param {Bundles} bundles
 * @returns {Promise<readonly string[]>} all modules that are part of one
 */
export async function makeBundles(bundles) {
  const { offers, texts, layers, alone } = bundles
  const owners = await ownersOf(bundles)
  /** @type {Map<string, Set<string>>} */
  const asked = new Map(layers.map((name) => [name, new Set()]))
  const parts = new Set()
  const all = new Set([...Object.keys(texts), ...Object.keys(offers)])
  const upper = [...all].filter((one) => !asked.has(one))
  await Promise.all(upper.map((name) => make(name, alone.includes(name) ? new Map() : owners)))
  // From the highest down: only then is known what each is asked for.
  for (const [floor, name] of [...layers.entries()].reverse()) {
    const below = new Set(alone.includes(name) ? [] : layers.slice(0, floor))
    await make(name, new Map([...owners].filter(([, owner]) => below.has(owner))))
  }
  shortenNames(bundles.folder, [...all, ...layers])
  return [...parts]

  /** @param {string} name @param {Owners} elsewhere */
  async function make(name, elsewhere) {
    const contents = [contentsOf(bundles, name), ...(asked.get(name) ?? [])].join('\n')
    const result = await built(bundles, name, contents, elsewhere)
    for (const path of modulesIn(result)) parts.add(path)
    /** @type {Map<string, Map<string, string>>} */
    const imports = new Map()
    /** Each module asks under a name of its own. @type {Record<string, string>} */
    const same = {}
    const own = textOf(result)
      .replaceAll(fromLayer, (_, list, layer, path) => {
        const taken = imports.get(layer) ?? new Map()
        imports.set(layer, taken)
        for (const one of list.split(',')) {
          const [theirs, ours = theirs] = one.split(' as ')
          const known = publicName(path, theirs)
          asked.get(layer)?.add(`export{${theirs} as ${known}}from${JSON.stringify(path)}`)
          const first = taken.get(known)
          if (first === undefined) taken.set(known, ours)
          else same[ours] = first
        }
        return ''
      })
      .replaceAll(/import"layer:[^"]*";/g, '')
    if (own.includes('"layer:')) throw new Error(`${name} asks a layer for all of a module`)
    const head = [...imports].map(([layer, names]) => {
      const taken = [...names].map(([known, ours]) => `${known}:${ours}`)
      return `const{${taken.join()}}=require("./${layer}.cjs");`
    })
    await write(bundles, name, head.join('') + own.replaceAll(lateRequire, 'require'), same)
  }
}

const fromLayer = /import\{([^{}]+)\}from"layer:(\w+):([^"]+)";/g

/** Of what a layer offers to later bundles; two modules may use the same name. @param {string} path @param {string} name */
function publicName(path, name) {
  const [, place = ''] = /([^/]+[/][^/]+)[.]\w+$/.exec(path) ?? []
  return `${name}__of_${place.replaceAll(/\W/g, '_')}`
}

/** The same few letters in all bundles for each name by which one asks a layer, the fewest for those used most. @param {string} folder @param {readonly string[]} bundles */
function shortenNames(folder, bundles) {
  const paths = [...new Set(bundles)].map((name) => join(folder, `${name}.cjs`))
  const texts = paths.map((path) => readFileSync(path, 'utf8'))
  /** @type {Map<string, number>} */
  const uses = new Map()
  for (const name of texts.flatMap((text) => text.match(between) ?? [])) {
    uses.set(name, (uses.get(name) ?? 0) + 1)
  }
  const often = (/** @type {string} */ name) => uses.get(name) ?? 0
  const names = [...uses.keys()].sort().sort((one, other) => often(other) - often(one))
  const known = new Set(texts.flatMap((text) => text.match(/(?<=[{,])\w+(?=:)/g) ?? []))
  const free = shortest().filter((name) => !known.has(name))
  const short = new Map(names.map((name, index) => [name, free[index] ?? name]))
  for (const [index, path] of paths.entries()) {
    const text = texts[index] ?? ''
    writeFileSync(
      path,
      text.replaceAll(between, (name) => short.get(name) ?? name),
    )
  }
}

/** Names of one letter, then of two, then of three. */
function shortest() {
  const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const two = letters.flatMap((one) => letters.map((other) => one + other))
  return [...letters, ...two, ...letters.flatMap((one) => two.map((other) => one + other))]
}

const between = /[$\w]+__of_\w+/g

/** @param {Bundles} bundles @returns {Promise<Owners>} */
async function ownersOf(bundles) {
  const owners = new Map()
  for (const name of bundles.layers) {
    const graph = await built(bundles, name, contentsOf(bundles, name), owners)
    for (const path of modulesIn(graph).filter(isShared)) {
      const whole = join(bundles.root, path)
      if (!owners.has(whole)) owners.set(whole, name)
    }
  }
  return owners
}

/** @param {string} path */
function isShared(path) {
  return /^[^:]+[.][cm]?[jt]s$/.test(path) && /[/]/.test(path)
}

/** @param {Bundles} bundles @param {string} name */
function contentsOf({ offers, texts, root }, name) {
  const modules = (offers[name] ?? []).map((part) => moduleOf(root, part))
  return (
    texts[name]?.replaceAll('require(', `${lateRequire}(`) ??
    modules.map((path) => `export * from '${path}'`).join('\n')
  )
}

/** @param {string} root @param {string} part */
function moduleOf(root, part) {
  return part.includes('/') ? join(root, `src/${part}.ts`) : part
}

/**
 * @param {Bundles} bundles @param {string} name @param {string} contents
 * @param {Owners} elsewhere modules that other bundles have
 */
function built(bundles, name, contents, elsewhere) {
  const { root, options } = bundles
  return build({
    ...options,
    // Left to the next step, which knows what an import() becomes.
    supported: {},
    format: 'esm',
    write: false,
    metafile: true,
    outfile: `${name}.js`,
    stdin: { contents, resolveDir: root, sourcefile: `${name}.js` },
    plugins: [
      lazyBuiltins,
      { name: 'by-name', setup: importByName },
      { name: 'late', setup: (building) => loadLate(building, bundles, name) },
      { name: 'bundles', setup: (building) => keepApart(building, bundles, elsewhere) },
    ],
  })
}

/**
 * zod is imported whole, and a layer would have to offer all of it: what is used of it is imported by name.
 * @param {import('esbuild').PluginBuild} building
 */
function importByName(building) {
  building.onLoad({ filter: /[/]src[/].*[.]ts$/ }, ({ path }) => {
    const text = readFileSync(path, 'utf8')
    const whole = /^import [*] as z from 'zod\/mini'$/m
    if (!whole.test(text)) return undefined
    const used = new Set([...text.matchAll(/\bz[.](?!core\b|Zod)(\w+)/g)].map(([, name]) => name))
    const names = [...used].map((name) => `${name} as z_${name}`)
    const members = [...used].map((name) => `${name}: z_${name}`)
    const named = `import { ${names} } from 'zod/mini'; const z = { ${members} }`
    return { contents: text.replace(whole, named), loader: 'ts' }
  })
}

/**
 * In place of a module of a late layer: what loads it when one of its functions is first called.
 * @param {import('esbuild').PluginBuild} building @param {Bundles} bundles
 * @param {string} making the bundle that is made
 */
function loadLate(building, { root, offers, late }, making) {
  const modules = new Map(
    late.flatMap((name) => (offers[name] ?? []).map((part) => [moduleOf(root, part), name])),
  )
  building.onResolve({ filter: /^[.].*[.]ts$/ }, ({ path, resolveDir }) => {
    const whole = join(resolveDir, path)
    const name = modules.get(whole)
    return name === undefined || name === making
      ? undefined
      : { path: whole, namespace: 'late', sideEffects: false }
  })
  building.onResolve({ filter: /./, namespace: 'late' }, ({ path }) => ({ path, external: true }))
  building.onLoad({ filter: /./, namespace: 'late' }, ({ path }) => {
    const names = [...readFileSync(path, 'utf8').matchAll(/^export function (\w+)/gm)]
    const load = `${lateRequire}("./${modules.get(path)}.cjs")`
    const calls = names.map(([, name]) => `export const ${name}=(...all)=>${load}.${name}(...all)`)
    return { contents: calls.join('\n'), loader: 'js' }
  })
}

/**
 * @param {import('esbuild').PluginBuild} building @param {Bundles} bundles
 * @param {Owners} elsewhere
 */
function keepApart(building, { root, offers }, elsewhere) {
  const owners = new Map(
    Object.entries(offers).flatMap(([name, parts]) =>
      parts.map((part) => [moduleOf(root, part), name]),
    ),
  )
  building.onResolve({ filter: /^[.][/]\w+[.](cjs|json)$/ }, ({ path }) => ({
    path,
    external: true,
  }))
  building.onResolve({ filter: /./ }, ({ path, kind, resolveDir }) => {
    if (kind !== 'dynamic-import') return undefined
    const name = owners.get(path.startsWith('.') ? join(resolveDir, path) : path)
    if (name === undefined) throw new Error(`${path} is in no bundle`)
    return { path: `./${name}.cjs`, external: true }
  })
  if (elsewhere.size === 0) return
  building.onResolve({ filter: /./ }, async ({ path, pluginData, ...more }) => {
    if (pluginData === 'resolving' || more.kind === 'entry-point') return undefined
    const found = await building.resolve(path, { ...more, pluginData: 'resolving' })
    const layer = elsewhere.get(found.path)
    return layer === undefined
      ? undefined
      : { path: `layer:${layer}:${found.path}`, external: true }
  })
}

/**
 * What a bundle offers, as one object: esbuild would make a function for each name, twice. It is what it is
 * once the bundle has run, for none changes later and no two load each other.
 * @param {string} text that ends with the only export
 */
function offered(text) {
  return text.replace(/export\{([^{}]*)\};\s*$/, (_, list) => {
    const members = list.split(',').map((/** @type {string} */ one) => {
      const [ours, theirs = ours] = one.split(' as ')
      return `${theirs}:${ours}`
    })
    return `module.exports={${members.join()}};`
  })
}

/**
 * @param {Bundles} bundles @param {string} name @param {string} text
 * @param {Readonly<Record<string, string>>} same names without a declaration, and the one that each stands for
 */
async function write({ folder, options }, name, text, same) {
  const { target, supported, charset, define } = options
  const { code } = await transform(offered(text), {
    format: 'cjs',
    platform: 'node',
    target,
    supported,
    charset,
    define: { ...define, ...same },
  })
  // Our own bundles are as an import wants them: nothing to convert.
  const plain = code.replaceAll(/__toESM\((require\("[.][/]\w+[.]cjs"\))\)/g, '$1')
  // It finds more than esbuild, which in turn writes ASCII.
  const { code: short = '' } = await minify(plain, {
    compress: {
      ecma: 2020,
      passes: 4,
      inline: 1,
      pure_getters: true,
      keep_fargs: false,
      unsafe_arrows: true,
    },
    format: { ecma: 2020 },
    toplevel: true,
  })
  writeFileSync(join(folder, `${name}.cjs`), inAscii(deflated(short)))
}

/** A package may hold its WebAssembly as base64, which hides from an archive what could be shortened. @param {string} code */
function deflated(code) {
  return code.replace(/"(data:application[/]wasm;base64,)([^"]+)"/, (_, head, wasm) => {
    const packed = deflateRawSync(Buffer.from(wasm, 'base64'), { level: 9 }).toString('base64')
    const unpacked = `require("node:zlib").inflateRawSync(Buffer.from("${packed}","base64"))`
    return `"${head}"+${unpacked}.toString("base64")`
  })
}

/** Read as such when it starts: half the time that UTF-8 takes. HTML allows no control characters. @param {string} code */
function inAscii(code) {
  return code.replaceAll(
    /[^\t\n\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** @param {import('esbuild').BuildResult} result */
function textOf({ outputFiles }) {
  return outputFiles?.[0]?.text ?? ''
}

/** @param {import('esbuild').BuildResult} result */
function modulesIn({ metafile }) {
  return Object.keys(metafile?.inputs ?? {})
}
