import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { plan, readScenario } from '../../../src/index.ts'
import { evaluateInBrowser } from './browser.mjs'

const root = join(import.meta.dirname, '../../..')
const text = readFileSync(join(root, 'scenarios/postgresql-400-backends.yaml'), 'utf8')

/** The library as it is packed, in one script for a page. A module of Node would fail the build. */
async function script(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
import { plan, readScenario } from './dist/library/index.js'
globalThis.planned = (text) => {
  const reading = readScenario(text, 'server.yaml')
  return JSON.stringify(plan(reading.workload, reading), undefined, 2)
}`,
      resolveDir: root,
    },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

it('a browser plans a scenario to the same JSON, byte for byte', async () => {
  const reading = readScenario(text, 'server.yaml')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  const planned = await evaluateInBrowser(await script(), `planned(${JSON.stringify(text)})`)
  expect(planned).toBe(JSON.stringify(plan(reading.workload, reading), undefined, 2))
})
