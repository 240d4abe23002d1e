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

/** Whole numbers must be the same. Browsers have logarithms of their own, that differ in the last of 17 digits. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value === 'number') return Number.isInteger(value) ? value : expect.closeTo(value, 6)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, comparable(one)]))
}

it('a browser plans a scenario to the same JSON, whole numbers exactly', async () => {
  const reading = readScenario(text, 'server.yaml')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  const planned = await evaluateInBrowser(await script(), `planned(${JSON.stringify(text)})`)
  expect(JSON.parse(String(planned))).toEqual(comparable(plan(reading.workload, reading)))
  const keys = (json: string): string => json.replaceAll(/\d+\.\d+/g, '0')
  expect(keys(String(planned))).toBe(
    keys(JSON.stringify(plan(reading.workload, reading), undefined, 2)),
  )
})
