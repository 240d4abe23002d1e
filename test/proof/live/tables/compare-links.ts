import { expect } from 'vitest'
import { planOf, vmPteOf, workloadOf } from '../expected.ts'
import type { Kernel, Peek } from '../machine/kernel.ts'
import { asked } from './compare.ts'
import type { LinkCase, Window } from './draw-links.ts'
import { scenarioFile } from './scenario-file.ts'

/** What has been compared so far. */
export interface LinkEvidence {
  compared: number
  /** Cases in which some table was linked. */
  linked: number
}

/** @throws where the VmPTE of a process or the number of pmd tables is not what the model says. */
export async function compareLinks(
  kernel: Kernel,
  { scenario, windows }: LinkCase,
  evidence: LinkEvidence,
): Promise<void> {
  const text = scenarioFile(scenario, [])
  const workload = workloadOf(text)
  const planned = planOf(workload)
  let tables = Number.NaN
  const measuring = kernel.measure(workload, async (peek) => {
    tables = await tablesSeen(windows, peek)
  })
  const vmPte = await asked(measuring, text)
  const expected = { vmPte: vmPteOf(planned), tables: planned.pageTables.levels.pmd?.tables }
  expect({ vmPte, tables }, `VmPTE in KB and pmd tables of\n\n${text}`).toEqual(expected)
  evidence.compared += 1
  if (tables < windows.length) evidence.linked += 1
}

/**
 * Pmd tables of all windows. PageTables of the whole machine would say how many there are, but
 * changes with whatever else runs; pagemap says it exactly: a window shows the entries of its
 * table, whoever made them, and every mapping has made one that no other makes.
 */
async function tablesSeen(windows: readonly Window[], peek: Peek): Promise<number> {
  const tables = new Set<string>()
  for (const { process, mapping, offset, places } of windows) {
    const present = await peek(process, places)
    if (present[mapping] !== true) throw new Error('a touched page has no entry')
    // What is too small for a place each is certainly not linked: it is no whole window.
    const distinct = new Set(places).size === places.length
    tables.add([distinct ? '' : `mapping ${mapping}`, offset, ...present].join())
  }
  return tables.size
}
