import { release } from 'node:os'
import type { MappingText, RegionText } from '../../../../src/scenario/schema/scenario-text.ts'
import { planOf, vmPteBoundsOf, vmPteOf, workloadOf } from '../expected.ts'
import type { Kernel } from '../machine/kernel.ts'
import { Unasked } from '../unasked.ts'
import type { Drawn } from './draw.ts'
import { scenarioFile } from './scenario-file.ts'

/** What has been compared so far. */
export interface Evidence {
  compared: number
  /** Disagreements that were gone when the same was measured again. */
  passing: number
  /** Kinds of memory, pages and touching that were seen. */
  readonly seen: Map<string, number>
}

/**
 * @throws Error with a scenario file that reproduces it, where model and kernel disagree twice;
 * Unasked where the kernel cannot be asked.
 */
export async function compare(kernel: Kernel, drawn: Drawn, evidence: Evidence): Promise<void> {
  const text = scenarioFile(drawn.exact, [])
  const workload = workloadOf(text)
  const planned = vmPteOf(planOf(workload))
  const measure = (): Promise<readonly number[]> => asked(kernel.measure(workload), text)
  let measured = await measure()
  if (!isSame(planned, measured)) {
    measured = await measure()
    if (!isSame(planned, measured)) throw new Error(report(drawn, difference(planned, measured)))
    evidence.passing += 1
  }
  checkBounds(drawn, measured)
  evidence.compared += 1
  note(drawn, evidence)
}

/** What was asked for; a failure says what for. */
export async function asked<T>(asking: Promise<T>, text: string): Promise<T> {
  try {
    return await asking
  } catch (error) {
    if (!(error instanceof Unasked)) throw error
    throw new Unasked(`the kernel could not be asked: ${error.message}\n\n${text}`)
  }
}

/** Linked tables have no bounds of their own in a plan: those cases are compared exactly only. */
function checkBounds(drawn: Drawn, measured: readonly number[]): void {
  const { loose, exact } = drawn
  const regions = Object.values(exact.regions ?? {})
  if (regions.some(({ pageSize }) => pageSize !== undefined)) return
  vmPteBoundsOf(workloadOf(scenarioFile(loose, []))).forEach(([least, most], process) => {
    const vmPte = measured[process] ?? Number.NaN
    if (vmPte >= least && vmPte <= most) return
    throw new Error(report(drawn, [`process ${process}: ${vmPte} KB, not in ${least} to ${most}`]))
  })
}

function isSame(planned: readonly number[], measured: readonly number[]): boolean {
  return planned.join() === measured.join()
}

function difference(planned: readonly number[], measured: readonly number[]): readonly string[] {
  return [
    `VmPTE planned, by process:  ${planned.join(', ')} KB`,
    `VmPTE measured, by process: ${measured.join(', ')} KB`,
  ]
}

function report({ exact }: Drawn, remarks: readonly string[]): string {
  const again = 'npm run oracle -- --scenario FILE measures it again.'
  const file = scenarioFile(exact, [`Linux ${release()}`, ...remarks, again])
  return `the model and the kernel disagree; this scenario reproduces it:\n\n${file}`
}

/** Remembers what the case was made of. */
function note({ exact, loose }: Drawn, { seen }: Evidence): void {
  const { regions = {} } = exact
  const maps = Object.values(loose.groups).flatMap((group) => group.maps ?? [])
  const kinds = maps.map(({ region }) => kindOf(regions[region] ?? { size: '' }))
  for (const label of [...kinds, ...maps.flatMap(traitsOf)]) {
    seen.set(label, (seen.get(label) ?? 0) + 1)
  }
}

/** As `memfd`, `memfd on thp`, `memfd on 2097152 B`. */
export function kindOf({ backing, pageSize, thp }: RegionText): string {
  if (thp === true) return `${backing} on thp`
  return pageSize === undefined ? `${backing}` : `${backing} on ${pageSize}`
}

function traitsOf({ touched, access, private: copies }: MappingText): readonly string[] {
  const kind = typeof touched === 'object' ? Object.keys(touched)[0] : touched
  return [`touched: ${kind}`, `access: ${access}`, `private: ${copies === true}`]
}
