import { join } from 'node:path'
import { openTree } from '../../src/cli/machine/node-tree.ts'
import type { World } from '../../src/cli/machine/world.ts'
import { main } from '../../src/cli/main.ts'
import { plan } from '../../src/plan/plan.ts'
import type { PlannedStrategy, Result } from '../../src/plan/result/result.ts'
import { readScenario } from '../../src/scenario/read-scenario.ts'
import type { Assumption, Workload } from '../../src/workload/workload.ts'
import { fakeWorld } from '../cli/fake-world.ts'

/** What a command says of a copy of /proc below test/fixtures/proc. */
export interface Told {
  readonly status: number
  readonly text: string
  readonly stderr: string
}

export function captureOf(situation: string, ...options: readonly string[]): Promise<Told> {
  return told('capture', '--root', rootOf(situation), ...options)
}

export function verifyOf(situation: string, ...options: readonly string[]): Promise<Told> {
  return told('verify', '--root', rootOf(situation), ...options)
}

function rootOf(situation: string): string {
  return join(import.meta.dirname, '../fixtures/proc', situation, 'tree')
}

async function told(...words: readonly string[]): Promise<Told> {
  const { world, stdout, stderr } = fakeWorld()
  const real: World = { ...world, openTree }
  const status = await main(words, real)
  return { status, text: stdout(), stderr: stderr() }
}

/** A captured scenario, read back. */
export interface ReadBack {
  readonly workload: Workload
  readonly assumptions: readonly Assumption[]
}

export function readBack({ status, text, stderr }: Told): ReadBack {
  if (status !== 0) throw new Error(stderr)
  const reading = readScenario(text, 'captured.yaml')
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues))
  return reading
}

/** What is planned of it. */
export function resultOf({ workload, assumptions }: ReadBack): Result {
  return plan(workload, { name: '', assumptions })
}

/** What one strategy makes of it. */
export function strategyOf(read: ReadBack, id: string): PlannedStrategy {
  const found = resultOf(read).strategies.find((strategy) => strategy.id === id)
  if (found?.applies !== true) throw new Error(`${id} does not apply`)
  return found
}
