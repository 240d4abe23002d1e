import type { Path } from '../../units/path.ts'
import type { Bytes } from '../../units/quantity.ts'
import { writeSize } from '../../units/size.ts'
import type { Measured, MeasuredGroup, MeasuredProcesses } from '../../workload/measured.ts'
import type { Workload } from '../../workload/workload.ts'
import type { ScenarioText } from '../schema/scenario-text.ts'
import { flawOfName } from './check-references.ts'
import type { DeepPartial, Log } from './section.ts'
import { complain, entriesOf, namesOf } from './section.ts'

/**
 * Checks that what was measured is of groups that are there. Only for those who compare with it: a
 * plan does not use it, and groups may have been renamed or removed since.
 */
export function checkMeasuredNames(log: Log, given: DeepPartial<ScenarioText>): void {
  const groups = namesOf(given.groups)
  for (const [name] of entriesOf(given.measured?.groups)) {
    if (groups.includes(name)) continue
    const { suggestion: near, ...flaw } = flawOfName(name, 'group', groups)
    const suggestion =
      near === undefined
        ? 'if the group was renamed or removed, do the same here'
        : `${near} if the group was removed, remove it here too`
    complain(log, ['measured', 'groups', name], { ...flaw, suggestion }, 'key')
  }
}

/**
 * Checks that what was measured can be true of one machine, the one of the scenario. Names no more
 * than is certain: VmPTE of all processes may be more than PageTables, or than there is memory.
 */
export function checkMeasured(log: Log, { measured, host }: Workload): void {
  const isBroken = log.complaints.some(({ path: [top] }) => top === 'measured' || top === 'host')
  if (measured === undefined || isBroken) return
  checkPageTables(log, measured, host.memory)
  for (const group of measured.groups) {
    const path = ['measured', 'groups', group.name]
    checkVmPte(log, path, group, host.memory)
    checkOwnTables(log, [...path, 'ownTables'], group)
  }
  const { elsewhere } = measured
  if (elsewhere !== undefined) checkVmPte(log, ['measured', 'elsewhere'], elsewhere, host.memory)
}

/** Each table is in memory, and PageTables counts it once. */
function checkPageTables(log: Log, { pageTables }: Measured, memory: Bytes): void {
  if (pageTables === undefined || pageTables <= memory) return
  complain(log, ['measured', 'pageTables'], {
    message: 'page tables are larger than the memory of the host',
    expected: `at most host.memory, ${writeSize(memory)}`,
    suggestion: oneMachine,
  })
}

const oneMachine = '`measured` and `host` must describe one machine at one time'

/** A table that hugetlb links is in the VmPTE of many processes, but in that of each only once. */
function checkVmPte(
  log: Log,
  path: Path,
  { processes, vmPte }: MeasuredProcesses,
  memory: Bytes,
): void {
  if (vmPte <= processes * memory) return
  const flaw =
    processes === 0
      ? { message: '0 processes have no page tables', ...noProcesses }
      : {
          message: 'VmPTE of each process is larger than the memory of the host',
          expected: `at most host.memory, ${writeSize(memory)}, in each of ${processes}`,
          suggestion: oneMachine,
        }
  complain(log, [...path, 'vmPte'], flaw)
}

const noProcesses = {
  expected: '0 B where `processes` is 0',
  suggestion: 'set `processes` to the number of processes that were measured',
}

function checkOwnTables(log: Log, path: Path, { ownTables, processes }: MeasuredGroup): void {
  if (ownTables === undefined) return
  const { least, most, mapped } = ownTables
  if (processes === 0 && mapped > 0) {
    complain(log, [...path, 'mapped'], {
      message: '0 processes have no page tables',
      ...noProcesses,
    })
  }
  checkOrder(log, path, ['least', least], ['most', most])
  checkOrder(log, path, ['most', most], ['mapped', mapped])
}

type Figure = readonly [key: string, bytes: Bytes]

function checkOrder(log: Log, path: Path, [less, fewer]: Figure, [more, others]: Figure): void {
  if (fewer <= others) return
  complain(log, [...path, less], {
    message: `\`${less}\` is more than \`${more}\`, ${writeSize(others)}`,
    expected: '`least` ≤ `most` ≤ `mapped`',
    suggestion: `is it \`${less}: ${writeSize(others)}\` and \`${more}: ${writeSize(fewer)}\`?`,
  })
}
